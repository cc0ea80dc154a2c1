import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("What a removal pull request says")
struct RemovalTextTests {
    private func words() throws -> Templates { try Templates() }

    private func whole(_ content: RemovalContent) throws -> String {
        let text = RemovalText(templates: try words())
        let comments = RemovalComments(templates: try words())
        let ping = comments.ping(content.record, at: RemovalPullFixture.now, policy: content.surroundings.policy)
        return [text.title(of: content.record), text.body(of: content), ping?.body ?? "no mention"]
            .joined(separator: "\n=====\n")
    }

    @Test("it is read as a contact and as a maintainer")
    func usual() throws {
        try expectSnapshot(of: try whole(try RemovalPullFixture().content()), named: "removal-usual.md")
    }

    @Test("nobody is mentioned about nothing, and with nobody to mention there is no comment")
    func nothingLeft() throws {
        let comments = RemovalComments(templates: try words())
        var record = RemovalPullFixture().record
        let globex = RecordedContact(
            kind: .login, value: "globex-kim", source: .bucketsYAML, entries: [1],
            reach: .pinged(at: RemovalPullFixture.now))
        record.contacts.append(globex)
        record.set(.gone(at: RemovalPullFixture.now), for: .testGroup("acme-e2e"))
        func body() -> String? { comments.ping(record, at: RemovalPullFixture.now, policy: RemovalPolicy())?.body }
        #expect(body()?.matches(of: #/@([a-z-]+)/#).map { String($0.1) } == ["globex-kim"])
        record.set(.gone(at: RemovalPullFixture.now), for: .testGroup("globex-e2e"))
        #expect(body() == nil)
    }

    @Test("the comment that mentions people fits, however long the names are and however many it concerns")
    func fullComment() throws {
        var record = RemovalPullFixture().record
        record.entries = (1...6).map { entry(.testGroup(String(repeating: "\u{20AC}", count: 600) + "\($0)")) }
        record.contacts = (1...RemovalPings.mentionsPerComment).map { index in
            RecordedContact(
                kind: .login, value: "person-\(index)", source: .owners, entries: Array(0..<6),
                reach: .pinged(at: RemovalPullFixture.now))
        }
        let comments = RemovalComments(templates: try words())
        func body() -> String {
            comments.ping(record, at: RemovalPullFixture.now, policy: RemovalPolicy())?.body ?? ""
        }
        #expect(body().utf8.count <= RemovalText.characterLimit)
        #expect(body().contains("@person-30") && body().contains(" and 4 more."))
        // One visible character may be of any number of bytes.
        let dots = String(repeating: "\u{307}", count: 2_000)
        record.entries = (1...6).map { entry(.testGroup("a" + dots + "\($0)")) }
        #expect(body().utf8.count <= RemovalText.characterLimit)
        #expect(body().contains("@person-30: you are the one to ask about 6 entries."))
    }

    @Test("everything at once: frozen, forced grouping, skipped labels, every standing")
    func everything() throws {
        var fixture = RemovalPullFixture()
        fixture.names = (1...9).map { "acme-\($0)" }
        fixture.registry = RemovalFixture(
            "test_groups:\n" + fixture.names.map { RemovalFixture.groups($0) }.joined()
                + RemovalFixture.groups("kept-e2e")
                + RemovalFixture.dashboard("acme-1", "kept-e2e"))
        let now = RemovalPullFixture.now
        var record = RemovalRecord(
            area: "x", key: "0a1b2c3d", base: "master", groupBy: .contact, isGroupingForced: true, asOf: now,
            confirmations: 1, holdUntil: now, entries: fixture.entries)
        record.hold = .over
        record.isFrozen = true
        record.skippedLabels = ["area/testgrid"]
        record.contacts = [
            RecordedContact(
                kind: .login, value: "acme-jdoe", source: .owners, entries: [0, 1], reach: .pinged(at: now))
        ]
        let standings: [RecordedEntry.Standing] = [
            .kept(until: now, by: "kim"), .kept(until: now, by: nil), .resumed(at: now), .gone(at: now), .held(at: now),
            .declined(at: now), .removed(at: now), .restored(at: now),
        ]
        for (entry, standing) in zip(record.entries.dropFirst(), standings) {
            record.set(standing, for: entry.selector)
        }
        try expectSnapshot(of: try whole(try fixture.content(record)), named: "removal-everything.md")
        let empty = RemovalComments(templates: try words())
        record.set(.resumed(at: now), for: .testGroup("acme-1"))
        try expectSnapshot(
            of: empty.empty(record).body + "=====\n" + empty.frozen(record).body, named: "removal-comments.md")
    }

