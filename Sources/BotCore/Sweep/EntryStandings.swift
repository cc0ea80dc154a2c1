public import struct Foundation.Date

/// What people have decided about entries so far, and what is proposed already: from the store, or read from GitHub.
public struct EntryStandings: Hashable, Sendable {
    /// A removal that is open as a pull request.
    public struct OpenRemoval: Hashable, Sendable {
        /// The pull request's number.
        public let number: Int
        /// The slug of its group, as in `RemovalProposal.area`.
        public let area: String
        /// Its key, as in `RemovalProposal.key`; it stays while entries leave.
        public let key: String
        /// The entries that it takes out now.
        public let selectors: Set<Selector>

        /// An open removal.
        public init(number: Int, area: String, key: String, selectors: Set<Selector>) {
            self.number = number
            self.area = area
            self.key = key
            self.selectors = selectors
        }
    }

    /// The removals that are open.
    public var open: [OpenRemoval] = []
    /// The branches of removals that have ended, which no new one takes again.
    public var endedBranches: Set<String> = []
    /// What was declined of each entry, as in `SweptEntry.evidenceID`.
    public var declined: [Selector: Set<String>] = [:]
    /// Until when an entry is left alone: someone asked for it, or it was removed and put back.
    public var snoozed: [Selector: Date] = [:]
    /// Entries of which it is not written down yet what has become of them, each with the number of the ended pull request
    /// that took it out: they may just have been put back.
    public var unsettled: [Selector: Int] = [:]

    /// Nobody has decided anything, and nothing is open.
    public init() {}

    /// The open removal that takes an entry out; nil where none does.
    public func openRemoval(of selector: Selector) -> OpenRemoval? { open.first { $0.selectors.contains(selector) } }
}
