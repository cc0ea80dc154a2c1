internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Finds out about the contacts of entries that a pull request or a command is about.
///
/// What sweeps have learned is used as it is. Only for the contacts of `buckets.yaml` of whom nothing is known GitHub is
/// asked, one question each: owners are many, and whether somebody is a member still can wait for the next sweep.
struct ContactQuestions: Sendable {
    /// As whom it is asked.
    let github: GitHubRepository
    /// What is known already.
    let contacts: any Contacts
    /// The pull request's author; nil in an issue, and where the account is gone.
    let author: GitHubAccount?
    /// The comments of the conversation; nil where they could not be read.
    let comments: [IssueComment]?
    /// When it is asked.
    let now: Date

    /// Accounts that are asked for in one check; contacts beyond are not judged.
    static let accountLimit = 20

    /// What is known of the contacts of entries.
    ///
    /// - Parameters:
    ///   - entries: Those that a check is about.
    ///   - registry: Where they stand.
    /// - Returns: Every contact by its entry, strongest first.
    /// - Throws: `CancellationError`; a rate limit, since it holds up everything else as well; `StoreError`.
    func ask(about entries: [Selector], in registry: Registry) async throws -> [Selector: [AskedContact]] {
        let named = entries.map { ($0, registry.contacts(of: $0)) }
        guard named.contains(where: { !$0.1.isEmpty }) else { return [:] }
        var book = try await ContactBook(github, contacts, now: now)
        var asked: Set<String> = []
        for contact in named.flatMap(\.1) where Self.isAsked(contact) && book.isDue(contact) {
            guard asked.count < Self.accountLimit, asked.insert(contact.key).inserted else { continue }
            try await book.ask(login: contact.value)
        }
        let health = book.health(in: registry)
        let judged = named.map { entry, contacts in
            let judged = contacts.map { contact in
                health.asked(contact, of: entry, hasSpoken: Self.isAsked(contact) ? hasSpoken(contact.value) : nil)
            }
            return (entry, judged)
        }
        return Dictionary(judged, uniquingKeysWith: { first, _ in first })
    }

    private static func isAsked(_ contact: Contact) -> Bool {
        contact.kind == .login && contact.source == .bucketsYAML
    }

    private func hasSpoken(_ login: String) -> Observation<Bool> {
        let login = login.lowercased()
        if author?.login.lowercased() == login { return .seen(true) }
        guard let comments else { return .unknown(reason: "the comments could not be read") }
        return .seen(comments.contains { $0.author?.login.lowercased() == login })
    }
}
