import Testing

@testable import BotCore

@Suite("The text of the registry's files")
struct TextRulesTests {
    private let path = "config/testgrids/acme/more.yaml"

    private func findings(of rule: any RegistryRule.Type, in text: String) -> [Finding] {
        RegistryTree.standard.with(path, text).findings(of: rule)
    }

    @Test("A file ends in a newline, or is empty")
    func lastNewline() {
        #expect(findings(of: TextEOF.self, in: "dashboards:\ntest_groups:").map(\.place?.line) == [2])
        #expect(findings(of: TextEOF.self, in: "dashboards:\r\n") == [])
        #expect(findings(of: TextEOF.self, in: "") == [])
    }

    @Test("Only the registry's own files are looked at")
    func ownFiles() {
        for path in [RegistryTree.jobs, "OWNERS", "config/prow/config.yaml"] {
            let tree = RegistryTree.standard.with(path, "a: 1  ")
            #expect(tree.findings(of: TextEOF.self) == [])
            #expect(tree.findings(of: TextTrailingSpace.self) == [])
        }
        for path in [RegistryTree.buckets, RegistryTree.defaults, self.path] {
            let tree = RegistryTree.standard.with(path, "a: 1  ")
            #expect(tree.findings(of: TextEOF.self).count == 1)
            #expect(tree.findings(of: TextTrailingSpace.self).count == 1)
        }
    }

    @Test("Spaces and tabs at the end go, the rest of the line stays")
    func trailingSpace() {
        let found = findings(of: TextTrailingSpace.self, in: "dashboards: # all \t \n- name: x\n \t\n# y \n")
        #expect(found.map(\.place?.line) == [1, 3, 4])
        #expect(found.map(\.place?.column) == [18, 1, 4])
        #expect(found.map { $0.fix?.replacement } == ["dashboards: # all", nil, "# y"])
    }

    @Test("A space at the end of a line of a block text is a part of it")
    func blockText() {
        let text = "dashboards:\n- name: abc\n  description: |\n    one \n    two\n  dashboard_tab: \n"
        #expect(findings(of: TextTrailingSpace.self, in: text).map(\.place?.line) == [6])
    }

    @Test("A carriage return before the newline is no space")
    func windowsLines() {
        #expect(findings(of: TextTrailingSpace.self, in: "dashboards:\r\ntest_groups: \r\n").map(\.place?.line) == [2])
    }

    @Test(
        "A quotation mark that nothing opens is taken away, the quotes of YAML are kept",
        arguments: [
            ("Acme (AWS)\" # x", "description: Acme (AWS) # x"), ("'Acme \"'", "description: 'Acme '"),
            ("'a \"b\" c\"'", "description: 'a \"b\" c'"), ("\"Acme \\\"\"", nil),
        ])
    func strayQuote(text: String, line: String?) {
        let found = findings(of: TextStrayQuote.self, in: "dashboard_groups:\n- name: sig-x\n  description: \(text)\n")
        #expect(found.map { $0.fix?.replacement } == [line.map { "  " + $0 }])
    }

    @Test("Marks in pairs are none too many", arguments: ["a \"b\"", "\"a\"", "'\"a\" and \"b\"'", "a\" b", "\"\""])
    func balancedQuotes(text: String) {
        #expect(
            findings(
                of: TextStrayQuote.self,
                in: "dashboards:\n- name: sig-x\n  description: '\(text.filter { $0 != "'" })'\n") == [])
    }
}
