internal import BotCore
internal import Foundation

/// Tells since when an entry stands in a checkout.
struct EntryAges {
    let checkout: Checkout
    /// The change that is checked; what it adds is new.
    let change: RegistryChange?
    let now: Date
    /// Whether git can be asked: a cut history shows every line as added by its first commit.
    let hasWholeHistory: Bool

    /// Entries whose age is asked of git in one run; each walks the history of a file.
    static let askedAtMost = 50

    /// Whole days since the commit that added an entry; 0 for one that is not committed; nil where nobody knows.
    func ageDays(of target: ProbeTarget) async throws -> Int? {
        guard let entry = target.entry, let place = target.place else { return nil }
        if let change, isAdded(entry, by: change) { return 0 }
        let git = GitRepository(folder: checkout.folder.path)
        guard hasWholeHistory, let seconds = try await git.timeAdded(entry.name, in: place.path) else {
            return nil
        }
        let days = now.timeIntervalSince1970 / 86_400 - Double(seconds) / 86_400
        return Int(min(max(days, 0), 100_000).rounded(.down))
    }

    private func isAdded(_ entry: Selector, by change: RegistryChange) -> Bool {
        switch entry {
        case .bucket(let key): !change.base.buckets.contains { $0.key == key }
        case .testGroup(let name): change.base.group(named: name) == nil
        case .dashboard, .tab, .dashboardGroup: false
        }
    }
}
