import Testing

@testable import BotCore

@Suite("Rules that ask GitHub for the contact")
struct ContactRuleTests {
    private func rules(
        _ hasAccount: Observation<Bool>?, _ hasSpoken: Observation<Bool>?, entry: Selector = .bucket("gs://acme/logs/"),
        kind: Contact.Kind = .login, source: Contact.Source = .bucketsYAML
    ) -> [RuleID] {
        let contact = Contact(
            kind: kind, value: "casey", source: source, place: SourcePlace(path: "kettle/buckets.yaml", line: 3))
        let asked = AskedContact(entry: entry, contact: contact, hasAccount: hasAccount, hasSpoken: hasSpoken)
        return ContactRules.findings(on: asked).map(\.rule)
    }

    @Test("A name without an account is told, and not also that it said nothing")
    func unknownAccount() {
        #expect(rules(.seen(false), .seen(false)) == ["bucket-contact-unknown"])
        #expect(rules(.seen(true), .seen(true)) == [])
    }

    @Test("A contact who neither opened the pull request nor commented on it is a note")
    func silentContact() {
        #expect(rules(.seen(true), .seen(false)) == ["bucket-contact-not-author"])
        #expect(rules(nil, .seen(false)) == ["bucket-contact-not-author"])
    }

    @Test("What GitHub did not answer is held against nobody")
    func unanswered() {
        #expect(rules(.unknown(reason: "HTTP 502"), .unknown(reason: "HTTP 502")) == [])
        #expect(rules(nil, nil) == [])
    }

    @Test("Only the contact of an entry of buckets.yaml is judged")
    func otherContacts() {
        #expect(rules(.seen(false), .seen(false), entry: .testGroup("ci-acme"), source: .owners) == [])
        #expect(rules(.seen(false), .seen(false), kind: .email) == [])
    }

    @Test("The findings stand on the contact's line and have words for all they say")
    func words() throws {
        let contact = Contact(
            kind: .login, value: "casey", source: .bucketsYAML, place: SourcePlace(path: "kettle/buckets.yaml", line: 3)
        )
        let asked = AskedContact(
            entry: .bucket("gs://acme/logs/"), contact: contact, hasAccount: .seen(false), hasSpoken: .seen(false))
        let texts = try RuleTexts()
        for rule in ContactRules.all {
            let finding = try #require(rule.findings(on: asked).first)
            #expect(finding.place?.line == 3)
            #expect(texts.argumentNames(of: finding.rule).isSubset(of: finding.arguments.keys))
            #expect(texts.words(for: finding) { $0 }.what.contains("casey"))
        }
    }
}
