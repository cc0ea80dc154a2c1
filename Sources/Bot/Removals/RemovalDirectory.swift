internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Knows the removal pull requests of a repository: from GitHub, and from the store where GitHub does not tell any more.
struct RemovalDirectory: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Our own account.
    let ours: GitHubAccount
    /// What outlives the process.
    let removals: any Removals
    /// The clock.
    let now: @Sendable () -> Date

    /// A removal pull request as lists have it.
    struct Listed: Hashable, Sendable {
        /// Its number.
        let number: IssueNumber
        /// Whether it is open.
        let isOpen: Bool
        /// Whether it was merged.
        let isMerged: Bool
        /// What its text says.
        let record: RemovalRecord
    }

    private var name: String { github.name.description }

    /// All removal pull requests, the oldest first; whom they mentioned is noted again in the store.
    ///
    /// - Throws: `GitHubError`, `StoreError`.
    func all() async throws -> [Listed] {
        let stored = Dictionary(
            try await removals.all(in: name).map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        var issues = try await github.issues.all(by: ours.login)
        // The list has only the newest, and an account may open more than this bot's pull requests.
        for number in Set(stored.keys).subtracting(issues.map(\.number.value)) {
            guard let issue = try await github.issues.find(IssueNumber(number)) else { continue }
            if issue.author?.id == ours.id {
                issues.append(issue)
            } else {
                // An account that the bot had before opened it, and whoever runs it now may not change it.
                try await removals.forget(number, in: name)
            }
        }
        var found: [Listed] = []
        for issue in issues where issue.isPullRequest && issue.author?.id == ours.id {
            let old = stored[issue.number.value].flatMap { RemovalRecord(body: $0.record) }
            // Somebody may have edited the text; what it said last still holds.
            guard let record = RemovalRecord(body: issue.body) ?? old else { continue }
            let isMerged = issue.mergedAt != nil
            try await note(record, number: issue.number, isOpen: issue.isOpen)
            found.append(Listed(number: issue.number, isOpen: issue.isOpen, isMerged: isMerged, record: record))
        }
        return found.sorted { $0.number.value < $1.number.value }
    }

    /// Stores what is known of a pull request, and whom it mentioned.
    func note(_ record: RemovalRecord, number: IssueNumber, isOpen: Bool) async throws {
        let time = now()
        try await removals.save(
            StoredRemoval(
                repository: name, number: number.value, isOpen: isOpen, record: record.hiddenText, savedAt: time))
        for ping in pings(of: record, number: number) where time.timeIntervalSince(ping.at) < RemovalPings.weekSeconds {
            try await removals.note(ping)
        }
    }

    /// Forgets that those were mentioned who were to be and never will.
    ///
    /// - Parameters:
    ///   - old: What the text of a pull request said.
    ///   - new: What it says now.
    ///   - number: The pull request.
    /// - Throws: `StoreError`.
    func forgetMentions(of old: RemovalRecord, notIn new: RemovalRecord, number: IssueNumber) async throws {
        for ping in Set(pings(of: old, number: number)).subtracting(pings(of: new, number: number)) {
            try await removals.forget(ping)
        }
    }

    /// The mentions that a text tells of.
    private func pings(of record: RemovalRecord, number: IssueNumber) -> [StoredPing] {
        let place = StoredPing.Place(repository: name, number: number.value)
        return record.contacts.compactMap { contact in
            contact.pingedAt.map { StoredPing(person: contact.key, place: place, at: $0) }
        }
    }

    /// What the store knows of a pull request; nil where it knows nothing.
    func stored(_ number: IssueNumber) async throws -> RemovalRecord? {
        try await removals.all(in: name).first { $0.number == number.value }.flatMap { RemovalRecord(body: $0.record) }
    }

    /// How often each was mentioned within a week, by `Contact.key`.
    func recentPings() async throws -> [String: Int] {
        let start = now().addingTimeInterval(-RemovalPings.weekSeconds)
        try await removals.forgetPings(before: start)
        return try await removals.pings(since: start)
    }
}
