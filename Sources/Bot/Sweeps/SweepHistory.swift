internal import BotCore
internal import Foundation
internal import Persistence

/// What is kept of sweeps over one registry, while one of them is under way.
struct SweepHistory: Sendable {
    private let store: any Store
    private let name: String
    private let now: @Sendable () -> Date
    private let pause: @Sendable (Duration) async throws -> Void
    private var lease: SweepLease
    private var notedAt: Date

    /// For how long nobody else takes up a sweep after its last sign of life.
    static let leaseSeconds = 300
    /// After how long it gives one while something goes on that has nothing to keep.
    static let renewalSeconds = 60

    /// What came of beginning.
    enum Start {
        /// It is ours now.
        case ours(SweepHistory)
        /// It came to its end before, or somebody else is at it.
        case notOurs(SweepStart)
    }

    /// Begins a sweep, or goes on with one.
    ///
    /// - Parameters:
    ///   - name: What the store calls the registry.
    ///   - dueAt: When it is due; nil for now.
    ///   - store: Where it is kept.
    ///   - now: The clock.
    ///   - pause: Lets time pass by that clock.
    /// - Returns: What came of it.
    /// - Throws: `StoreError`.
    static func begin(
        _ name: String, dueAt: Date?, in store: any Store, now: @escaping @Sendable () -> Date,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws -> Start {
        let start = try await store.sweeps.begin(name, dueAt: dueAt, now: now(), leaseSeconds: leaseSeconds)
        guard case .ours(let lease, _) = start else { return .notOurs(start) }
        return .ours(
            SweepHistory(store: store, name: name, now: now, pause: pause, lease: lease, notedAt: now()))
    }

    /// Whether it is time to keep what was seen, be it little, so that nobody takes the sweep up.
    var isNoteDue: Bool { now().timeIntervalSince(notedAt) > 20 }

    /// The sweep's number.
    var id: SweepID { lease.sweep }
    /// The sweep's one clock: when it was first begun.
    var startedAt: Date { lease.startedAt }

    /// What earlier sweeps left, and what this one saw before it was cut off.
    ///
    /// - Throws: `StoreError`.
    func evidence() async throws -> SweepEvidence {
        var evidence = SweepEvidence(now: startedAt)
        for observation in try await store.observations.all(of: name) {
            let selector: Selector
            do { selector = try Selector(observation.selector) } catch { continue }
            evidence.records[selector] = EntryRecord(observation)
        }
        for stored in try await store.sweeps.looks(of: id) {
            do {
                let look = try JSONDecoder().decode(LocationLook.self, from: Data(stored.body))
                evidence.looks[LookKey(look.location, look.expectation)] = look
            } catch is DecodingError {
                // Another version kept it in another form: it is looked at again, and kept in the place of this one.
            }
        }
        evidence.hadOutage = try await store.sweeps.last(of: name)?.isOutageOpen == true
        return evidence
    }

    /// Keeps what was seen, so that it need not be looked at again.
    mutating func note(_ looks: [LocationLook]) async throws {
        let stored = try looks.map { look in
            StoredLook(
                key: LookKey(look.location, look.expectation).description, body: Array(try JSONEncoder().encode(look)))
        }
        notedAt = now()
        lease = try await store.sweeps.note(stored, lease, now: notedAt, leaseSeconds: Self.leaseSeconds)
    }

    /// Keeps the sweep ours while something goes on that may take longer than its lease.
    ///
    /// - Parameter work: What goes on; it is cut off where the sweep is lost.
    /// - Returns: What came of it.
    /// - Throws: `LeaseLost`, `StoreError`, and what `work` throws.
    func held<Value: Sendable>(while work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await renewed()
                return nil
            }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Renews the lease again and again, until nobody wants it any more.
    private func renewed() async throws {
        while !Task.isCancelled {
            try await pause(.seconds(Self.renewalSeconds))
            _ = try await store.sweeps.note([], lease, now: now(), leaseSeconds: Self.leaseSeconds)
        }
    }

    /// Ends the sweep.
    func finish(_ judgment: SweepJudge.Judgment) async throws {
        let observations = judgment.records.map { EntryObservation($0.key, $0.value) }
            .sorted { $0.selector < $1.selector }
        let outcome = SweepOutcome(observations: observations, outage: judgment.outage?.words)
        try await store.sweeps.finish(lease, with: outcome, now: now())
    }
}

extension EntryRecord {
    /// What a store kept.
    init(_ stored: EntryObservation) {
        let newest = stored.newest.flatMap { newest in
            FactKind(rawValue: newest.fact).map {
                Fact(kind: $0, at: newest.at, build: newest.build, url: newest.url)
            }
        }
        var builds: [BucketLocation: String] = [:]
        for (text, build) in stored.builds {
            do { builds[try BucketLocation(text)] = build } catch {
                // A location of an older version's form: it is listed from its beginning once.
            }
        }
        self.init(
            firstSeenAt: stored.firstSeenAt, verdict: stored.verdict.flatMap { Verdict(rawValue: $0) },
            newest: newest, newestBuilds: builds, missingSweeps: stored.missingCount,
            missingSince: stored.missingSince, confirmations: stored.confirmationCount,
            confirmedOn: stored.confirmedDay, isHeld: stored.isHeld)
    }
}

extension EntryObservation {
    /// What a store keeps of a record.
    init(_ selector: Selector, _ record: EntryRecord) {
        self.init(selector: selector.description, firstSeenAt: record.firstSeenAt)
        verdict = record.verdict?.rawValue
        newest = record.newest.map {
            Newest(at: $0.at, fact: $0.kind.rawValue, build: $0.build, url: $0.url)
        }
        builds = Dictionary(
            record.newestBuilds.map { ($0.key.description, $0.value) }, uniquingKeysWith: { first, _ in first })
        missingCount = record.missingSweeps
        missingSince = record.missingSince
        confirmationCount = record.confirmations
        confirmedDay = record.confirmedOn
        isHeld = record.isHeld
    }
}
