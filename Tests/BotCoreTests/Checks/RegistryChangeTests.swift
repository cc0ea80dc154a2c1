import TestSupport
import Testing

@testable import BotCore

@Suite("What a change touches")
struct RegistryChangeTests {
    private func edited(_ old: String, _ new: String) -> [ClosedRange<Int>] {
        LineSet.edited(from: SourceLines(Array(old.utf8)), to: SourceLines(Array(new.utf8))).ranges
    }

    @Test("Added and edited lines count, deleted ones leave no trace")
    func lines() {
        #expect(edited("a\nb\nc\n", "a\nb\nc\n") == [])
        #expect(edited("a\nc\n", "a\nb\nc\n") == [2...2])
        #expect(edited("a\nb\nc\n", "a\nc\n") == [])
        #expect(edited("a\nb\nc\nd\n", "a\nB\nc\nD\n") == [2...2, 4...4])
        #expect(edited("", "a\nb\n") == [1...2])
        #expect(edited("a\n", "") == [])
        #expect(edited("a\nb", "a\nb\n") == [2...2])
        #expect(edited("a\na\n", "a\na\na\n") == [3...3])
        #expect(edited("a\r\n", "a\n") == [1...1])
    }

    @Test("Where comparing would take too long every line between counts")
    func manyLines() {
        let old = (0..<2500).map { "a\($0)\n" }.joined()
        let new = (0..<2500).map { "b\($0)\n" }.joined()
        #expect(edited("x\n" + old + "y\n", "x\n" + new + "y\n") == [2...2501])
    }

    @Test("A set of lines meets those that it has")
    func intersects() {
        let lines = LineSet.edited(
            from: SourceLines(Array("a\nb\nc\nd\ne\n".utf8)), to: SourceLines(Array("a\nB\nc\nD\ne\n".utf8)))
        #expect(
            [1...1, 2...2, 3...3, 4...9, 5...5, 1...5].map(lines.intersects) == [false, true, false, true, false, true])
        #expect(!LineSet.edited(from: SourceLines([]), to: SourceLines([])).intersects(1...1))
    }

    @Test("Items are touched, added and their files deleted")
    func items() throws {
        let base = registry([
            "config/testgrids/a.yaml": "test_groups:\n- name: a\n- name: b\ndashboards:\n- name: c\n",
            "config/testgrids/gone.yaml": "test_groups:\n- name: d\n",
        ])
        let head = registry([
            "config/testgrids/a.yaml":
                "test_groups:\n- name: a\n- name: b\n  gcs_prefix: x/b\ndashboards:\n- name: c\n- name: e\n",
            "config/testgrids/new.yaml": "test_groups:\n- name: d\n- name: f\n",
        ])
        let change = RegistryChange(from: base, to: head)
        #expect(head.groups.map(change.touches) == [false, true, true, true])
        #expect(head.groups.map(change.adds) == [false, false, false, true])
        #expect(head.dashboards.map(change.adds) == [false, true])
        #expect(change.addedFiles == ["config/testgrids/new.yaml"])
        #expect(change.deletedFiles == ["config/testgrids/gone.yaml"])
    }

    @Test("A file counts as changed even where lines were only deleted")
    func changedFiles() {
        let base = registry([
            "config/testgrids/a.yaml": "test_groups:\n- name: a\n- name: b\n",
            "config/testgrids/left.yaml": "test_groups:\n- name: c\n",
        ])
        let head = registry([
            "config/testgrids/a.yaml": "test_groups:\n- name: a\n",
            "config/testgrids/left.yaml": "test_groups:\n- name: c\n",
            "config/testgrids/new.yaml": "test_groups:\n- name: d\n",
        ])
        let change = RegistryChange(from: base, to: head)
        #expect(change.changedFiles == ["config/testgrids/a.yaml", "config/testgrids/new.yaml"])
        #expect(change.editedLines.keys.sorted() == ["config/testgrids/new.yaml"])
    }

    @Test("Who knows what is wrong with the base is told the same, and nothing of files that were left alone")
    func knownBase() {
        // Each has a name, a key, an address, a prefix, a description and a blank that some rule dislikes.
        func faulty(_ name: String) -> String {
            """
            test_groups:
            - name: \(name)&
              gcs_prefix: gs://k8s-\(name)/logs/\(name)
              gcp_prefix: x\u{20}
              alert_mail_to_addresses: nobody
            dashboards:
            - name: sig-\(name)
              dashboard_tab:
              - name: e2e
                test_group_name: \(name)&
                description: Runs it"

            """
        }
        let base = RegistryTree.standard.with("config/testgrids/acme/left.yaml", faulty("left"))
        let head = base.with("config/testgrids/acme/new.yaml", faulty("new"))
        let change = RegistryChange(from: base.registry, to: head.registry)
        let policy = RegistryTree.policy
        let known = RegistryCheck.findings(in: base.registry, policy: policy)
        let unaided = RegistryCheck.findings(of: change, in: head.registry, policy: policy)
        let aided = RegistryCheck.findings(of: change, in: head.registry, policy: policy, baseFindings: known)
        #expect(aided == unaided)
        #expect(Set(aided.compactMap { $0.place?.path }) == ["config/testgrids/acme/new.yaml"])
        let rules = ["tg-name-charset", "tg-unknown-key", "tg-email-form", "tg-gcs-prefix-form", "text-stray-quote"]
        for rule in rules + ["text-trailing-space"] {
            #expect(known.count { $0.rule.name == rule } == 1, "\(rule) in the base")
            #expect(aided.count { $0.rule.name == rule } == 1, "\(rule) in the change")
        }
    }

    @Test("No fewer lines count as edited than have to, whatever was moved, doubled or rewritten")
    func fewestLines() {
        for seed: UInt64 in 0..<200 {
            var random = SplitMix64(seed: seed)
            func text() -> [String] {
                (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    String("abcdef".randomElement(using: &random) ?? "a")
                }
            }
            let (old, new) = (text(), text())
            let found = edited(old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
            let fewest = new.difference(from: old).insertions.count
            #expect(found.reduce(0) { $0 + $1.count } == fewest, "seed \(seed): \(old) to \(new): \(found)")
        }
    }
}
