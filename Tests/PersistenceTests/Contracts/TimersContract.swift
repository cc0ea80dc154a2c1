import Foundation
import Persistence
import Testing

private let search = PauseKey(credential: "installation:1", scope: "search")
private let everything = PauseKey(credential: "installation:1", scope: "*")

/// A job with a payload of one byte.
private func job(_ key: String, at seconds: Double, payload: UInt8 = 1) -> ScheduledJob {
    ScheduledJob(key: JobKey(key), dueAt: at(seconds), payload: [payload])
}

extension Contract {
    /// What pauses, cursors and schedules promise.
    static let timers: [Contract] = [
        Contract("a pause lasts until its end, and is never shortened by another") { store async throws in
            let pauses = store.pauses
            let long = Pause(key: search, until: at(60), reason: "403")
            #expect(try await pauses.pause(long, now: at(0)) == long)
            #expect(try await pauses.pause(Pause(key: search, until: at(30), reason: "429"), now: at(1)) == long)
            let longer = Pause(key: search, until: at(90), reason: "429")
            #expect(try await pauses.pause(longer, now: at(2)) == longer)
            let other = Pause(key: everything, until: at(10), reason: "secondary")
            _ = try await pauses.pause(other, now: at(2))
            #expect(try await pauses.active(now: at(9)) == [other, longer])
            #expect(try await pauses.active(now: at(10)) == [longer])
            #expect(try await pauses.active(now: at(90)) == [])
            let later = Pause(key: search, until: at(95), reason: "403")
            #expect(try await pauses.pause(later, now: at(91)) == later)
            try await pauses.lift(search)
            #expect(try await pauses.active(now: at(91)) == [])
        },
        Contract("a cursor stays where it was put") { store async throws in
            let cursors = store.cursors
            let name = CursorName("deliveries")
            #expect(try await cursors.position(of: name) == nil)
            try await cursors.move(name, to: "v1_123", now: at(0))
            try await cursors.move(CursorName("other"), to: "x", now: at(0))
            try await cursors.move(name, to: "v1_456", now: at(1))
            #expect(try await cursors.position(of: name)?.value == "v1_456")
            #expect(try await cursors.position(of: name)?.savedAt == at(1))
        },
        Contract("a change of a cursor sees what is there, and what fails changes nothing") { store async throws in
            let cursors = store.cursors
            let name = CursorName("count")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await cursors.change(name, now: at(1)) { value in
                            value = "\((value.flatMap { Int($0) } ?? 0) + 1)"
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await cursors.position(of: name)?.value == "20")
            await #expect(throws: CancellationError.self) {
                try await cursors.change(name, now: at(2)) { value in
                    value = "lost"
                    throw CancellationError()
                }
            }
            #expect(try await cursors.position(of: name)?.value == "20")
            #expect(try await cursors.change(name, now: at(3)) { $0.take() } == "20")
            #expect(try await cursors.position(of: name) == nil)
        },
        Contract("cursors are forgotten by the beginning of their names, taken as it is, and by their age") {
            store async throws in
            let cursors = store.cursors
            for (name, time) in [("a%:1", 1.0), ("a%:2", 2), ("a%:3", 9), ("ab:1", 1), ("b", 1)] {
                try await cursors.move(CursorName(name), to: "x", now: at(time))
            }
            #expect(try await cursors.prune(namesFrom: "a%:", savedBefore: at(5), limit: 1) == 1)
            #expect(try await cursors.prune(namesFrom: "a%:", savedBefore: at(5), limit: 9) == 1)
            #expect(try await cursors.prune(namesFrom: "a%:", savedBefore: at(5), limit: 9) == 0)
            for name in ["a%:3", "ab:1", "b"] {
                #expect(try await cursors.position(of: CursorName(name)) != nil)
            }
        },
        Contract("a job is claimed when its time has come, once, the longest overdue first") { store async throws in
            let schedules = store.schedules
            for each in [job("b", at: 20), job("a", at: 10), job("c", at: 600)] { try await schedules.schedule(each) }
            #expect(try await schedules.nextDue() == at(10))
            #expect(try await schedules.claimDue(now: at(9), leaseSeconds: 60, limit: 5) == [])
            let claimed = try await schedules.claimDue(now: at(20), leaseSeconds: 60, limit: 5)
            #expect(claimed.map(\.job) == [job("a", at: 10), job("b", at: 20)])
            #expect(claimed.map(\.attempt) == [1, 1])
            #expect(try await schedules.claimDue(now: at(79), leaseSeconds: 60, limit: 5) == [])
            #expect(try await schedules.nextDue() == at(80))
            for each in claimed { try await schedules.finish(each.lease, now: at(30)) }
            #expect(try await schedules.all(limit: 5) == [job("c", at: 600)])
            #expect(try await schedules.nextDue() == at(600))
        },
        Contract("a limit bounds what is claimed at once") { store async throws in
            for index in 0..<3 { try await store.schedules.schedule(job("\(index)", at: 0)) }
            #expect(try await store.schedules.claimDue(now: at(1), leaseSeconds: 60, limit: 2).count == 2)
            #expect(try await store.schedules.claimDue(now: at(1), leaseSeconds: 60, limit: 2).count == 1)
        },
        Contract("a job whose lease has run out is claimed again, and the first lease is worth nothing") {
            store async throws in
            let schedules = store.schedules
            try await schedules.schedule(job("a", at: 0))
            let old = try #require(try await schedules.claimDue(now: at(0), leaseSeconds: 10, limit: 1).first)
            await #expect(throws: LeaseLost.self) { try await schedules.finish(old.lease, now: at(10)) }
            let new = try #require(try await schedules.claimDue(now: at(10), leaseSeconds: 10, limit: 1).first)
            #expect(new.attempt == 2)
            await #expect(throws: LeaseLost.self) { try await schedules.finish(old.lease, now: at(9)) }
            try await schedules.postpone(new.lease, Postponement(until: at(99), reason: "x"), now: at(11))
            #expect(try await schedules.nextDue() == at(99))
            let last = try #require(try await schedules.claimDue(now: at(99), leaseSeconds: 10, limit: 1).first)
            #expect(last.attempt == 3)
        },
        Contract("scheduling again replaces a job, and ends a lease of the old one") { store async throws in
            let schedules = store.schedules
            try await schedules.schedule(job("a", at: 0))
            let old = try #require(try await schedules.claimDue(now: at(0), leaseSeconds: 60, limit: 1).first)
            try await schedules.schedule(job("a", at: 5, payload: 2))
            await #expect(throws: LeaseLost.self) { try await schedules.finish(old.lease, now: at(1)) }
            let new = try #require(try await schedules.claimDue(now: at(5), leaseSeconds: 60, limit: 1).first)
            #expect(new.job.payload == [2])
            #expect(new.attempt == 1)
        },
        Contract("a cancelled job is gone, and its lease does not fit the next of its name") { store async throws in
            let schedules = store.schedules
            try await schedules.schedule(job("a", at: 0))
            let old = try #require(try await schedules.claimDue(now: at(0), leaseSeconds: 60, limit: 1).first)
            #expect(try await schedules.cancel(JobKey("a")))
            #expect(try await schedules.cancel(JobKey("a")) == false)
            try await schedules.schedule(job("a", at: 0))
            _ = try #require(try await schedules.claimDue(now: at(0), leaseSeconds: 60, limit: 1).first)
            await #expect(throws: LeaseLost.self) { try await schedules.finish(old.lease, now: at(1)) }
        },
        Contract("there is a bound, and replacing keeps within it", { $0.scheduleCapacity = 2 }) { store async throws in
            let schedules = store.schedules
            for key in ["a", "b", "a"] { try await schedules.schedule(job(key, at: 0)) }
            await #expect(throws: StoreError.scheduleFull(capacity: 2)) {
                try await schedules.schedule(job("c", at: 0))
            }
        },
        Contract("a store that works says so, as often as it is asked") { store async throws in
            try await store.probe()
            try await store.probe()
            #expect(try await store.integrityIssues() == [])
        },
    ]
}
