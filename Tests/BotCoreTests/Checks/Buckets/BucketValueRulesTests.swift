import Testing

@testable import BotCore

@Suite("Values in buckets.yaml")
struct BucketValueRulesTests {
    private func entry(_ lines: String...) -> String {
        "gs://acme/logs/:\n" + lines.map { "  \($0)\n" }.joined()
    }

    private func rules(_ text: String) -> [RuleID] {
        BucketRules.all.flatMap { findings(of: $0, in: text) }.map(\.rule)
    }

    // MARK: - prefix

    @Test(
        "A prefix ends in one colon",
        arguments: [
            ("\"acme\"", "\"acme:\""), ("'acme'", "'acme:'"), ("acme", "\"acme:\""), ("\"acme::\"", "\"acme:\""),
            ("\"acme: \"", "\"acme:\""), ("12", "\"12:\""), ("\"cri-o\"", "\"cri-o:\""),
        ])
    func colon(value: String, expected: String) throws {
        let text = entry("contact: hubot", "prefix: \(value) # ours")
        #expect(rules(text) == [BucketPrefixColon.id])
        let finding = try #require(findings(of: BucketPrefixColon.self, in: text).first)
        #expect(try mended(finding, in: text) == entry("contact: hubot", "prefix: \(expected) # ours"))
    }

    @Test("Only Kubernetes' own entry may have an empty prefix")
    func emptyPrefix() {
        #expect(rules(entry("contact: hubot", "prefix: \"\"")) == [BucketPrefixEmpty.id])
        for root in ["gs://kubernetes-ci-logs/logs/", "gs://kubernetes-jenkins/logs/"] {
            #expect(rules("\(root):\n  contact: hubot\n  prefix: \"\"\n").isEmpty)
            #expect(rules("\(root):\n  contact: hubot\n") == [BucketPrefixMissing.id])
        }
        #expect(rules("gs://kubernetes-ci-logs/:\n  contact: hubot\n  prefix: \"\"\n") == [BucketPrefixEmpty.id])
    }

    @Test("A prefix that is nothing or no text is missing", arguments: ["", " ~", " [\"acme:\"]", " {a: b}"])
    func missingPrefix(value: String) {
        #expect(rules(entry("contact: hubot", "prefix:\(value)")) == [BucketPrefixMissing.id])
    }

    @Test("A third entry with the same prefix is said to repeat the first")
    func repeatedPrefix() {
        let text = ["a-a", "b-b", "c-c"].map { BucketFixtures.entry("gs://\($0)/", prefix: "x:") }.joined()
        let found = findings(of: BucketPrefixDuplicate.self, in: text)
        #expect(found.map(\.arguments["key"]) == ["gs://b-b/", "gs://c-c/"])
        #expect(found.allSatisfy { $0.arguments["other"] == "gs://a-a/" && $0.arguments["otherLine"] == "1" })
        #expect(found.map(\.arguments["suggestion"]) == ["b-b:", "c-c:"])
        let empty = ["a-a", "b-b"].map { BucketFixtures.entry("gs://\($0)/", prefix: "") }.joined()
        #expect(rules(empty) == [BucketPrefixEmpty.id, BucketPrefixEmpty.id], "two empty ones are empty, not repeated")
    }

    @Test(
        "A prefix has the form of all others",
        arguments: [
            ("Acme:", "acme:"), ("acme_e2e:", "acme-e2e:"), ("acme e2e:", "acme-e2e:"), ("-acme:", "acme:"),
            ("acme.io:", "acme-io:"), ("pr:", nil), (":", nil), ("\u{2603}:", nil), ("Taken:", nil), ("PR:", nil),
        ])
    func charset(prefix: String, expected: String?) throws {
        let text =
            entry("contact: hubot", "prefix: \"\(prefix)\"") + BucketFixtures.entry("gs://bolt/", prefix: "taken:")
        #expect(rules(text) == [BucketPrefixCharset.id])
        let finding = try #require(findings(of: BucketPrefixCharset.self, in: text).first)
        #expect((finding.fix == nil) == (expected == nil))
        guard let expected else { return }
        #expect(try mended(finding, in: text).contains("prefix: \"\(expected)\"\n"))
    }

    // MARK: - contact

