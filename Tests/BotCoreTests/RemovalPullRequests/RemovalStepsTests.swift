import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("What is to be done about a removal pull request")
struct RemovalStepsTests {
    private let fixture = RemovalPullFixture()
    private let acme = Selector.testGroup("acme-e2e")
    private let now = RemovalPullFixture.now

    @Test("nothing but the ping, which is written once, where all is as it should be")
    func quiet() {
        let result = fixture.situation().steps()
        #expect(result.record == fixture.record)
        #expect(result.steps == [.ping])
    }

    @Test("a new one gets its labels before anybody is mentioned, and those that there are not are left out")
    func labels() {
        var new = fixture.situation { situation in
            situation.record.hold = .pending
            situation.record.skippedLabels = ["area/testgrid"]
            situation.policy.labels = ["area/testgrid", "kind/cleanup"]
            situation.labels = []
        }
        #expect(new.steps().steps == [.setLabels(["kind/cleanup", "do-not-merge/hold"])])
        new.labels = ["Kind/Cleanup", "do-not-merge/hold"]
        #expect(new.steps().record.hold == .on)
        #expect(new.steps().steps == [.ping])
    }

    @Test("whose entries all stay before anybody is mentioned was not mentioned; after that it stays as it was")
    func takenBack() {
        var situation = fixture.situation { situation in
            situation.present.remove(acme)
            situation.record.hold = .pending
        }
        #expect(situation.steps().record.contacts.map(\.pingedAt) == [nil, nil, nil, nil])
        #expect(situation.steps().record.contacts.first?.reach == .waiting)
        situation.record.hold = .on
        #expect(situation.steps().record.contacts == fixture.record.contacts)
    }

    @Test("the hold label goes when the days are over, and once it was off it stays as people have it")
    func hold() {
        let last = now.addingTimeInterval(14 * RemovalPullFixture.day - 1)
        #expect(fixture.situation { $0.now = last }.steps().steps == [.ping])
        let due = fixture.situation { $0.now = last.addingTimeInterval(1) }
        #expect(due.steps().steps == [.releaseHold(label: "do-not-merge/hold"), .ping])
        let off = fixture.situation { $0.labels = [] }
        #expect(off.steps().record.hold == .over)
        let again = fixture.situation {
            $0.record.hold = .over
            $0.now = last.addingTimeInterval(1)
        }
        #expect(again.steps().steps == [.ping])
    }

