internal import Foundation

/// Judges what a sweep saw: a verdict for each entry, whether all of it looks like an outage, and what is held back.
public struct SweepJudge: Sendable {
    private let targets: SweepTargets
    private let registry: Registry
    private let policy: Policy
    private let evidence: SweepEvidence

    /// What came of judging.
    public struct Judgment: Sendable {
        /// Every entry, in the order of the registry; what planning edits refuses is not among its suspensions yet.
        public let entries: [SweptEntry]
        /// What looks like an outage; nil where nothing does.
        public let outage: SweepOutage?
        /// What is to be kept of each entry.
        public let records: [Selector: EntryRecord]
    }

    /// Judges a sweep.
    ///
    /// - Parameters:
    ///   - targets: The entries of the registry.
    ///   - registry: The registry.
    ///   - policy: The repository's policy.
    ///   - evidence: What was seen, and what was known before.
    public init(targets: SweepTargets, registry: Registry, policy: Policy, evidence: SweepEvidence) {
        self.targets = targets
        self.registry = registry
        self.policy = policy
        self.evidence = evidence
    }

    /// The test groups that are fresh, as far as was looked by now.
    public func freshGroups() -> Set<Selector> {
        let groups = targets.entries.filter { if case .testGroup = $0.selector { true } else { false } }
        return Set(groups.filter { ownFreshness(of: $0).verdict == .fresh }.map(\.selector))
    }

    /// Judges everything.
    public func judgment() -> Judgment {
        let verdicts = verdicts()
        let (ruling, outage) = ruling(on: verdicts)
        var records: [Selector: EntryRecord] = [:]
        for target in targets.entries {
            guard let freshness = verdicts[target.selector] else { continue }
            let turn = EntryRecord.Turn(
                isOutage: ruling.cause != nil, isHeld: ruling.held.contains(target.selector),
                counts: ruling.cause == nil && !hasVanished(target, freshness))
            records[target.selector] = evidence.record(of: target.selector)
                .after(looks(at: target), verdict: freshness.verdict, turn, now: evidence.now)
        }
        let moves = FreshLocations(targets.entries.filter { verdicts[$0.selector]?.verdict == .fresh }.flatMap(\.keys))
        var asked: Set<LookKey> = []
        var entries = targets.entries.compactMap { target -> SweptEntry? in
            guard let freshness = verdicts[target.selector], let record = records[target.selector] else { return nil }
            return swept(target, freshness, record, moves, &asked)
        }
        let suspensions = SweepSuspensions(
            registry: registry, policy: policy, evidence: evidence, isOutage: outage?.stopsEverything == true,
            records: records)
        entries = entries.map { suspensions.suspending($0) }
        return Judgment(
            entries: suspensions.suspendingBuckets(entries, readers: targets.readers), outage: outage,
            records: records)
    }

    // MARK: - Verdicts

    private func looks(at target: SweepTargets.Target) -> [LocationLook] {
        target.keys.compactMap { evidence.looks[$0] }
    }

    private func ownFreshness(of target: SweepTargets.Target) -> Freshness {
        let looks = looks(at: target)
        guard looks.count == target.keys.count else {
            return Freshness(
                verdict: .unknown, staleAfterDays: policy.staleAfterDays, unknownReason: "it was not looked at")
        }
        return freshness(
            of: looks.map(\.report), history: evidence.history(of: target), now: evidence.now, policy: policy)
    }

    /// The verdict on each entry; a bucket is as fresh as the freshest test group below it.
    private func verdicts() -> [Selector: Freshness] {
        var verdicts: [Selector: Freshness] = [:]
        for target in targets.entries {
            if case .testGroup = target.selector { verdicts[target.selector] = ownFreshness(of: target) }
        }
        for target in targets.entries {
            guard case .bucket = target.selector else { continue }
            let below = (targets.readers[target.selector] ?? []).compactMap { verdicts[$0] }
            let freshest = below.filter { $0.verdict == .fresh }.max {
                ($0.newest?.at ?? .distantPast) < ($1.newest?.at ?? .distantPast)
            }
            verdicts[target.selector] = freshest ?? ownFreshness(of: target)
        }
        return verdicts
    }

