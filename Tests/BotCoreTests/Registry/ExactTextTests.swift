import Testing

@testable import BotCore

/// `é` as one character and as `e` with an accent behind it: one to readers, two to whoever compares bytes.
@Suite("Names that look alike and are not the same bytes")
struct ExactTextTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    @Test("Texts and selectors are the same only byte for byte")
    func texts() {
        #expect(Self.composed == Self.decomposed)
        #expect(ExactText(Self.composed) != ExactText(Self.decomposed))
        #expect(ExactText(Self.composed) == ExactText("caf" + "\u{E9}"))
        #expect(Set([ExactText(Self.composed), ExactText(Self.decomposed)]).count == 2)
        for make in [Selector.bucket, Selector.testGroup, Selector.dashboard, Selector.dashboardGroup] {
            #expect(make(Self.composed) != make(Self.decomposed))
            #expect(Set([make(Self.composed), make(Self.decomposed), make(Self.composed)]).count == 2)
        }
        let tabs: [Selector] = [Self.composed, Self.decomposed].map { .tab(dashboard: $0, tab: "x") }
        #expect(tabs[0] != tabs[1])
        #expect(Selector.bucket("x") != .testGroup("x"))
    }

    @Test("Two test groups, two dashboards and two files stay two")
    func lookups() {
        let files = [Self.composed, Self.decomposed].map { name in
            (
                "config/testgrids/\(name).yaml",
                "test_groups:\n- name: \(name)\ndashboards:\n- name: \(name)\n"
                    + "  dashboard_tab:\n  - name: e2e\n    test_group_name: \(name)\n"
            )
        }
        let read = files.map { RegistryFile(path: $0.0, kind: .testgrid, bytes: Array($0.1.utf8)) }
        let registry = Registry(files: read, policy: Policy())
        #expect(registry.files.count == 2)
        #expect(registry.entries.count == 2)
        for (path, name) in zip(files.map(\.0), [Self.composed, Self.decomposed]) {
            #expect(registry.file(at: path)?.path.isExactly(path) == true)
            #expect(registry.group(named: name)?.path.isExactly(path) == true)
            #expect(registry.dashboard(named: name)?.path.isExactly(path) == true)
            #expect(registry.tabs(showing: name).map { ExactText($0.path) } == [ExactText(path)])
        }
    }

    @Test("A change of one file is not a change of the other")
    func change() {
        func tree(_ second: String) -> Registry {
            let texts = [(Self.composed, "test_groups:\n- name: a\n"), (Self.decomposed, second)]
            return Registry(
                files: texts.map {
                    RegistryFile(path: "config/testgrids/\($0.0).yaml", kind: .testgrid, bytes: Array($0.1.utf8))
                }, policy: Policy())
        }
        let change = RegistryChange(
            from: tree("test_groups:\n- name: b\n"), to: tree("test_groups:\n- name: b\n- name: c\n"))
        #expect(change.changedFiles == [ExactText("config/testgrids/\(Self.decomposed).yaml")])
        #expect(change.addedFiles == [] && change.deletedFiles == [])
    }

    @Test("Two such keys of a mapping are no repetition")
    func keys() {
        let source = YAMLSource(path: "x", bytes: Array("\(Self.composed): 1\n\(Self.decomposed): 2\n".utf8))
        #expect(source.issues.isEmpty)
    }
}
