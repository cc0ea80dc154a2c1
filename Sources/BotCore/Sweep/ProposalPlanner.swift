/// Plans which pull requests take out what a sweep found, within the policy's limits.
///
/// A pull request that is open keeps its entries until they may stay; what it does not hold waits for its end. New ones
/// are planned for the largest groups.
public struct ProposalPlanner {
    private let planner: RemovalPlanner
    private let policy: RemovalPolicy
    private let readers: [Selector: [Selector]]
    private let standings: EntryStandings
    private let allowsMergeCommits: Bool
    private let hash: (String) throws -> String

    /// What was planned.
    public struct Proposals: Sendable {
        /// The pull requests: those that are open, then those to be opened.
        public let proposals: [RemovalProposal]
        /// Every entry, with what planning found against it.
        public let entries: [SweptEntry]
    }

    /// A planner.
    ///
    /// - Parameters:
    ///   - planner: Plans the edits.
    ///   - targets: The entries of the registry.
    ///   - standings: What is open already.
    ///   - allowsMergeCommits: Whether the repository does: without them a contribution could not be reverted alone.
    ///   - hash: The SHA-256 of a text as hexadecimal digits.
    public init(
        planner: RemovalPlanner, targets: SweepTargets, standings: EntryStandings, allowsMergeCommits: Bool,
        hash: @escaping (String) throws -> String
    ) {
        self.planner = planner
        policy = planner.policy.removals
        readers = targets.readers
        self.standings = standings
        self.allowsMergeCommits = allowsMergeCommits
        self.hash = hash
    }

    private var groupBy: RemovalPolicy.GroupBy { allowsMergeCommits ? policy.groupBy : .contact }

    /// Plans everything.
    ///
    /// - Parameter entries: What a sweep found, suspended as far as that is known without planning.
    /// - Returns: The pull requests, and the entries with what came of planning.
    /// - Throws: `UnknownSelector` where an entry is not in the planner's registry; what `hash` throws.
    public func proposals(for entries: [SweptEntry]) throws -> Proposals {
        var found = Dictionary(entries.map { ($0.selector, $0) }, uniquingKeysWith: { first, _ in first })
        var proposals: [RemovalProposal] = []
        for removal in standings.open {
            let kept = entries.filter { removal.selectors.contains($0.selector) && $0.staysProposed }
            if let proposal = try proposal(of: kept, slug: removal.area, open: removal, &found) {
                proposals.append(proposal)
            }
        }
        let free = entries.filter { $0.isProposed && standings.openRemoval(of: $0.selector) == nil }
        let grouping = RemovalGrouping(registry: planner.registry, groupBy: groupBy, readers: readers)
        var room = max(0, policy.maxOpenPullRequests - standings.open.count)
        for group in grouping.groups(of: free) {
            let all = group.runs.flatMap { $0 }
            if standings.open.contains(where: { $0.area == group.slug }) {
                suspend(all, "A pull request that takes out others of this group is open.", &found)
            } else if room == 0 {
                suspend(all, "As many pull requests are open as the policy allows.", &found)
            } else {
                let chosen = withWholeBuckets(firstEntries(of: group), outOf: free)
                let names = Set(chosen.map(\.selector))
                let rest = all.filter { !names.contains($0.selector) }
                suspend(rest, "One pull request takes out no more; it comes in a later one.", &found)
                guard let proposal = try proposal(of: chosen, slug: group.slug, open: nil, &found) else { continue }
                proposals.append(proposal)
                room -= 1
            }
        }
        return Proposals(proposals: proposals, entries: entries.map { found[$0.selector] ?? $0 })
    }

    private func suspend(_ entries: [SweptEntry], _ words: String, _ found: inout [Selector: SweptEntry]) {
        for entry in entries {
            found[entry.selector] = found[entry.selector]?.suspended(SuspensionReason(.limit, words: words))
        }
    }

    /// As many entries of a group as one pull request takes, whole contributions and whole releases where they fit.
    private func firstEntries(of group: RemovalGrouping.Group) -> [SweptEntry] {
        var chosen: [SweptEntry] = []
        for run in group.runs where chosen.count + run.count <= policy.maxEntriesPerPullRequest { chosen += run }
        if chosen.isEmpty, let first = group.runs.first {
            chosen = Array(first.prefix(max(1, policy.maxEntriesPerPullRequest)))
        }
        return chosen
    }

    /// Leaves out entries of `buckets.yaml` below which a test group stays.
    private func withWholeBuckets(_ chosen: [SweptEntry], outOf all: [SweptEntry]) -> [SweptEntry] {
        let names = Set(chosen.map(\.selector))
        return chosen.filter { (readers[$0.selector] ?? []).allSatisfy(names.contains) }
    }

    /// The key of a pull request to be opened; that of one that has ended is not taken again.
    private func newKey(of selectors: [Selector], area: String) throws -> String {
        let text = RemovalProposal.keyText(of: selectors)
        var key = String(try hash(text).prefix(8))
        // Each that has ended takes one key, so that the last of these is free.
        for round in 1...(standings.endedBranches.count + 1) {
            guard standings.endedBranches.contains(RemovalRecord.branch(area: area, key: key)) else { return key }
            key = String(try hash("\(text)\n\(round)").prefix(8))
        }
        return key
    }

    /// One pull request; nil where nothing of it can be taken out.
    private func proposal(
        of entries: [SweptEntry], slug: String, open: EntryStandings.OpenRemoval?,
        _ found: inout [Selector: SweptEntry]
    ) throws -> RemovalProposal? {
        var left = entries
        while !left.isEmpty {
            let contributions = try planner.contributions(left.map(\.selector), commitPer: policy.commitPer)
            for refusal in contributions.whole.refusals {
                found[refusal.selector] = found[refusal.selector]?.suspended(
                    SuspensionReason(refusal.suspension, words: refusal.words, place: refusal.place))
            }
            let met = Set(contributions.whole.selectors)
            guard !met.isEmpty else { return nil }
            let kept = withWholeBuckets(left.filter { met.contains($0.selector) }, outOf: left)
            guard kept.count < met.count else {
                let key = try open?.key ?? newKey(of: kept.map(\.selector), area: slug)
                return RemovalProposal(
                    groupBy: groupBy, isGroupingForced: groupBy != policy.groupBy, area: slug,
                    key: key, openPullRequest: open?.number, plans: contributions.plans, whole: contributions.whole,
                    entries: kept.map { found[$0.selector] ?? $0 })
            }
            // A bucket whose test group stays does so as well; planned again without it.
            let names = Set(kept.map(\.selector))
            suspend(
                left.filter { met.contains($0.selector) && !names.contains($0.selector) },
                "It goes with the last of the test groups that read below it.", &found)
            left = kept
        }
        return nil
    }
}

extension SweptEntry {
    /// Whether an open pull request goes on to take it out.
    ///
    /// Only results are a reason to take a proposal back: an outage makes everything unknown, and a lost database
    /// everything young.
    var staysProposed: Bool {
        guard freshness.verdict != .fresh, freshness.verdict != .ageing else { return false }
        return suspensions.allSatisfy { [.unconfirmed, .outage, .limit].contains($0.suspension) }
    }
}
