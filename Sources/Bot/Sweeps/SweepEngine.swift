internal import BotCore
internal import Foundation
internal import GoogleCloudStorage
internal import OpenSSLCrypto
internal import Persistence

/// Sweeps one registry: looks at every entry, judges all together, and plans what is proposed.
struct SweepEngine: Sendable {
    /// The registry.
    let ground: SweepGround
    /// Asks Google Cloud Storage; its own limit bounds how many requests are under way.
    let storage: any ObjectStorage
    /// What people decided, and what is open.
    let standings: EntryStandings
    /// Is told how many of how many locations were looked at.
    var progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    /// Is told of what looks like an outage, before anything is stored of it.
    var alert: @Sendable (SweepOutage, SweepID?) -> Void = { _, _ in }
    /// Acts on what was found, and adds to it; where it fails, the sweep is not done, and is gone on with later.
    var followUp: @Sendable (Result) async throws -> Result = { $0 }
    /// Tells how old entries are; nil where no history is at hand.
    var ages: (@Sendable ([ProbeTarget]) async throws -> [Selector: Int])?

    /// What a sweep came to.
    struct Result: Sendable {
        /// Every entry, with everything that holds it back.
        var report: SweepReport
        /// What is proposed.
        let proposals: [RemovalProposal]
    }

    /// Locations that are looked at side by side: more than requests may be under way, so that none waits for a start.
    private static let looksAtOnce = 128
    /// Looks that are stored together.
    private static let looksPerNote = 100

    /// Sweeps.
    ///
    /// - Parameters:
    ///   - history: What is kept of sweeps; nil where nothing is.
    ///   - now: The one clock, where there is no history that has its own.
    /// - Returns: The report and the proposals.
    /// - Throws: `StoreError`, `LeaseLost`, `CancellationError`.
    func run(_ history: SweepHistory?, now: Date) async throws -> Result {
        var history = history
        var evidence = try await history?.evidence() ?? SweepEvidence(now: now)
        evidence.standings = standings
        let targets = SweepTargets(ground.registry, policy: ground.policy)
        let total = targets.count
        try await look(at: targets.first, of: total, &evidence, &history)
        let fresh = judge(targets, evidence).freshGroups()
        try await look(at: targets.second(freshGroups: fresh), of: total, &evidence, &history)
        if let ages { evidence.commitAges = try await ages(emptyTargets(targets, evidence)) }
        var judgment = judge(targets, evidence).judgment()
        var planned = try plan(targets, judgment)
        // What a pull request is to take out, or takes out, is looked at closely; others may come in the place of what stays.
        while case let doubtful = targets.keys(of: planned.proposals).filter({ evidence.looks[$0]?.isWhole != true }),
            !doubtful.isEmpty
        {
            try await look(at: doubtful, depth: .staleness, of: total, &evidence, &history)
            judgment = judge(targets, evidence).judgment()
            planned = try plan(targets, judgment)
        }
        // Told first: whoever is cut off in between tells it twice, and never not at all.
        if let outage = judgment.outage, outage.isNew { alert(outage, history?.id) }
        var report = SweepReport(
            asOf: evidence.now, commit: ground.commit, entries: planned.entries, outage: judgment.outage,
            requestCount: planned.entries.reduce(0) { $0 + $1.requests }, fileCount: ground.registry.files.count)
        report.findings = SweepReport.findings(in: ground.registry, policy: ground.policy)
        let found = Result(report: report, proposals: planned.proposals)
        guard let history else { return try await followUp(found) }
        let followUp = followUp
        // Pull requests may take a while.
        let result = try await history.held { try await followUp(found) }
        try await history.finish(judgment)
        return result
    }

    private func plan(_ targets: SweepTargets, _ judgment: SweepJudge.Judgment) throws -> ProposalPlanner.Proposals {
        let planner = RemovalPlanner(
            registry: ground.registry, policy: ground.policy, surroundings: ground.surroundings)
        return try ProposalPlanner(
            planner: planner, targets: targets, standings: standings, allowsMergeCommits: ground.allowsMergeCommits,
            hash: { hexadecimal(try sha256(Array($0.utf8))) }
        ).proposals(for: judgment.entries)
    }

    private func judge(_ targets: SweepTargets, _ evidence: SweepEvidence) -> SweepJudge {
        SweepJudge(targets: targets, registry: ground.registry, policy: ground.policy, evidence: evidence)
    }

    /// The entries under which nothing was found: only their age is asked for.
    private func emptyTargets(_ targets: SweepTargets, _ evidence: SweepEvidence) -> [ProbeTarget] {
        ground.registry.entries.compactMap(ground.registry.probeTarget).filter { target in
            !target.locations.isEmpty
                && target.locations.allSatisfy { location in
                    evidence.looks[LookKey(location, target.expectation)]?.kind == .empty
                }
        }
    }

    /// Looks at what was not looked at yet, or not closely enough, and keeps it as it comes.
    private func look(
        at keys: [LookKey], depth: ProbeDepth = .freshness, of total: Int, _ evidence: inout SweepEvidence,
        _ history: inout SweepHistory?
    ) async throws {
        let missing = depth == .staleness ? keys : keys.filter { evidence.looks[$0] == nil }
        let looker = LocationLooker(storage: storage, policy: ground.policy, evidence: evidence)
        var fresh: [LocationLook] = []
        try await withThrowingTaskGroup(of: LocationLook.self) { group in
            var next = missing.makeIterator()
            func startOne() {
                guard let key = next.next() else { return }
                group.addTask { try await looker.look(at: key, depth: depth) }
            }
            for _ in 0..<Self.looksAtOnce { startOne() }
            while let look = try await group.next() {
                startOne()
                evidence.looks[LookKey(look.location, look.expectation)] = look
                progress(evidence.looks.count, max(total, evidence.looks.count))
                guard let isNoteDue = history?.isNoteDue else { continue }
                fresh.append(look)
                if isNoteDue || fresh.count >= Self.looksPerNote {
                    try await history?.note(fresh)
                    fresh = []
                }
            }
        }
        if !fresh.isEmpty { try await history?.note(fresh) }
    }
}

/// Looks at one location after the other, from where the last sweep left off.
struct LocationLooker: Sendable {
    private let prober: LocationProber
    private let newest: [BucketLocation: String]
    private let requests: [LookKey: Int]
    private let now: Date

    /// Who looks.
    init(storage: any ObjectStorage, policy: Policy, evidence: SweepEvidence) {
        prober = LocationProber(storage: storage, policy: policy)
        now = evidence.now
        requests = evidence.looks.mapValues(\.requests)
        var newest: [BucketLocation: String] = [:]
        for record in evidence.records.values { newest.merge(record.newestBuilds, uniquingKeysWith: max) }
        self.newest = newest
    }

    /// Looks.
    ///
    /// - Parameters:
    ///   - key: Where.
    ///   - depth: How closely.
    /// - Returns: What was seen.
    /// - Throws: `CancellationError`.
    func look(at key: LookKey, depth: ProbeDepth) async throws -> LocationLook {
        let report = try await prober.report(
            on: key.location, expecting: key.expectation, depth: depth, knownNewest: newest[key.location], now: now)
        return LocationLook(report, now: now, requestsBefore: requests[key] ?? 0)
    }
}
