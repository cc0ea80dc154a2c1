import BotCore
import Testing

@Suite("Every rule that reads files, on a fixture of its own")
struct RegistryRuleTests {
    /// The rules whose fixtures are here; those of `buckets.yaml` have theirs beside them, and run along.
    static let rules: [any RegistryRule.Type] = TestGridRules.all + RemovalRules.all + TextRules.all

    private func findings(in tree: RegistryTree, since base: RegistryTree?) -> [Finding] {
        (BucketRules.all + Self.rules).flatMap { tree.findings(of: $0, since: base) }
    }

    @Test("Fires once, and only with what it implies", arguments: RegistryRuleFixture.all)
    func fires(fixture: RegistryRuleFixture) throws {
        let rule = try #require(Self.rules.first { $0.id == fixture.rule })
        let found = findings(in: fixture.broken, since: fixture.base)
        #expect(found.count { $0.rule == fixture.rule } == 1)
        let unexpected = found.filter { $0.rule != fixture.rule && !rule.implies.contains($0.rule) }
        #expect(unexpected.map { "\($0.rule) \($0.arguments)" } == [])
        #expect(found.first { $0.rule == fixture.rule }?.severity ?? .note <= rule.severity)
    }

    @Test("Finds nothing on the clean twin", arguments: RegistryRuleFixture.all)
    func isQuiet(fixture: RegistryRuleFixture) {
        let found = findings(in: fixture.clean, since: fixture.base)
        #expect(found.map { "\($0.rule) \($0.arguments)" } == [])
    }

    @Test("Has an argument for every place in its words", arguments: RegistryRuleFixture.all)
    func words(fixture: RegistryRuleFixture) throws {
        let texts = try RuleTexts()
        #expect(texts.rules.contains(fixture.rule))
        let names = texts.argumentNames(of: fixture.rule)
        for finding in findings(in: fixture.broken, since: fixture.base) where finding.rule == fixture.rule {
            #expect(names.filter { finding.arguments[$0] == nil } == [])
        }
    }

    @Test("Each rule has one fixture, and each its own name")
    func completeness() {
        let rules = Self.rules.map { rule in rule.id }.sorted()
        #expect(RegistryRuleFixture.all.map { $0.rule }.sorted() == rules)
        #expect(Set(rules).count == rules.count)
    }
}
