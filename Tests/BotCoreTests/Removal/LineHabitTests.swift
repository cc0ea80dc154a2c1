import Testing

@testable import BotCore

@Suite("Lines that go with an entry")
struct LineHabitTests {
    /// Removes `test-group:b` from lists of groups with tabs for a, b, c and d in another file.
    private func check(
        _ groups: String, leaves expected: String, removing selector: String = "test-group:b",
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let other = "config/testgrids/other/other.yaml"
        let fixture = RemovalFixture("test_groups:\n" + groups, [other: tabs("a", "b", "c", "d")])
        let gone = String(selector.dropFirst("test-group:".count))
        let left = tabs("a", "b", "c", "d").replacing("  - name: tab-\(gone)\n    test_group_name: \(gone)\n", with: "")
        try fixture.expect(
            removing: selector, leaves: [RemovalFixture.acme: "test_groups:\n" + expected, other: left], location)
    }

    private func tabs(_ names: String...) -> String {
        "dashboards:\n- name: conformance-all\n  dashboard_tab:\n"
            + names.map { "  - name: tab-\($0)\n    test_group_name: \($0)\n" }.joined()
    }

    private let a = "- name: a\n  gcs_prefix: acme/a\n"
    private let b = "- name: b\n  gcs_prefix: acme/b\n"
    private let c = "- name: c\n  gcs_prefix: acme/c\n"
    private let d = "- name: d\n  gcs_prefix: acme/d\n"

    @Test("A comment above a run stays until the last of the run goes")
    func runs() throws {
        try check(a + "# Acme (contact: @alice)\n" + b + c + d, leaves: a + "# Acme (contact: @alice)\n" + c + d)
        try check(a + "# Acme\n" + c + b + d, leaves: a + "# Acme\n" + c + d)
        try check(a + "# Acme\n# and more of it\n" + b + "# Others\n" + c + d, leaves: a + "# Others\n" + c + d)
        try check(a + "# Acme\n" + b + "\n" + c + d, leaves: a + "\n" + c + d)
    }

    @Test(
        "Comments that mark a place stay",
        arguments: [
            "# Add New Testgroups Here\n", "# Move sig-release here\n", "#\n# Acme\n#\n", "# ---\n# Acme\n# ---\n",
            "# Start testgroups\n", "# END of acme\n", "# - name: switched-off\n", "# Title\n\n",
        ])
    func marks(comment: String) throws {
        try check(a + comment + b + "# Others\n" + c + d, leaves: a + comment + "# Others\n" + c + d)
    }

    @Test("Of a comment with a mark in it only the description goes")
    func mixedComments() throws {
        try check(
            a + "# Acme\n# Add new groups here\n# by hand\n" + b + "\n" + c + d,
            leaves: a + "# Add new groups here\n\n" + c + d)
    }

    @Test("A comment below the last item belongs to what follows")
    func commentsBelow() throws {
        try check(a + b + "# Others\n" + c + d, leaves: a + "# Others\n" + c + d)
        try check(
            a + c + d + b + "# Start others\nother_key: 1\n", leaves: a + c + d + "# Start others\nother_key: 1\n")
    }

    @Test("A comment that is indented like an item's keys goes with the item above it")
    func indentedComments() throws {
        try check(a + b + "  # days_of_results: 3\n" + c + d, leaves: a + c + d)
        try check(
            a + "  # days_of_results: 3\n" + b + c + d, leaves: a + "  # days_of_results: 3\n" + c + d)
    }

    @Test("Comments within an item and behind its values go with it")
    func inlineComments() throws {
        try check(
            a + "- name: b # theirs\n  # where\n\n  gcs_prefix: acme/b  # here\n" + c + d, leaves: a + c + d)
    }

    @Test("An order to this program goes with the entry below it, whatever the run does")
    func orders() throws {
        let order = "# bucketbot: keep until 2027-01-01 (moving)\n"
        try check(a + "# Acme\n" + order + b + c + d, leaves: a + "# Acme\n" + c + d)
        try check(a + order + b + "\n" + c + d, leaves: a + "\n" + c + d)
    }

