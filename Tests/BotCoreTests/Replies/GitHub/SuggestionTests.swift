import TestSupport
import Testing

@testable import BotCore

@Suite("What is suggested")
struct SuggestionPlanTests {
    private static let path = "config/testgrids/acme/acme.yaml"

    private func plan(
        _ text: String, hunk: String = "@@ -1 +1,500 @@", author: String? = "casey", policy: Policy = Policy()
    ) -> SuggestionPlan {
        SuggestionPlan(
            registry: Registry(
                files: [RegistryFile(path: Self.path, kind: .testgrid, bytes: Array(text.utf8))], policy: policy),
            patches: [Self.path: hunk], author: author, policy: policy)
    }

    private func finding(_ fix: Fix?, severity: Severity = .error, line: Int = 1) -> Finding {
        Finding(
            rule: "text-trailing-space", severity: severity, place: SourcePlace(path: Self.path, line: line), fix: fix)
    }

    private func fix(_ lines: ClosedRange<Int>, _ text: String) -> Fix {
        Fix(startLine: lines.lowerBound, endLine: lines.upperBound, replacement: text)
    }

    @Test("what the page shows, and nothing else")
    func shown() {
        let plan = plan("a: 1\nb: 2\nc: 3\n", hunk: "@@ -1 +2,2 @@")
        let all = [finding(fix(1...1, "a: 2")), finding(fix(2...3, "b: 3")), finding(fix(3...4, "c")), finding(nil)]
        #expect(plan.suggestions(for: all).map(\.lines) == [2...3])
        #expect(self.plan("a: 1\n", hunk: "").suggestions(for: all).isEmpty)
    }

    @Test("the worse of two on the same lines")
    func overlap() {
        let found = plan("a: 1\nb: 2\n").suggestions(for: [
            finding(fix(1...1, "note"), severity: .note), finding(fix(1...2, "error")),
            finding(fix(2...2, "warning"), severity: .warning),
        ])
        #expect(found.map(\.replacement) == ["error"])
    }

    @Test("nothing that GitHub would write in another way, nor in a file that a generator writes")
    func refused() {
        let crlf = plan("a: 1\r\nb: 2\n").suggestions(for: [finding(fix(1...1, "a: 2"))])
        #expect(crlf.isEmpty)
        let control = plan("a: 1\n").suggestions(for: [finding(fix(1...1, "a: \u{1}"))])
        #expect(control.isEmpty)
        let long = plan("a: 1\n").suggestions(for: [finding(fix(1...1, String(repeating: "x", count: 10_001)))])
        #expect(long.isEmpty)
        var policy = Policy()
        policy.generated = ["config/testgrids/acme/*"]
        #expect(plan("a: 1\n", policy: policy).suggestions(for: [finding(fix(1...1, "a: 2"))]).isEmpty)
    }

    @Test("the same by the same key, wherever it stands")
    func key() throws {
        let one = try #require(plan("a: 1\n").suggestions(for: [finding(fix(1...1, "a: 2"))]).first)
        let below = try #require(plan("\na: 1\n").suggestions(for: [finding(fix(2...2, "a: 2"))]).first)
        let other = try #require(plan("a: 3\n").suggestions(for: [finding(fix(1...1, "a: 2"))]).first)
        #expect(one.key == below.key)
        #expect(one.key != other.key)
    }

    // MARK: - The contact

    private static func grid(_ groups: Int) -> String {
        let names = (1...groups).map { "acme-\($0)" }
        return "test_groups:\n"
            + names.map { "- name: \($0)\n  gcs_prefix: acme-results/logs/\($0)\n" }.joined()
            + "dashboards:\n- name: conformance-acme\n  dashboard_tab:\n"
            + names.map { "  - name: \($0)\n    test_group_name: \($0)\n" }.joined()
    }

    private func findings(in text: String) -> [Finding] {
        let registry = Registry(
            files: [RegistryFile(path: Self.path, kind: .testgrid, bytes: Array(text.utf8))], policy: Policy())
        return RegistryCheck.findings(in: registry, policy: Policy()).filter { $0.rule == TestGridContactMissing.id }
    }

    private func applied(_ suggestion: Suggestion, to text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.replaceSubrange(
            suggestion.lines.lowerBound - 1..<suggestion.lines.upperBound, with: [suggestion.replacement])
        return lines.joined(separator: "\n")
    }

