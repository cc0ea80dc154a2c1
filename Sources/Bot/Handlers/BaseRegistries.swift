internal import BotCore
internal import Synchronization

/// A registry before a change, with what is wrong in it already.
struct BaseRegistry: Sendable {
    /// The files.
    let registry: Registry
    /// What was wrong before, so that nobody is told of it for a change elsewhere.
    let findings: [Finding]
}

/// The last few registries that changes were compared with: most pull requests start from one of the newest commits.
final class BaseRegistries: Sendable {
    /// What a registry is known by.
    struct Key: Hashable {
        /// What git calls its tree, which says all that its files say.
        let tree: String
        let policy: Policy
    }

    /// Registries that are kept; each holds its files, which most of them share.
    static let countLimit = 4

    private let entries = Mutex<[(key: Key, base: BaseRegistry)]>([])

    /// Whether any is kept.
    var isUsed: Bool { entries.withLock { !$0.isEmpty } }

    /// A registry, if it is kept.
    func find(_ key: Key) -> BaseRegistry? {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = entries.remove(at: index)
            entries.append(entry)
            return entry.base
        }
    }

    /// Keeps a registry, in the place of the one that was not used for the longest time.
    func keep(_ base: BaseRegistry, for key: Key) {
        entries.withLock { entries in
            entries.removeAll { $0.key == key }
            entries.append((key, base))
            if entries.count > Self.countLimit { entries.removeFirst() }
        }
    }
}

/// What is kept in memory of registries, for all repositories together.
struct RegistryMemory: Sendable {
    /// Files as they were parsed.
    let parsed: ParsedFiles
    /// Registries before changes.
    let bases: BaseRegistries
    /// Policies of branches.
    let policies: Policies

    /// Nothing yet.
    init(parsed: ParsedFiles = ParsedFiles()) {
        self.parsed = parsed
        bases = BaseRegistries()
        policies = Policies()
    }
}