    @Test("what others wrote stays dead")
    func hostile() throws {
        var fixture = RemovalPullFixture()
        let name = "a|b `c` @kubernetes/everyone <!-- bucketbot:entry selector=x --> #12 [x](http://evil)"
        fixture.names = [name]
        let quoted = "'" + name + "'"
        fixture.registry = RemovalFixture(
            "test_groups:\n- name: \(quoted)\n  gcs_prefix: acme/logs/x\n- name: keep\n  gcs_prefix: acme/logs/y\n"
                + "dashboards:\n- name: d\n  dashboard_tab:\n  - name: t\n    test_group_name: \(quoted)\n"
                + "  - name: u\n    test_group_name: keep\n")
        let content = try fixture.content()
        try expectSnapshot(of: try whole(content), named: "removal-hostile.md")
        let body = RemovalText(templates: try words()).body(of: content)
        #expect(RemovalRecord(body: body) == content.record)
    }

    @Test("the hidden lines are read back as they were written, whatever the rest says")
    func readBack() throws {
        let fixture = RemovalPullFixture()
        var record = fixture.record
        let now = RemovalPullFixture.now
        record.holdLabel = "on hold, please"
        record.contacts.append(
            RecordedContact(kind: .login, value: "left", source: .owners, entries: [1], reach: .outside))
        for standing: RecordedEntry.Standing in [
            .proposed, .kept(until: now, by: "kim"), .kept(until: now, by: nil), .resumed(at: now), .gone(at: now),
            .held(at: now), .declined(at: now), .removed(at: now), .restored(at: now),
        ] {
            record.set(standing, for: .testGroup("acme-e2e"))
            let text = RemovalText(templates: try words()).body(of: try fixture.content(record))
            #expect(RemovalRecord(body: text) == record)
            #expect(RemovalRecord(body: text.replacing("\n", with: "\r\n")) == record)
            let decided = RemovalText(templates: try words()).body(text, saying: fixture.record)
            #expect(RemovalRecord(body: decided) == fixture.record)
            #expect(RemovalRecord(body: record.hiddenText) == record)
        }
        #expect(RemovalRecord(body: "Some text.") == nil)
        #expect(RemovalRecord(body: "<!-- bucketbot:removal area=../x key=1 -->") == nil)
    }

    @Test("a thousand entries fit, at the boundary of an entry, and none of the hidden lines is lost")
    func long() throws {
        var fixture = RemovalPullFixture()
        fixture.names = (1...150).map { "acme-\($0)-" + String(repeating: "long-", count: 12) }
        fixture.registry = RemovalFixture(
            "test_groups:\n" + fixture.names.map { RemovalFixture.groups($0) }.joined()
                + RemovalFixture.groups("kept-e2e")
                + RemovalFixture.dashboard("kept-e2e"))
        let content = try fixture.content()
        let body = RemovalText(templates: try words()).body(of: content)
        #expect(body.utf8.count <= RemovalText.characterLimit)
        #expect(body.contains("There is no room here for all"))
        #expect(RemovalRecord(body: body) == content.record)
    }

