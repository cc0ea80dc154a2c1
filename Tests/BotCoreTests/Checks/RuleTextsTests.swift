import Testing

@testable import BotCore

@Suite("Words of rules")
struct RuleTextsTests {
    private let finding = Finding(
        rule: "bucket-prefix-colon", severity: .error, place: nil,
        arguments: ["prefix": "<b>&{{key}}", "key": "gs://acme/", "suggestion": "acme:"])

    @Test("Every rule of buckets.yaml has words")
    func everyRuleHasWords() throws {
        let texts = try RuleTexts()
        #expect(texts.rules.isSuperset(of: BucketRules.all.map { $0.id }))
        #expect(texts.words(of: "bucket-prefix-colon") { "<\($0)>" }?.fix.hasSuffix("prefix: \"<suggestion>\"") == true)
        #expect(texts.words(of: "no-such-rule") { $0 } == nil)
    }

    @Test("Arguments come as they are, and only they are escaped")
    func escapesArguments() throws {
        let overrides = ["rules/bucket-prefix-colon": "what: \"{{prefix}}\" & <b>\nwhy: {{key}}\nfix: none"]
        let texts = try RuleTexts(overrides: overrides)
        let plain = texts.words(for: finding) { $0 }
        #expect(plain == RuleWords(what: "\"<b>&{{key}}\" & <b>", why: "gs://acme/", fix: "none"))
        #expect(texts.words(for: finding) { _ in "*" }.what == "\"*\" & <b>")
    }

    @Test("Lines below a label belong to its paragraph, with their indentation")
    func paragraphs() throws {
        let text = "\nwhat: a\nb\n\nwhy:\nc\nfix: Add:\n  what: {{key}}\n  why: 1\n\n"
        let words = try RuleTexts(overrides: ["rules/bucket-prefix-colon": text]).words(for: finding) { $0 }
        #expect(words == RuleWords(what: "a\nb", why: "c", fix: "Add:\n  what: gs://acme/\n  why: 1"))
    }

    @Test("An argument that a finding lacks leaves a gap and is found by its name")
    func missingArgument() throws {
        let texts = try RuleTexts(
            overrides: ["rules/bucket-prefix-colon": "what: {{keys}}.\nwhy: w\nfix: {{suggestion}} {{key}}"])
        #expect(texts.words(for: finding) { $0 }.what == ".")
        #expect(texts.argumentNames(of: finding.rule) == ["keys", "suggestion", "key"])
        #expect(texts.words(for: Finding(rule: "no-such", severity: .note, place: nil)) { $0 }.what.isEmpty)
    }

    @Test(
        "A template of another shape is refused by name",
        arguments: [
            ("what: a\nfix: b", "why"), ("why: a\nwhat: b\nfix: c", "what"), ("what: a\nwhy: b", "fix"), ("", "what"),
            ("what: a\nwhy:\nfix: c", "why"), ("Hello\nwhat: a\nwhy: b\nfix: c", "what"),
        ])
    func refusesShapes(text: String, label: String) {
        let name = "rules/bucket-prefix-colon"
        #expect(throws: RuleTexts.Problem.missingParagraph(name: name, label: label)) {
            try RuleTexts(overrides: [name: text])
        }
    }

    @Test(
        "Every tag but the name of an argument is refused",
        arguments: [
            "{{#a}}", "{{&a}}", "{{{a}}}", "{{> a}}", "{{a b}}", "{{}}", "{{a", "{{% CONTENT_TYPE:HTML}}",
            "{{=<% %>=}}", "{{.}}",
        ])
    func refusesTags(tag: String) {
        #expect(throws: RuleTexts.Problem.self) {
            try RuleTexts(overrides: ["rules/bucket-prefix-colon": "what: \(tag)\nwhy: b\nfix: c"])
        }
    }

    @Test("An override of a rule that there is not is refused; one of another folder is left to others")
    func refusesNames() throws {
        #expect(throws: RuleTexts.Problem.unknownName("rules/bucket-prefix-colons")) {
            try RuleTexts(overrides: ["rules/bucket-prefix-colons": "what: a\nwhy: b\nfix: c"])
        }
        _ = try RuleTexts(overrides: ["check/text": "anything"])
    }
}