    @Test("the label that was set goes, whatever the policy calls it by now")
    func renamedHold() {
        let due = now.addingTimeInterval(14 * RemovalPullFixture.day)
        func situation(at time: Date, on label: String, hold: RemovalRecord.Hold = .on) -> RemovalSituation {
            fixture.situation { situation in
                situation.record.holdLabel = "do-not-merge/hold"
                situation.record.hold = hold
                situation.policy.holdLabel = "on-hold"
                situation.labels = ["kind/cleanup", label]
                situation.now = time
            }
        }
        #expect(situation(at: now, on: "do-not-merge/hold").steps().record.hold == .on)
        #expect(
            situation(at: due, on: "Do-Not-Merge/Hold").steps().steps
                == [.releaseHold(label: "Do-Not-Merge/Hold"), .ping])
        // A label that was renamed bears its new name on the pull request too.
        #expect(situation(at: now, on: "on-hold").steps().record.hold == .on)
        #expect(situation(at: due, on: "on-hold").steps().steps == [.releaseHold(label: "on-hold"), .ping])
        #expect(situation(at: now, on: "kind/cleanup").steps().record.hold == .over)
        // What the text names is set, and nothing else.
        #expect(situation(at: now, on: "do-not-merge/hold", hold: .pending).steps().record.hold == .on)
    }

    @Test("a bucket stays as long as a group below it does")
    func bucketOfAKeptGroup() {
        let bucket = Selector.bucket("gs://acme-results/")
        var situation = fixture.situation { situation in
            situation.record.entries.append(
                RecordedEntry(selector: bucket, verdict: .stale, evidenceID: "stale", newestAt: nil, url: nil))
            situation.present.insert(bucket)
            situation.readers[bucket] = [acme]
        }
        #expect(situation.steps().record.entry(bucket)?.standing == .proposed)
        situation.record.set(.kept(until: now.addingTimeInterval(86_400), by: "acme-jdoe"), for: acme)
        #expect(situation.steps().record.entry(bucket)?.standing == .held(at: now))
        #expect(situation.steps().steps.contains(.rebuild))
    }

    @Test(
        "results withdraw an entry, and what is not known does not",
        arguments: [
            (Verdict.fresh, true), (.ageing, true), (.new, false), (.unknown, false), (.unreadable, false),
            (.stale, false), (.never, false), (.gone, false),
        ])
    func news(verdict: Verdict, isWithdrawn: Bool) {
        let situation = fixture.situation { $0.news[acme] = RemovalPullFixture.swept("acme-e2e", verdict) }
        let result = situation.steps()
        #expect((result.record.entry(acme)?.standing == .resumed(at: now)) == isWithdrawn)
        #expect(result.steps.contains(.rebuild) == isWithdrawn)
    }

    @Test(
        "what stands in the way now withdraws an entry; what only concerns new proposals does not",
        arguments: Suspension.allCases)
    func suspensions(suspension: Suspension) {
        let situation = fixture.situation { $0.news[acme] = RemovalPullFixture.swept("acme-e2e", .stale, [suspension]) }
        let standing = situation.steps().record.entry(acme)?.standing
        switch suspension {
        case .kept: #expect(standing == .kept(until: now.addingTimeInterval(180 * RemovalPullFixture.day), by: nil))
        case .generated, .protected, .prowBacked, .handEdit: #expect(standing == .held(at: now))
        case .unconfirmed, .outage, .snoozed, .declined, .limit: #expect(standing == .proposed)
        }
    }

    @Test("with nothing left it says so, is closed, and its branch goes")
    func empty() {
        let situation = fixture.situation { $0.present = [] }
        #expect(situation.steps().record.proposed == [])
        #expect(situation.steps().steps == [.sayEmpty, .close, .deleteBranch])
    }

    @Test(
        "a conflict, a branch that holds something else and a branch that is gone are made anew",
        arguments: [
            RemovalSituation.Branch.conflicts, .differs, .missing,
        ])
    func rebuilt(branch: RemovalSituation.Branch) {
        #expect(fixture.situation { $0.branch = branch }.steps().steps == [.rebuild, .ping])
    }

    @Test("nothing is done to a branch with somebody else's commit, which is said")
    func frozen() {
        let situation = fixture.situation {
            $0.hasForeignCommits = true
            $0.branch = .conflicts
            $0.news[acme] = RemovalPullFixture.swept("acme-e2e", .fresh)
        }
        let result = situation.steps()
        #expect(result.record.isFrozen)
        #expect(result.record.entry(acme)?.standing == .resumed(at: now))
        #expect(result.steps == [.sayFrozen, .ping])
        let empty = fixture.situation {
            $0.hasForeignCommits = true
            $0.present = []
        }
        #expect(empty.steps().steps == [.sayFrozen, .ping])
        #expect(fixture.situation { $0.record.isFrozen = true }.steps().record.isFrozen == false)
    }

    @Test("closed means declined, opened again means proposed, merged means removed, back again means restored")
    func decided() {
        var situation = fixture.situation { $0.decision = .closed(at: now) }
        var record = situation.steps().record
        #expect(record.entries.map(\.standing) == [.declined(at: now), .declined(at: now)])
        #expect(situation.steps().steps == [])
        situation = fixture.situation { $0.record = record }
        #expect(situation.steps().record.proposed.count == 2)
        situation = fixture.situation { $0.decision = .merged(at: now) }
        record = situation.steps().record
        #expect(record.entries.map(\.standing) == [.removed(at: now), .removed(at: now)])
        #expect(situation.steps().steps == [.deleteBranch])
        situation.record = record
        situation.present = [acme]
        situation.branch = .missing
        #expect(situation.steps().record.entries.map(\.standing) == [.restored(at: now), .removed(at: now)])
        #expect(situation.steps().steps == [])
    }

    @Test("what was done is not done again: the steps of what the steps lead to are none but the ping")
    func idempotent() {
        var generator = SplitMix64(seed: 17)
        for _ in 0..<500 {
            var situation = fixture.situation()
            let verdicts = Verdict.allCases
            for name in fixture.names where Bool.random(using: &generator) {
                let verdict = verdicts.randomElement(using: &generator) ?? .fresh
                situation.news[.testGroup(name)] = RemovalPullFixture.swept(name, verdict)
            }
            if Bool.random(using: &generator) { situation.present.remove(acme) }
            if Bool.random(using: &generator) { situation.branch = .conflicts }
            if Bool.random(using: &generator) { situation.now = now.addingTimeInterval(20 * RemovalPullFixture.day) }
            let result = situation.steps()
            guard !result.steps.contains(.close) else { continue }
            situation.record = result.record
            situation.branch = .fits
            if result.steps.contains(.releaseHold(label: "do-not-merge/hold")) { situation.labels = [] }
            situation.record = situation.steps().record
            #expect(situation.steps().steps == [.ping])
            #expect(situation.steps().record == situation.record)
        }
    }

    @Test("from all pull requests it is told what is open, declined and left alone")
    func standings() {
        var kept = fixture.record
        kept.set(.kept(until: now, by: "kim"), for: acme)
        var restored = fixture.record
        restored.set(.restored(at: now), for: acme)
        restored.set(.removed(at: now), for: .testGroup("globex-e2e"))
        let standings = EntryStandings(
            [
                KnownRemoval(number: 3, isOpen: true, record: kept),
                KnownRemoval(number: 1, isOpen: false, record: restored),
                KnownRemoval(number: 2, isOpen: false, record: fixture.record),
            ], snoozeDays: 10)
        #expect(standings.open.map(\.number) == [3])
        #expect(standings.open.first?.selectors == [.testGroup("globex-e2e")])
        #expect(standings.declined == [acme: ["stale:2026-05-01"], .testGroup("globex-e2e"): ["stale:2026-05-01"]])
        #expect(standings.snoozed == [acme: now.addingTimeInterval(10 * RemovalPullFixture.day)])
        #expect(standings.unsettled.isEmpty)
    }

    @Test("what became of it and could not be written down concerns what was proposed or taken out, and nothing else")
    func unsettled() {
        let globex = Selector.testGroup("globex-e2e")
        var removed = fixture.record
        removed.set(.restored(at: now), for: acme)
        removed.set(.removed(at: now), for: globex)
        func unsettled(_ record: RemovalRecord) -> [Selector: Int] {
            EntryStandings(
                [KnownRemoval(number: 7, isOpen: false, record: record, isUnsettled: true)], snoozeDays: 10
            ).unsettled
        }
        #expect(unsettled(removed) == [globex: 7])
        #expect(unsettled(fixture.record) == [acme: 7, globex: 7])
    }
}
