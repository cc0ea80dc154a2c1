internal import struct Foundation.Date

/// Finds why entries that could go are not proposed all the same.
struct SweepSuspensions {
    private let registry: Registry
    private let policy: Policy
    private let evidence: SweepEvidence
    private let isOutage: Bool
    private let records: [Selector: EntryRecord]
    private let planner: RemovalPlanner
    private let generated: [Glob]

    /// Who decides.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - policy: The repository's policy.
    ///   - evidence: What was seen, and what people decided.
    ///   - isOutage: Whether nothing is opened in this sweep.
    ///   - records: What is kept of each entry after this sweep.
    init(
        registry: Registry, policy: Policy, evidence: SweepEvidence, isOutage: Bool, records: [Selector: EntryRecord]
    ) {
        self.registry = registry
        self.policy = policy
        self.evidence = evidence
        self.isOutage = isOutage
        self.records = records
        planner = RemovalPlanner(registry: registry, policy: policy)
        generated = policy.generated.map(Glob.init)
    }

    /// An entry with everything that holds it back, as far as it alone tells.
    func suspending(_ entry: SweptEntry) -> SweptEntry {
        guard entry.freshness.verdict.isRemovable else { return entry }
        return reasons(entry).reduce(entry) { $0.suspended($1) }
    }

    private func reasons(_ entry: SweptEntry) -> [SuspensionReason] {
        var reasons: [SuspensionReason] = []
        if let refusal = refusal(of: entry) {
            reasons.append(SuspensionReason(refusal.suspension, words: refusal.words, place: refusal.place))
        }
        if !entry.confirmations.isComplete {
            let (seen, needed) = (entry.confirmations.seen, entry.confirmations.needed)
            reasons.append(
                SuspensionReason(
                    .unconfirmed, words: "Sweeps of different days have to agree: \(seen) of \(needed) did."))
        }
        if isOutage {
            reasons.append(SuspensionReason(.outage, words: "This sweep looks like an outage, and proves nothing."))
        } else if records[entry.selector]?.isHeld == true {
            reasons.append(
                SuspensionReason(
                    .outage, words: "It turned together with too many others; an operator has to look first."))
        }
        return reasons + decisions(on: entry)
    }

    /// What people decided.
    private func decisions(on entry: SweptEntry) -> [SuspensionReason] {
        var reasons: [SuspensionReason] = []
        if let until = evidence.standings.snoozed[entry.selector], evidence.now < until {
            reasons.append(SuspensionReason(.snoozed, words: "It is left alone until \(until.rfc3339.prefix(10))."))
        }
        if let number = evidence.standings.unsettled[entry.selector] {
            reasons.append(
                SuspensionReason(
                    .snoozed, words: "It is left alone until it is written down what has become of #\(number)."))
        }
        if let id = entry.evidenceID, evidence.standings.declined[entry.selector]?.contains(id) == true {
            reasons.append(
                SuspensionReason(.declined, words: "A pull request that took it out was closed, and nothing is new."))
        }
        if let keep = registry.keepComment(above: entry.selector), keep.holds(at: evidence.now), let day = keep.day {
            reasons.append(
                SuspensionReason(.kept, words: "A comment above it says to keep it until \(day).", place: keep.place))
        }
        return reasons
    }

    private func refusal(of entry: SweptEntry) -> RemovalRefusal? {
        if generated.contains(where: { $0.matches(entry.place.path) }) {
            return RemovalRefusal(
                selector: entry.selector, suspension: .generated, place: entry.place, reason: .generated)
        }
        return planner.refusal(of: entry.selector)
    }

    // MARK: - Buckets

    /// Holds back entries of `buckets.yaml` that something goes on to use.
    ///
    /// - Parameters:
    ///   - entries: All entries, suspended as far as each alone tells.
    ///   - readers: The test groups that read below each.
    /// - Returns: The entries in the same order.
    func suspendingBuckets(_ entries: [SweptEntry], readers: [Selector: [Selector]]) -> [SweptEntry] {
        let bySelector = Dictionary(entries.map { ($0.selector, $0) }, uniquingKeysWith: { first, _ in first })
        return entries.map { entry in
            guard case .bucket(let key) = entry.selector, entry.freshness.verdict.isRemovable else { return entry }
            var entry = entry
            if let bucket = registry.buckets.first(where: { $0.key.isExactly(key) }), bucket.isCanonicalRoot {
                entry = entry.suspended(
                    SuspensionReason(.protected, words: "Kubernetes' own results lie here.", place: entry.place))
            }
            if let job = entry.locations.lazy.compactMap(registry.jobFilling).first {
                let words = "The Prow job \"\(job.name)\" uploads its results here; delete the job first."
                let place = SourcePlace(path: job.path, line: job.line)
                entry = entry.suspended(SuspensionReason(.prowBacked, words: words, place: place))
            }
            let staying = (readers[entry.selector] ?? []).lazy.compactMap { bySelector[$0] }.first { !$0.isProposed }
            guard let staying else { return entry }
            return entry.suspended(
                SuspensionReason(
                    staying.suspensions.first?.suspension ?? .unconfirmed,
                    words: "The test group \"\(staying.selector.name)\" goes on to read results below it.",
                    place: staying.place))
        }
    }
}

extension RemovalPlanner {
    /// What the policy or a Prow job holds of an entry, were it to go alone; nil where nothing does.
    func refusal(of selector: Selector) -> RemovalRefusal? {
        CascadeSearch([selector], in: registry, policy: policy).refusals[0]
    }
}

extension Registry {
    /// The first Prow job that uploads below a location; nil where none does.
    func jobFilling(_ location: BucketLocation) -> ProwJob? {
        jobs.first { uploads.gcsPrefix(of: $0)?.locations.contains(where: location.covers) == true }
    }
}
