import Foundation
import Testing

@testable import BotCore

@Suite("Who is mentioned because of a removal")
struct RemovalPingsTests {
    private let now = RemovalPullFixture.now

    private func contact(_ kind: Contact.Kind, _ value: String, _ source: Contact.Source = .bucketsYAML) -> Contact {
        Contact(kind: kind, value: value, source: source, place: SourcePlace(path: "a", line: 1))
    }

    private func pings(_ recent: [String: Int] = [:], perWeek: Int = 1) -> RemovalPings {
        RemovalPings(
            recentPings: recent, perWeek: perWeek,
            presence: [
                "login:kim": .reachable, "login:gone": .missing, "login:silent": .unknown, "team:k/leads": .reachable,
                "login:one": .reachable, "login:two": .reachable, "login:three": .reachable, "login:left": .outside,
            ])
    }

    private func check(
        _ contacts: [[Contact]], _ pings: RemovalPings, expect expected: [String],
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(lines(pings.contacts(contacts, now: now)) == expected, sourceLocation: location)
    }

    private func lines(_ contacts: [RecordedContact]) -> [String] {
        contacts.map { contact in
            let reach: String =
                switch contact.reach {
                case .pinged: "pinged"
                case .waiting: "waiting"
                case .missing: "missing"
                case .outside: "outside"
                case .unknown: "unknown"
                case .mail: "mail"
                }
            return "\(contact.value) \(reach) \(contact.entries.map(String.init).joined(separator: "."))"
        }
    }

    @Test("the strongest who can be reached, once for all entries")
    func strongest() {
        let kim = contact(.login, "Kim")
        check([[kim, contact(.login, "one")], [kim]], pings(), expect: ["Kim pinged 0.1"])
    }

    @Test("whoever cannot be reached is named, and the next is asked; at last two owners of the file")
    func fallback() {
        let owners = ["one", "two", "three"].map { contact(.login, $0, .owners) }
        check(
            [[contact(.login, "gone"), contact(.email, "a@b.example"), contact(.team, "k/leads")] + owners], pings(),
            expect: ["gone missing 0", "a@b.example mail 0", "k/leads pinged 0"])
        check(
            [[contact(.login, "silent")] + owners], pings(),
            expect: ["silent unknown 0", "one pinged 0", "two pinged 0"])
        check(
            [[contact(.login, "left"), contact(.login, "kim")] + owners], pings(),
            expect: ["left outside 0", "kim pinged 0"])
    }

    @Test("nobody is mentioned more often than the week allows, and whoever waits is mentioned when it does")
    func budget() {
        check([[contact(.login, "kim")]], pings(["login:kim": 1]), expect: ["kim waiting 0"])
        check([[contact(.login, "kim")]], pings(["login:kim": 1], perWeek: 2), expect: ["kim pinged 0"])
        check([[contact(.login, "kim")]], pings(perWeek: 0), expect: ["kim waiting 0"])
        var record = RemovalPullFixture().record
        record.contacts = pings(["login:kim": 1]).contacts([[contact(.login, "kim")]], now: now)
        #expect(pings(["login:kim": 1]).caughtUp(record, now: now) == record)
        #expect(pings().caughtUp(record, now: now).contacts.first?.pingedAt == now)
        for entry in record.entries { record.set(.resumed(at: now), for: entry.selector) }
        #expect(pings().caughtUp(record, now: now) == record)
    }

    @Test("of whom nothing was known is mentioned as soon as it is, as if it had been known at once")
    func askedAgain() {
        let owners = ["one", "two", "three"].map { contact(.login, $0, .owners) }
        let contacts = [
            [contact(.login, "kim"), contact(.team, "k/leads")] + owners, [contact(.login, "left")] + owners,
            [contact(.login, "gone")] + owners, [contact(.login, "silent"), contact(.email, "a@b.example")],
        ]
        var record = RemovalPullFixture().record
        record.entries = (0..<4).map { index in
            RecordedEntry(
                selector: .testGroup("\(index)"), verdict: .stale, evidenceID: "stale", newestAt: nil, url: nil)
        }
        let blind = RemovalPings(recentPings: [:], perWeek: 1, presence: [:])
        record.contacts = blind.contacts(contacts, now: now)
        #expect(record.contacts.count { $0.reach == .unknown } == 8)
        #expect(blind.caughtUp(record, now: now) == record)
        let after = pings().caughtUp(record, now: now)
        #expect(
            lines(after.contacts) == [
                "kim pinged 0", "one pinged 0.1.2", "two pinged 0.1.2", "left outside 1", "gone missing 2",
                "silent unknown 3", "a@b.example mail 3",
            ])
        #expect(pings().caughtUp(after, now: now.addingTimeInterval(1)) == after)
        let tired = pings(["login:kim": 1]).caughtUp(record, now: now)
        #expect(lines(tired.contacts).first == "kim waiting 0")
        // A contact who could not be asked for at first is asked beside the owners who were asked instead.
        record.contacts = blind.contacts([[contact(.login, "kim")]], now: now) + pings().contacts([owners], now: now)
        #expect(lines(pings().caughtUp(record, now: now).contacts).first == "kim pinged 0")
        for entry in record.entries { record.set(.resumed(at: now), for: entry.selector) }
        #expect(pings().caughtUp(record, now: now) == record)
    }

    @Test("two names that turn out to be those of one team are mentioned once, about the entries of both")
    func oneTeam() {
        var record = RemovalPullFixture().record
        record.contacts = pings().contacts([[contact(.team, "sig-k")], [contact(.team, "k/leads")]], now: now)
        for index in record.contacts.indices { record.contacts[index].reach = .unknown }
        var named = pings()
        named.teamNames = ["team:sig-k": "k/leads", "team:k/leads": "k/leads"]
        #expect(lines(named.caughtUp(record, now: now).contacts) == ["k/leads pinged 0.1"])
        // Whoever was told of one entry before hears of the other when the week allows it.
        record.contacts[1].reach = .pinged(at: now)
        named.recentPings = ["team:k/leads": 1]
        #expect(lines(named.caughtUp(record, now: now).contacts) == ["k/leads waiting 0", "k/leads pinged 1"])
    }

    @Test("one comment mentions so many and no more")
    func crowd() {
        let many = (0..<40).map { contact(.login, "p\($0)") }
        var all = pings()
        for person in many { all.presence["login:\(person.value)"] = .reachable }
        let found = all.contacts(many.map { [$0] }, now: now)
        #expect(found.count { $0.pingedAt != nil } == RemovalPings.mentionsPerComment)
    }
}
