internal import BotCore
internal import Foundation
internal import GitHubAPI

/// Asks GitHub about the contacts of entries: whether there is such an account, and whether it has spoken.
///
/// What is not answered is unknown, and says nothing against anybody.
struct ContactQuestions: Sendable {
    /// As whom it is asked.
    let github: GitHubRepository
    /// The pull request's author; nil in an issue, and where the account is gone.
    let author: GitHubAccount?
    /// The comments of the conversation; nil where they could not be read.
    let comments: [IssueComment]?
    /// When it is asked.
    let now: Date

    /// Accounts that are asked for in one check; contacts beyond are not judged.
    static let accountLimit = 20

    /// Asks about the contacts of entries.
    ///
    /// - Parameters:
    ///   - entries: Those that a check is about.
    ///   - registry: Where they stand.
    /// - Returns: Every contact by its entry, strongest first.
    /// - Throws: `CancellationError`; a rate limit, since it holds up everything else as well.
    func ask(about entries: [Selector], in registry: Registry) async throws -> [Selector: [AskedContact]] {
        var accounts: [String: (answer: Observation<Bool>, evidence: Evidence)] = [:]
        var asked: [Selector: [AskedContact]] = [:]
        for entry in entries {
            var contacts: [AskedContact] = []
            for contact in registry.contacts(of: entry) {
                // OWNERS files are tested by their own repository, and name dozens.
                let isAsked = contact.kind == .login && contact.source == .bucketsYAML
                let login = contact.value.lowercased()
                if isAsked, accounts[login] == nil, accounts.count < Self.accountLimit {
                    accounts[login] = try await account(contact.value)
                }
                let account = isAsked ? accounts[login] : nil
                contacts.append(
                    AskedContact(
                        entry: entry, contact: contact, hasAccount: account?.answer,
                        hasSpoken: isAsked ? hasSpoken(login) : nil, evidence: account.map { [$0.evidence] } ?? []))
            }
            asked[entry] = contacts
        }
        return asked
    }

    private func account(_ login: String) async throws -> (answer: Observation<Bool>, evidence: Evidence) {
        let request = "GET /users/\(login)"
        func evidence(_ status: Int?, _ detail: String) -> Evidence {
            Evidence(request: request, status: status, observedAt: now, detail: detail)
        }
        do {
            let found = try await github.people.account(login)
            return (.seen(true), evidence(200, "there is an account \(found.login)"))
        } catch let error as GitHubError where error.kind == .notFound {
            return (.seen(false), evidence(error.status, "there is no such account"))
        } catch let error as GitHubError {
            if case .rateLimited = error.kind { throw error }
            return (.unknown(reason: "GitHub did not answer"), evidence(error.status, "GitHub did not answer"))
        }
    }

    private func hasSpoken(_ login: String) -> Observation<Bool> {
        if author?.login.lowercased() == login { return .seen(true) }
        guard let comments else { return .unknown(reason: "the comments could not be read") }
        return .seen(comments.contains { $0.author?.login.lowercased() == login })
    }
}