    /// Whether nothing is there now although results were there when they would not have been stale by today.
    ///
    /// What deletes old results does not delete new ones: a listing that is empty then proves nothing yet.
    private func hasVanished(_ target: SweepTargets.Target, _ freshness: Freshness) -> Bool {
        guard freshness.verdict == .never || freshness.verdict == .gone,
            let last = evidence.records[target.selector]?.newest
        else { return false }
        return UTCDays.whole(from: last.at, to: evidence.now) <= freshness.staleAfterDays
    }

    // MARK: - Outages

    private func ruling(on verdicts: [Selector: Freshness]) -> (OutageGuard.Ruling, SweepOutage?) {
        let changes = targets.entries.map { target in
            OutageGuard.Change(
                selector: target.selector, before: evidence.records[target.selector]?.verdict,
                now: verdicts[target.selector]?.verdict ?? .unknown, buckets: Set(target.keys.map(\.location.bucket)))
        }
        let ruling = OutageGuard(maxFlipPercent: policy.maxFlipPercent)
            .ruling(on: changes, controls: controls(verdicts))
        if let cause = ruling.cause { return (ruling, SweepOutage(cause: cause, isNew: !evidence.hadOutage)) }
        let held = targets.entries.count { target in
            evidence.records[target.selector]?.isHeld == true
                && [.stale, .never, .gone, .unknown].contains(verdicts[target.selector]?.verdict)
        }
        guard held > 0 else { return (ruling, nil) }
        return (ruling, SweepOutage(cause: .unacknowledged(entries: held), isNew: !evidence.hadOutage))
    }

    /// The locations that always have fresh results: those that the policy names; else Kubernetes' own bucket; else
    /// those that were fresh in the last sweep, or, where there was none, in this one.
    private func controls(_ verdicts: [Selector: Freshness]) -> [(location: BucketLocation, isFresh: Bool)] {
        if !targets.controls.isEmpty {
            return targets.controls.map { key in
                let look = evidence.looks[key]
                let found = look.map {
                    freshness(of: [$0.report], history: EntryHistory(), now: evidence.now, policy: policy)
                }
                return (key.location, found?.verdict == .fresh)
            }
        }
        let roots = registry.buckets.filter(\.isCanonicalRoot)
        if !roots.isEmpty {
            return roots.compactMap { root in root.location.map { ($0, verdicts[root.selector]?.verdict == .fresh) } }
        }
        let known = targets.entries.filter { evidence.records[$0.selector]?.verdict == .fresh }
        let wasAny = evidence.records.values.contains { $0.verdict == .fresh }
        let some = wasAny ? known : targets.entries
        // All of them serve, and naming one that is fresh, or a few that are not, tells enough.
        let fresh = some.first { verdicts[$0.selector]?.verdict == .fresh }
        return (fresh.map { [$0] } ?? Array(some.prefix(3))).flatMap { target in
            target.keys.prefix(1).map { ($0.location, fresh != nil) }
        }
    }

    // MARK: - Entries

    private func swept(
        _ target: SweepTargets.Target, _ freshness: Freshness, _ record: EntryRecord, _ moves: FreshLocations,
        _ asked: inout Set<LookKey>
    ) -> SweptEntry {
        let looks = looks(at: target)
        // What several entries share was asked once, and is counted for the first of them.
        let requests = target.keys.filter { asked.insert($0).inserted }.compactMap { evidence.looks[$0]?.requests }
        let locations = target.keys.map(\.location)
        return SweptEntry(
            selector: target.selector, place: target.place, locations: locations, freshness: freshness,
            confirmations: Confirmations(seen: record.confirmations, needed: policy.confirmations),
            contacts: registry.contacts(of: target.selector), evidence: looks.lazy.compactMap(\.evidence).first,
            movedTo: freshness.verdict.isRemovable ? locations.flatMap(moves.elsewhere) : [],
            requests: requests.reduce(0, +))
    }
}

/// Fresh locations by their paths, to find where a job has gone.
struct FreshLocations {
    private let byPrefix: [String: [BucketLocation]]

    /// The locations of fresh entries.
    init(_ keys: [LookKey]) {
        byPrefix = Dictionary(grouping: keys.map(\.location), by: \.prefix)
    }

    /// The same path in other buckets.
    func elsewhere(_ location: BucketLocation) -> [BucketLocation] {
        movedLocations(of: location, among: byPrefix[location.prefix] ?? [])
    }
}
