internal import BotCore
internal import Synchronization

/// Files of registries as they were read, so that an event about one changed file parses one file.
///
/// A file is known by its path, its kind and what git calls its content, which says all that parsing depends on.
/// Those that were not used for the longest time are forgotten first.
final class ParsedFiles: Sendable {
    /// What a file is known by.
    struct Key: Hashable {
        let path: String
        let kind: RegistryFileKind
        let blob: String
    }

    private struct Entry {
        let file: RegistryFile
        let byteCount: Int
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var byteCount = 0
        var uses = 0
    }

    /// Bytes of source text that are kept parsed; kubernetes/test-infra has 9.3 million.
    static let byteLimit = 32 << 20

    private let byteLimit: Int
    private let state = Mutex(State())

    /// Nothing yet.
    init(byteLimit: Int = ParsedFiles.byteLimit) { self.byteLimit = byteLimit }

    /// Bytes of source text that are kept parsed now.
    var byteCount: Int { state.withLock(\.byteCount) }

    /// A file, if it is kept.
    func find(_ key: Key) -> RegistryFile? {
        state.withLock { state in
            guard var entry = state.entries[key] else { return nil }
            state.uses += 1
            entry.lastUse = state.uses
            state.entries[key] = entry
            return entry.file
        }
    }

    /// Keeps a file, and forgets others where there is no room.
    ///
    /// - Parameters:
    ///   - file: As it was read.
    ///   - key: What it is known by.
    ///   - byteCount: How long its text is. One that is longer than the whole room is not kept.
    func keep(_ file: RegistryFile, for key: Key, byteCount: Int) {
        guard byteCount <= byteLimit else { return }
        state.withLock { state in
            state.uses += 1
            let entry = Entry(file: file, byteCount: byteCount, lastUse: state.uses)
            state.byteCount += byteCount - (state.entries.updateValue(entry, forKey: key)?.byteCount ?? 0)
            guard state.byteCount > byteLimit else { return }
            // A quarter at once, so that the order is not looked up for each file.
            for (key, entry) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
                guard state.byteCount > byteLimit / 4 * 3 else { break }
                state.entries[key] = nil
                state.byteCount -= entry.byteCount
            }
        }
    }
}
