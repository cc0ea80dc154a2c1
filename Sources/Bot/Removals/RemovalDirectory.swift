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
            if let issue = try await github.issues.find(IssueNumber(number)) { issues.append(issue) }
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
        let place = StoredPing.Place(repository: name, number: number.value)
        for contact in record.contacts {
            guard let at = contact.pingedAt, time.timeIntervalSince(at) < RemovalPings.weekSeconds else { continue }
            let person = Contact.key(contact.kind, contact.value)
            try await removals.note(StoredPing(person: person, place: place, at: at))
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
        return try await removals.pings(since: start, except: nil)
    }
}
