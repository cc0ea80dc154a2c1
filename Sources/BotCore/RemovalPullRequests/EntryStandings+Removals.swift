internal import struct Foundation.Date

/// A removal pull request of ours, open or not, with what its text says.
public struct KnownRemoval: Hashable, Sendable {
    /// Its number.
    public let number: Int
    /// Whether it is open.
    public let isOpen: Bool
    /// What its text says, or said when the bot last wrote it.
    public let record: RemovalRecord
    /// Whether something has become of it that could not be written down.
    public let isUnsettled: Bool

    /// A removal.
    public init(number: Int, isOpen: Bool, record: RemovalRecord, isUnsettled: Bool = false) {
        self.number = number
        self.isUnsettled = isUnsettled
        self.isOpen = isOpen
        self.record = record
    }
}

extension EntryStandings {
    /// What is proposed and what people have decided, from all removal pull requests of a repository.
    ///
    /// - Parameters:
    ///   - removals: All that are known.
    ///   - snoozeDays: For how long what was put back is left alone.
    public init(_ removals: [KnownRemoval], snoozeDays: Int) {
        self.init()
        for removal in removals.sorted(by: { $0.number < $1.number }) {
            let record = removal.record
            if removal.isOpen {
                open.append(
                    OpenRemoval(
                        number: removal.number, area: record.area, key: record.key, selectors: Set(record.proposed)))
            } else {
                endedBranches.insert(record.branch)
            }
            for entry in record.entries {
                if removal.isUnsettled, entry.standing.mayBeOutdated { unsettled[entry.selector] = removal.number }
                switch entry.standing {
                case .kept(let until, let by):
                    // What the registry says is read there each time.
                    if by != nil { snooze(entry.selector, until: until) }
                case .restored(let at):
                    snooze(entry.selector, until: at.addingTimeInterval(Double(snoozeDays) * 86_400))
                case .declined where !removal.isOpen:
                    declined[entry.selector, default: []].insert(entry.evidenceID)
                case .proposed where !removal.isOpen:
                    declined[entry.selector, default: []].insert(entry.evidenceID)
                case .proposed, .declined, .resumed, .gone, .held, .removed: continue
                }
            }
        }
    }

    private mutating func snooze(_ selector: Selector, until: Date) {
        snoozed[selector] = max(snoozed[selector] ?? until, until)
    }
}

extension RecordedEntry.Standing {
    /// Whether the end of a pull request, or a look at the registry after it, changes it.
    fileprivate var mayBeOutdated: Bool {
        switch self {
        case .proposed, .removed: true
        case .kept, .restored, .declined, .resumed, .gone, .held: false
        }
    }
}
