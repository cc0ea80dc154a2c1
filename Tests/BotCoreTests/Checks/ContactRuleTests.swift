import Testing

@testable import BotCore

@Suite("Rules that ask GitHub for the contact")
struct ContactRuleTests {
    private func rules(
        _ standing: Observation<ContactStanding>?, _ hasSpoken: Observation<Bool>?,
        entry: Selector = .bucket("gs://acme/logs/"), kind: Contact.Kind = .login,
        source: Contact.Source = .bucketsYAML
    ) -> [RuleID] {
        let contact = Contact(
            kind: kind, value: "casey", source: source, place: SourcePlace(path: "kettle/buckets.yaml", line: 3))
        let asked = AskedContact(entry: entry, contact: contact, standing: standing, hasSpoken: hasSpoken)
        return ContactRules.findings(on: asked).map(\.rule)
    }

    @Test("A name without an account is told, and not also that it said nothing")
    func unknownAccount() {
        #expect(rules(.seen(.gone), .seen(false)) == ["bucket-contact-unknown"])
        #expect(rules(.seen(.present), .seen(true)) == [])
    }

    @Test("A contact who neither opened the pull request nor commented on it is a note")
    func silentContact() {
        #expect(rules(.seen(.present), .seen(false)) == ["bucket-contact-not-author"])
        #expect(rules(nil, .seen(false)) == ["bucket-contact-not-author"])
    }

    @Test("What GitHub did not answer is held against nobody")
    func unanswered() {
        #expect(rules(.unknown(reason: "HTTP 502"), .unknown(reason: "HTTP 502")) == [])
        #expect(rules(nil, nil) == [])
    }

    @Test("Who was renamed, is gone or has left is told of every contact; who has said nothing, of buckets alone")
    func otherContacts() {
        #expect(rules(.seen(.gone), nil, entry: .testGroup("ci-acme"), source: .comment) == ["contact-gone"])
        #expect(rules(.seen(.gone), nil, kind: .team) == ["contact-gone"])
        #expect(rules(.seen(.renamed(to: "kit")), .seen(false)) == ["contact-renamed"])
        #expect(rules(.seen(.departed), .seen(false)) == ["contact-departed"])
        #expect(rules(nil, .seen(false), entry: .testGroup("ci-acme")) == [])
    }

    @Test("That one of the owners of a file is gone is a note, and anybody else a warning; one name is told once")
    func severity() {
        func asked(_ source: Contact.Source, of entry: String) -> AskedContact {
            let place = SourcePlace(path: "OWNERS", line: 2)
            let contact = Contact(kind: .login, value: "casey", source: source, place: place)
            return AskedContact(entry: .testGroup(entry), contact: contact, standing: .seen(.gone))
        }
        let all = [asked(.owners, of: "a"), asked(.owners, of: "b"), asked(.comment, of: "a")]
        #expect(ContactRules.findings(on: all).map(\.severity) == [.note])
        #expect(ContactRules.findings(on: asked(.comment, of: "a")).map(\.severity) == [.warning])
    }

    @Test("The findings stand on the contact's line and have words for all they say")
    func words() throws {
        let contact = Contact(
            kind: .login, value: "casey", source: .bucketsYAML, place: SourcePlace(path: "kettle/buckets.yaml", line: 3)
        )
        let standings: [ContactStanding] = [.gone, .renamed(to: "casey-jones"), .departed, .present]
        let texts = try RuleTexts()
        let buckets = standings.map { standing in
            AskedContact(
                entry: .bucket("gs://acme/logs/"), contact: contact, standing: .seen(standing), hasSpoken: .seen(false))
        }
        let other = AskedContact(
            entry: .testGroup("ci-acme"),
            contact: Contact(kind: .login, value: "casey", source: .comment, place: contact.place),
            standing: .seen(.gone))
        let findings = (buckets + [other]).flatMap { ContactRules.findings(on: $0) }
        #expect(findings.map(\.rule).sorted() == ContactRules.all.map { $0.id }.sorted())
        for finding in findings {
            #expect(finding.place?.line == 3)
            #expect(texts.argumentNames(of: finding.rule).isSubset(of: finding.arguments.keys))
            #expect(texts.words(for: finding) { $0 }.what.contains("casey"))
        }
    }
}