    @Test(
        "Logins are contacts",
        arguments: ["bentheelder", "octo-cat", "A1", "\"12\"", "12", "VeryLongButStillAllowed0123456789012345"])
    func logins(contact: String) { #expect(rules(entry("contact: \(contact)", "prefix: \"a:\"")).isEmpty) }

    @Test("No contact is an error", arguments: ["", " ~", " \"\"", " \"  \""])
    func noContact(value: String) {
        #expect(rules(entry("contact:\(value)", "prefix: \"a:\"")) == [BucketContactMissing.id])
    }

    @Test(
        "Other contacts are warned of, and corrected where they name one login",
        arguments: [
            ("\"@octocat\"", "\"octocat\""), ("'@octocat'", "'octocat'"), ("\" octocat\"", "\"octocat\""),
            ("https://github.com/octocat", "octocat"), ("github.com/octocat/", "octocat"),
            ("\"@kubernetes/acme\"", nil), ("kubernetes/acme", nil), ("e2e@acme.example", nil), ("\"a, b\"", nil),
            ("a b", nil), ("octocat-", nil), ("octo--cat", nil), ("-octocat", nil), ("[octocat, hubot]", nil),
            ("{github: octocat}", nil), ("\"0123456789012345678901234567890123456789\"", nil), ("octo_cat", nil),
        ])
    func contactForms(value: String, expected: String?) throws {
        let text = entry("contact: \(value)", "prefix: \"a:\"")
        #expect(rules(text) == [BucketContactForm.id])
        let finding = try #require(findings(of: BucketContactForm.self, in: text).first)
        guard let expected else {
            #expect(finding.fix == nil)
            return
        }
        #expect(try mended(finding, in: text) == entry("contact: \(expected)", "prefix: \"a:\""))
    }

    @Test("An @ before a login is only a note")
    func atSign() {
        let found = findings(of: BucketContactForm.self, in: entry("contact: \"@octocat\"", "prefix: \"a:\""))
        #expect(found.map(\.severity) == [.note])
    }

    // MARK: - sequential

    @Test("Every boolean of YAML is one", arguments: ["true", "false", "yes", "no", "On", "OFF"])
    func booleans(value: String) {
        #expect(rules(entry("contact: hubot", "prefix: \"a:\"", "sequential: \(value)")).isEmpty)
    }

    @Test(
        "What is no boolean is an error, and corrected where its meaning is plain",
        arguments: [
            ("\"false\"", "false"), ("'True'", "true"), ("0", "false"), ("1", "true"), ("n", "false"),
            ("", nil), ("maybe", nil), ("2", nil), ("[]", nil),
        ])
    func sequential(value: String, expected: String?) throws {
        let text = entry("contact: hubot", "prefix: \"a:\"", "sequential: \(value)")
        #expect(rules(text) == [BucketSequentialType.id])
        let finding = try #require(findings(of: BucketSequentialType.self, in: text).first)
        #expect((finding.fix == nil) == (expected == nil))
        guard let expected else { return }
        #expect(try mended(finding, in: text) == entry("contact: hubot", "prefix: \"a:\"", "sequential: \(expected)"))
    }

    // MARK: - unknown keys

    @Test(
        "An unknown key is warned of, and corrected where it is nearly a known one",
        arguments: [
            ("sequental", "sequential"), ("Sequential", "sequential"), ("exclude-jobs", "exclude_jobs"),
            ("exclude_job", "exclude_jobs"), ("url", nil), ("owner", nil), ("contacts", nil),
        ])
    func unknownKey(name: String, expected: String?) throws {
        let text = entry("contact: hubot", "prefix: \"a:\"", "\(name): x")
        #expect(rules(text) == [BucketUnknownKey.id])
        let finding = try #require(findings(of: BucketUnknownKey.self, in: text).first)
        #expect((finding.fix == nil) == (expected == nil), "a key that is there is not proposed again")
        guard let expected else { return }
        #expect(try mended(finding, in: text) == entry("contact: hubot", "prefix: \"a:\"", "\(expected): x"))
    }

    @Test("Kettle reads keys in small letters only")
    func keysInOtherCase() {
        #expect(
            rules(entry("Contact: hubot", "prefix: \"a:\"")).sorted() == [BucketContactMissing.id, BucketUnknownKey.id])
    }
}