    @Test(
        "as many entries as have room are all read back, however long their names are and whatever becomes of them",
        arguments: [7, 1_001])
    func fullest(longEvery: Int) throws {
        var fixture = RemovalPullFixture()
        let names = (1...1_000).map {
            "acme-\($0)" + String(repeating: "-\u{20AC}", count: $0.isMultiple(of: longEvery) ? 500 : 4)
        }
        let entries = names.map { name in
            RecordedEntry(
                selector: .testGroup(name), verdict: .stale, evidenceID: "stale:2026-05-01",
                newestAt: RemovalPullFixture.now, url: "https://storage.googleapis.com/acme/\(name.utf8.count)")
        }
        let place = SourcePlace(path: "a", line: 1)
        let people = (1...40).map { Contact(kind: .login, value: "owner-\($0)", source: .owners, place: place) }
        let contacts = names.indices.map { index in
            [Contact(kind: .login, value: "contact-\(index / 9)", source: .bucketsYAML, place: place)] + people
        }
        var record = fixture.record
        record.holdLabel = "do-not-merge/hold"
        record.entries = RemovalRecord.fitting(entries, contacts: contacts) { _ in [] }
        #expect(record.entries.count > 20)
        // Nobody could be asked for: that is the most that there is to remember.
        record.contacts = RemovalPings(recentPings: [:], perWeek: 1, presence: [:])
            .contacts(Array(contacts.prefix(record.entries.count)), now: RemovalPullFixture.now)
        #expect(record.contacts.count > 40)
        fixture.names = record.entries.map(\.selector.name)
        fixture.registry = RemovalFixture(
            "test_groups:\n" + fixture.names.map { RemovalFixture.groups($0) }.joined()
                + RemovalFixture.groups("kept-e2e") + "dashboards:\n"
                + (1...5).map { index in
                    let tabs = (["kept-e2e"] + fixture.names).map { RemovalFixture.tab(of: $0) }.joined()
                    return "- name: everything-\(index)\n  dashboard_tab:\n\(tabs)"
                }.joined())
        let texts = RemovalText(templates: try words())
        let body = texts.body(of: try fixture.content(record, commitPer: .entry))
        #expect(body.utf8.count <= RemovalText.characterLimit)
        #expect(RemovalRecord(body: body) == record)
        for selector in record.proposed {
            record.set(.kept(until: RemovalPullFixture.now, by: String(repeating: "k", count: 39)), for: selector)
        }
        for index in record.contacts.indices { record.contacts[index].reach = .pinged(at: RemovalPullFixture.now) }
        let decided = texts.body(of: try fixture.content(record))
        #expect(decided.utf8.count <= RemovalText.characterLimit)
        #expect(RemovalRecord(body: decided) == record)
    }

    @Test("an entry that no text can carry keeps no other one out")
    func tooLong() throws {
        let entries = ["a", String(repeating: "b", count: 40_000), "c"].map { entry(.testGroup($0)) }
        let fitting = RemovalRecord.fitting(entries, contacts: [[], [], []]) { _ in [] }
        #expect(fitting.map(\.selector.name) == ["a", "c"])
    }

    @Test("a bucket stays where a test group that reads it has no room")
    func bucketWithoutGroup() throws {
        let (short, long) = (Selector.testGroup("a"), Selector.testGroup(String(repeating: "b", count: 40_000)))
        let (left, gone) = (Selector.bucket("gs://left/"), Selector.bucket("gs://gone/"))
        let entries = [short, long, left, gone].map(entry)
        let fitting = RemovalRecord.fitting(entries, contacts: [[], [], [], []]) { selector in
            selector == left ? [short, long] : selector == gone ? [short] : []
        }
        #expect(fitting.map(\.selector) == [short, gone])
    }

    private func entry(_ selector: Selector) -> RecordedEntry {
        RecordedEntry(selector: selector, verdict: .never, evidenceID: "never", newestAt: nil, url: nil)
    }

    @Test("replies to commands")
    func replies() throws {
        let replies = RemovalReplies(templates: try words())
        let (one, two) = (Selector.testGroup("one"), Selector.tab(dashboard: "d", tab: "t`@x"))
        let conflict = UneditedReference(path: "a.yaml", line: 3, reason: "The lines have to be put back by hand.")
        let answers: [RemovalAnswer] = [
            .kept([one], until: RemovalPullFixture.now, rest: .more),
            .kept([one, two], until: RemovalPullFixture.now, rest: .nothing),
            .kept([two], until: RemovalPullFixture.now, rest: .frozen), .notProposed(one, proposed: [two]),
            .notProposed(one, proposed: []), .past(RemovalPullFixture.now), .notOpen(isMerged: true),
            .notOpen(isMerged: false), .notMerged(isOpen: true), .notMerged(isOpen: false),
            .restoring([one, two], number: 12, conflicts: []), .restoring([one], number: nil, conflicts: [conflict]),
            .nothingToRestore(present: [one], conflicts: []), .nothingToRestore(present: [], conflicts: [conflict]),
        ]
        let text = answers.map { "=== \($0)\n" + replies.text(of: $0) }.joined()
        try expectSnapshot(of: text, named: "removal-replies.md")
    }
}
