internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Looks after the contacts of the entries that stay: who was renamed, is gone, or has left the organization.
///
/// Nothing of it changes a verdict, and nobody is told by a mention.
struct ContactSweep: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository

    /// People and teams that are asked for in one sweep; the next one goes on with those who waited the longest.
    static let questionLimit = 200

    /// What is wrong with the contacts of entries that are not to go.
    ///
    /// - Parameters:
    ///   - entries: What a sweep found.
    ///   - registry: Where they stand.
    /// - Returns: The findings, by file and line.
    /// - Throws: `StoreError`, `CancellationError`; what GitHub does not answer is unknown.
    func findings(for entries: [SweptEntry], in registry: Registry) async throws -> [Finding] {
        let live = entries.filter { !$0.freshness.verdict.isRemovable }
        var book = try await ContactBook(github, parts.store.contacts, now: parts.now())
        do {
            try await ask(about: live.flatMap(\.contacts), &book)
        } catch let error as GitHubError {
            parts.logger.info(
                "GitHub wants no more questions now; contacts are asked for by the next sweep.",
                metadata: ["repository": "\(github.name)", "reason": "\(error)"])
        }
        try await book.forgetOld()
        return book.health(in: registry).findings(for: live)
    }

    private func ask(about contacts: [Contact], _ book: inout ContactBook) async throws {
        var seen: Set<String> = []
        let due = contacts.filter { seen.insert($0.key).inserted && canBeAskedFor($0) && book.isDue($0) }
        guard !due.isEmpty else { return }
        // A sort keeps the order of those that waited equally long.
        let longest = due.sorted { left, right in
            (book.known[left.key]?.askedAt ?? .distantPast) < (book.known[right.key]?.askedAt ?? .distantPast)
        }
        let sight = try await ContactSight(github, ours: try await parts.github.account())
        for contact in longest.prefix(Self.questionLimit) {
            if let slug = slug(of: contact) {
                if sight.seesTeams { try await book.ask(team: slug) }
            } else {
                try await book.ask(login: contact.value)
                if sight.hasMembers.value == true { try await book.ask(membershipOf: contact.value) }
            }
        }
    }

    private func canBeAskedFor(_ contact: Contact) -> Bool { contact.kind == .login || slug(of: contact) != nil }

    /// The team of this organization that a contact is: the name of a special interest group is not that of a team.
    private func slug(of contact: Contact) -> String? {
        guard contact.kind == .team, contact.value.contains("/") else { return nil }
        return TeamSlugs.of(contact.value, in: github.name.owner).first
    }
}
