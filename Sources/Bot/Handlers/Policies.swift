internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Synchronization

/// The policies of repositories' branches, as they were read last.
///
/// They are kept for a few minutes, and forgotten at once when a push to the branch is told of. Where the file breaks, the
/// policy before stays; where none is known, the defaults hold, but that nothing new is proposed for removal.
final class Policies: Sendable {
    /// What a policy is known by.
    struct Key: Hashable {
        let repository: RepositoryName
        let branch: String
    }

    private struct Entry {
        let policy: Policy
        let readAt: Date
        var isOutdated = false
    }

    /// How long a policy is taken without looking again: a push that nobody told of counts after it.
    static let secondsKept = 300.0
    /// Branches whose policies are kept.
    static let countLimit = 500

    /// What holds where a file says something that nobody could read: it may say that nothing is to be removed.
    private static var unread: Policy {
        var policy = Policy()
        policy.removals.enabled = false
        return policy
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// How often somebody said that a policy is out of date.
        var newsCount: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The policy of a branch.
    ///
    /// - Parameters:
    ///   - key: Which branch.
    ///   - now: The present.
    ///   - read: Reads the file; nil where there is none.
    /// - Returns: What holds.
    /// - Throws: What `read` throws.
    func policy(of key: Key, now: Date, read: () async throws -> [UInt8]?) async throws -> Policy {
        let (known, newsCount) = state.withLock { ($0.entries[key], $0.newsCount) }
        if let known, !known.isOutdated, now.timeIntervalSince(known.readAt) < Self.secondsKept { return known.policy }
        let policy: Policy
        if let bytes = try await read() {
            policy = PolicyFile(bytes: bytes).policy ?? known?.policy ?? Self.unread
        } else {
            policy = Policy()
        }
        state.withLock { state in
            if state.entries.count >= Self.countLimit { state.entries = [:] }
            // What was told of while it was read may not be in it.
            let isOutdated = state.newsCount != newsCount
            state.entries[key] = Entry(policy: policy, readAt: now, isOutdated: isOutdated)
        }
        return policy
    }

    /// Has the policy of a branch read again when it is needed next.
    func outdate(_ key: Key) {
        state.withLock { state in
            state.newsCount &+= 1
            state.entries[key]?.isOutdated = true
        }
    }
}