    @Test("One of the blank lines around an item goes, and the larger gap stays")
    func blanksBetween() throws {
        try check(a + "\n" + b + "\n" + c + d, leaves: a + "\n" + c + d)
        try check(a + "\n\n" + b + "\n" + c + d, leaves: a + "\n\n" + c + d)
        try check(a + "\n" + b + "\n\n" + c + d, leaves: a + "\n\n" + c + d)
        try check(a + b + "\n" + c + d, leaves: a + "\n" + c + d)
        try check(a + "\n# Acme\n" + b + "# Others\n" + c + d, leaves: a + "\n# Others\n" + c + d)
    }

    @Test("The first item takes the blank line below it, the last the one above")
    func blanksAtTheEnds() throws {
        try check(b + "\n" + a + c + d, leaves: a + c + d)
        try check("\n" + b + "\n" + a + c + d, leaves: "\n" + a + c + d)
        try check(a + c + d + "\n" + b, leaves: a + c + d)
        try check(a + c + d + "\n" + b + "\n\n", leaves: a + c + d + "\n\n")
        try check(a + c + d + "\n# Acme\n" + b, leaves: a + c + d)
    }

    @Test("Lines with white space alone are blank, and stay as they are")
    func whiteSpace() throws {
        try check(a + "  \n" + b + "    \n" + c + d, leaves: a + "  \n" + c + d)
    }

    @Test("A file without a final newline has one where its last item went, and gets its last line back")
    func noFinalNewline() throws {
        try check(a + c + d + String(b.dropLast()), leaves: a + c + d)
        try check(a + b + c + String(d.dropLast()), leaves: a + c + String(d.dropLast()))
    }

    @Test("Lines that end in CR LF stay so")
    func carriageReturns() throws {
        let groups = a + "# Acme\n" + b + "\n" + c + d
        let left = (a + "\n" + c + d).replacing("\n", with: "\r\n")
        let fixture = RemovalFixture(
            ("test_groups:\n" + groups).replacing("\n", with: "\r\n"),
            ["config/testgrids/other.yaml": tabs("a", "c", "d")])
        try fixture.expect(
            removing: "test-group:b", leaves: [RemovalFixture.acme: "test_groups:\r\n" + left])
    }

    @Test("Items are found however they are indented and whatever key comes first")
    func shapes() throws {
        try check(
            "  - gcs_prefix: acme/a\n    name: a\n  - gcs_prefix: acme/b\n    name: b\n  - {name: c, gcs_prefix: acme/c}\n",
            leaves: "  - gcs_prefix: acme/a\n    name: a\n  - {name: c, gcs_prefix: acme/c}\n")
        try check("-\n  name: a\n- # here\n  name: b\n-   name: c\n", leaves: "-\n  name: a\n-   name: c\n")
        try check(
            "- name: a\n- {name: b, gcs_prefix: acme/b}\n- name: c\n", leaves: "- name: a\n- name: c\n")
        try check(a + "- name: \"b\"\n  gcs_prefix: >-\n    acme/b\n\n    # no comment\n" + c, leaves: a + c)
    }

    @Test("What goes first does not matter, whatever the gaps")
    func commutes() throws {
        let gaps = ["", "\n", "\n\n", "# One\n", "# One\n\n", "# Start one\n", "#\n# One\n#\n\n"]
        for first in gaps {
            for second in gaps {
                for third in gaps {
                    let text = "test_groups:\n" + first + a + second + b + third + c + second + d
                    let fixture = RemovalFixture(text, ["config/testgrids/other.yaml": tabs("a", "b", "c", "d")])
                    for (one, other) in [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")] {
                        _ = try RemovalCase.checkTwo(
                            [.testGroup(one)], [.testGroup(other)], in: fixture.registry, policy: fixture.policy)
                    }
                }
            }
        }
    }
}
