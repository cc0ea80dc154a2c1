internal import BotCore
internal import Foundation

/// Tells since when entries stand in a checkout.
struct EntryAges {
    let checkout: Checkout
    /// The change that is checked; what it adds is new.
    let change: RegistryChange?
    let now: Date
    /// Whether git can be asked: a cut history shows every line as added by its first commit.
    let hasWholeHistory: Bool

    /// Files whose history is read in one run; each may have thousands of versions.
    static let filesReadAtMost = 50
    /// Histories that are read at once.
    private static let historiesAtOnce = 2

    /// Whole days since the commit that added each entry.
    struct Days {
        /// 0 for an entry that is not committed; none for one whose age nobody knows.
        var known: [Selector: Int] = [:]
        /// Files whose history was not read since there were too many.
        var unreadFiles = 0
    }

    /// The ages of entries, with one pass over the history of each file that they stand in.
    func days(of targets: [ProbeTarget]) async throws -> Days {
        var days = Days()
        var entries: [ExactText: [Selector]] = [:]
        for target in targets {
            guard let entry = target.entry, let place = target.place else { continue }
            if let change, isAdded(entry, by: change) {
                days.known[entry] = 0
            } else if hasWholeHistory {
                entries[ExactText(place.path), default: []].append(entry)
            }
        }
        // Where not all can be read, the files with the most entries are.
        let files = entries.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        days.unreadFiles = max(0, files.count - Self.filesReadAtMost)
        let git = GitRepository(folder: checkout.folder.path)
        try await withThrowingTaskGroup(of: ([Selector], [ExactText: Int64]).self) { group in
            var next = files.prefix(Self.filesReadAtMost).makeIterator()
            func startOne() {
                guard let (path, entries) = next.next() else { return }
                group.addTask {
                    (entries, try await git.timesAdded(Set(entries.map { ExactText($0.name) }), in: path.text))
                }
            }
            for _ in 0..<Self.historiesAtOnce { startOne() }
            while let (entries, times) = try await group.next() {
                for entry in entries { days.known[entry] = times[ExactText(entry.name)].map(wholeDays) }
                startOne()
            }
        }
        return days
    }

    private func wholeDays(since seconds: Int64) -> Int {
        let days = now.timeIntervalSince1970 / 86_400 - Double(seconds) / 86_400
        return Int(min(max(days, 0), 100_000).rounded(.down))
    }

    private func isAdded(_ entry: Selector, by change: RegistryChange) -> Bool {
        switch entry {
        case .bucket(let key): !change.base.buckets.contains { ExactText($0.key) == ExactText(key) }
        case .testGroup(let name): change.base.group(named: name) == nil
        case .dashboard, .tab, .dashboardGroup: false
        }
    }
}
