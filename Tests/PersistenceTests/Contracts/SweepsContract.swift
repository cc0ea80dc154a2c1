import Foundation
import Persistence
import Testing

private let repository = "o/r"

private func look(_ key: String, _ byte: UInt8 = 1) -> StoredLook { StoredLook(key: key, body: [byte]) }

/// An observation with every field filled.
private func observation(_ name: String, isHeld: Bool = false) -> EntryObservation {
    var entry = EntryObservation(selector: "test-group:\(name)", firstSeenAt: at(-5))
    entry.verdict = "stale"
    entry.newest = EntryObservation.Newest(at: at(-9), fact: "finished", build: "7", url: "https://storage.test/")
    entry.builds = ["gs://acme/logs/\(name)/": "7"]
    entry.missingCount = 2
    entry.missingSince = at(-4)
    entry.confirmationCount = 1
    entry.confirmedDay = 20_000
    entry.isHeld = isHeld
    return entry
}

/// Somebody else has the sweep, or it is finished.
private struct NotOurs: Error {}

extension Sweeps {
    /// Begins a sweep that must be ours.
    fileprivate func ours(_ due: Double?, now: Double) async throws -> (lease: SweepLease, isResumed: Bool) {
        let start = try await begin(repository, dueAt: due.map { at($0) }, now: at(now), leaseSeconds: 60)
        guard case .ours(let lease, let isResumed) = start else {
            Issue.record("\(start)")
            throw NotOurs()
        }
        return (lease, isResumed)
    }
}

extension Contract {
    /// What sweeps and observations promise.
    static let sweeps: [Contract] = [
        Contract("a sweep of a due time is done once, however often it is begun") { store async throws in
            let sweeps = store.sweeps
            let first = try await sweeps.ours(100, now: 101)
            #expect(!first.isResumed)
            #expect(
                try await sweeps.begin(repository, dueAt: at(100), now: at(102), leaseSeconds: 60)
                    == .underWay(until: at(161)))
            try await sweeps.finish(first.lease, with: SweepOutcome(observations: [], outage: nil), now: at(103))
            #expect(
                try await sweeps.begin(repository, dueAt: at(100), now: at(999), leaseSeconds: 60)
                    == .finished(first.lease.sweep))
            #expect(try await sweeps.last(of: repository)?.finishedAt == at(103))
            #expect(try await sweeps.last(of: "o/other") == nil)
        },
        Contract("a lease that a clock far ahead has given keeps nobody off") { store async throws in
            let ahead = 365.0 * 86_400
            _ = try await store.sweeps.ours(100, now: ahead)
            #expect(try await store.sweeps.ours(200, now: 201).isResumed == false)
            // Clocks of two machines are never quite the same.
            let start = try await store.sweeps.begin(repository, dueAt: at(200), now: at(195), leaseSeconds: 60)
            #expect(start == .underWay(until: at(261)))
        },
        Contract("a sweep that was cut off is gone on with, by its own clock and with what was seen") {
            store async throws in
            let sweeps = store.sweeps
            let first = try await sweeps.ours(100, now: 101)
            _ = try await sweeps.note([look("a"), look("b")], first.lease, now: at(102), leaseSeconds: 60)
            let second = try await sweeps.ours(100, now: 162)
            #expect(second.isResumed)
            #expect(second.lease.startedAt == at(101))
            #expect(try await sweeps.looks(of: second.lease.sweep) == [look("a"), look("b")])
            await #expect(throws: LeaseLost.self) {
                _ = try await sweeps.note([look("c")], first.lease, now: at(163), leaseSeconds: 60)
            }
            let renewed = try await sweeps.note([look("a", 2)], second.lease, now: at(200), leaseSeconds: 60)
            #expect(renewed.until == at(260))
            try await sweeps.finish(renewed, with: SweepOutcome(observations: [], outage: nil), now: at(201))
            #expect(try await sweeps.looks(of: second.lease.sweep) == [])
        },
        Contract("an older sweep that was cut off is given up for the one that is due") { store async throws in
            let old = try await store.sweeps.ours(100, now: 101)
            _ = try await store.sweeps.note([look("a")], old.lease, now: at(101), leaseSeconds: 60)
            let new = try await store.sweeps.ours(200, now: 300)
            #expect(!new.isResumed)
            #expect(try await store.sweeps.find(old.lease.sweep) == nil)
            #expect(try await store.sweeps.looks(of: old.lease.sweep) == [])
        },
        Contract("a sweep without a due time goes on with one that was cut off today, else begins anew") {
            store async throws in
            let first = try await store.sweeps.ours(nil, now: 0)
            let again = try await store.sweeps.ours(nil, now: 100)
            #expect(again.isResumed)
            #expect(again.lease.sweep == first.lease.sweep)
            #expect(try await !store.sweeps.ours(nil, now: 50_000).isResumed)
        },
        Contract("what is known of entries changes with the end of a sweep, all at once") { store async throws in
            let first = try await store.sweeps.ours(100, now: 101)
            #expect(try await store.observations.all(of: repository) == [])
            var entries = [observation("a"), observation("b")]
            try await store.sweeps.finish(
                first.lease, with: SweepOutcome(observations: entries, outage: nil), now: at(102))
            #expect(try await store.observations.all(of: repository) == entries)
            #expect(try await store.observations.find("test-group:b", in: repository) == entries[1])
            #expect(try await store.observations.find("test-group:b", in: "o/other") == nil)
            entries[0] = EntryObservation(selector: entries[0].selector, firstSeenAt: at(0))
            let second = try await store.sweeps.ours(200, now: 201)
            try await store.sweeps.finish(
                second.lease, with: SweepOutcome(observations: [entries[0]], outage: nil), now: at(202))
            #expect(try await store.observations.all(of: repository) == entries)
            #expect(try await store.sweeps.find(second.lease.sweep)?.entryCount == 1)
        },
        Contract("an outage is open until it is acknowledged, and then what turned by then waits no longer") {
            store async throws in
            let first = try await store.sweeps.ours(100, now: 101)
            let held = SweepOutcome(observations: [observation("a", isHeld: true)], outage: "too many")
            try await store.sweeps.finish(first.lease, with: held, now: at(102))
            #expect(try await store.sweeps.last(of: repository)?.isOutageOpen == true)
            let second = try await store.sweeps.ours(200, now: 201)
            let more = SweepOutcome(
                observations: [observation("a", isHeld: true), observation("b", isHeld: true)], outage: "again")
            try await store.sweeps.finish(second.lease, with: more, now: at(202))
            #expect(try await store.sweeps.acknowledge(first.lease.sweep, now: at(300)))
            #expect(try await store.observations.all(of: repository).map(\.isHeld) == [false, true])
            #expect(try await store.sweeps.last(of: repository)?.isOutageOpen == true)
            #expect(try await store.sweeps.acknowledge(second.lease.sweep, now: at(301)))
            #expect(try await store.observations.all(of: repository).map(\.isHeld) == [false, false])
            #expect(try await store.sweeps.last(of: repository)?.acknowledgedAt == at(301))
            #expect(try await store.sweeps.acknowledge(SweepID(99), now: at(302)) == false)
        },
    ]
}