    @Test(
        "the author as the contact in the description of the tab, in whatever way that is written",
        arguments: [
            ("", "    description: \"Contact: @casey\""),
            ("    description: Runs it\n", "    description: Runs it (contact @casey)"),
            ("    description: Runs it # daily\n", "    description: Runs it (contact @casey) # daily"),
            ("    description: 'Runs: it''s' \n", "    description: 'Runs: it''s (contact: @casey)' "),
            ("    description: \"Läuft 🚀\"\n", "    description: \"Läuft 🚀 (contact: @casey)\""),
        ])
    func description(line: String, expected: String) throws {
        let text = Self.grid(1).replacing("    test_group_name: acme-1\n", with: "    test_group_name: acme-1\n\(line)")
        let suggestion = try #require(plan(text).suggestions(for: findings(in: text)).first)
        #expect(suggestion.contact == "casey")
        #expect(suggestion.replacement.split(separator: "\n").last.map(String.init) == expected)
        #expect(findings(in: applied(suggestion, to: text)).isEmpty)
    }

    @Test(
        "the author as the contact in a comment above the group where no description can be written, or shown",
        arguments: [
            (
                "    description: |\n      Runs\n      it\n", "@@ -1 +1,500 @@"
            ), ("    description: Runs\n      it\n", "@@ -1 +1,500 @@"), ("    description: \"\"\n", "@@ -1 +1,500 @@"),
            ("", "@@ -1 +1,4 @@"),
        ])
    func commentAboveGroup(line: String, hunk: String) throws {
        let text = Self.grid(1).replacing("    test_group_name: acme-1\n", with: "    test_group_name: acme-1\n\(line)")
        let suggestion = try #require(plan(text, hunk: hunk).suggestions(for: findings(in: text)).first)
        #expect(suggestion.lines == 2...2)
        #expect(suggestion.replacement == "# conformance-acme (contact: @casey)\n- name: acme-1")
        #expect(findings(in: applied(suggestion, to: text)).isEmpty)
    }

    @Test("the author as the contact above the dashboard that shows several groups")
    func commentAboveDashboard() throws {
        let text = Self.grid(3)
        let suggestion = try #require(plan(text).suggestions(for: findings(in: text)).first)
        #expect(suggestion.lines.lowerBound == 9)
        #expect(suggestion.replacement.contains("# conformance-acme (contact: @casey)\n"))
        #expect(findings(in: applied(suggestion, to: text)).isEmpty)
    }

    @Test("a contact once, wherever it could be written by then")
    func contactKey() throws {
        let text = Self.grid(1)
        let keys = ["@@ -1 +1,4 @@", "@@ -1 +1,500 @@"].compactMap { hunk in
            plan(text, hunk: hunk).suggestions(for: findings(in: text)).first?.key
        }
        #expect(keys.count == 2 && Set(keys).count == 1)
        #expect(plan(text, author: "robin").suggestions(for: findings(in: text)).first?.key != keys.first)
    }

    @Test("no contact where the author is nobody who answers", arguments: [nil, "some-app[bot]", "a b", ""])
    func nobody(author: String?) {
        let text = Self.grid(1)
        #expect(plan(text, author: author).suggestions(for: findings(in: text)).isEmpty)
    }

    // MARK: - Words

    @Test("in a fence that no line of it ends, its bytes as they are")
    func fence() throws {
        let text = "a: '````'\n"
        let suggestion = try #require(plan(text).suggestions(for: [finding(fix(1...1, "a: '`````' # <b>@x"))]).first)
        let texts = SuggestionText(templates: try Templates(), texts: try RuleTexts())
        let head = try #require(ObjectSHA(String(repeating: "a", count: 40)))
        let comment = texts.comment(suggestion, head: head)
        #expect(comment.hasSuffix("\n``````suggestion\na: '`````' # <b>@x\n``````\n"))
        #expect(Marker(startOf: comment)?.fields["key"] == suggestion.key)
        let deletion = try #require(plan(text).suggestions(for: [finding(fix(1...1, ""))]).first)
        #expect(texts.comment(deletion, head: head).hasSuffix("\n```suggestion\n```\n"))
    }

    @Test("above them stands how many there are")
    func review() throws {
        let texts = SuggestionText(templates: try Templates(), texts: try RuleTexts())
        let all = [(1, 0), (3, 0), (20, 1), (20, 7)].map { texts.review(count: $0, omittedCount: $1) }
        try expectSnapshot(of: all.joined(separator: "\n---\n"), named: "review.md")
    }
}
