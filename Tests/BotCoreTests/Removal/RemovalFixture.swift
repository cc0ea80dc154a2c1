import TestSupport
import Testing

@testable import BotCore

/// A small registry of files by path, from which something is removed.
struct RemovalFixture: Sendable {
    static let acme = "config/testgrids/acme/acme.yaml"
    static let buckets = "kettle/buckets.yaml"
    static let jobs = "config/jobs/acme/acme.yaml"

    /// A second file that keeps dashboards, groups and dashboard groups in the registry whatever goes.
    static let others = [
        "config/testgrids/default.yaml": "default_test_group:\n  days_of_results: 15\n",
        "config/testgrids/OWNERS": "approvers:\n- carol\n",
    ]

    var files: [String: String]
    var surroundings = RemovalSurroundings()

    /// A fixture of one file of TestGrid's.
    init(_ text: String, _ more: [String: String] = [:]) {
        files = Self.others.merging(more, uniquingKeysWith: { $1 })
        files[Self.acme] = text
    }

    /// A fixture of other files alone.
    init(files: [String: String]) { self.files = files }

    var policy: Policy {
        var policy = Policy()
        policy.generated = ["config/testgrids/acme/generated-*.yaml"]
        return policy
    }

    var registry: Registry {
        let sorter = RegistryFileSorter(paths: policy.paths)
        let read = files.compactMap { path, text in
            sorter.kind(of: path).map { RegistryFile(path: path, kind: $0, bytes: Array(text.utf8)) }
        }
        return Registry(files: read, policy: policy)
    }

    /// Plans to remove what selectors name.
    func plan(_ selectors: [String]) throws -> RemovalPlan {
        try RemovalPlanner(registry: registry, policy: policy, surroundings: surroundings)
            .plan(selectors.map { try Selector($0) })
    }

    /// Expects what is left of some files when selectors are removed, and that it all can be put back.
    ///
    /// - Parameters:
    ///   - selectors: What goes.
    ///   - expected: The texts that are left; nil for a file that is gone.
    ///   - location: Where the test stands.
    /// - Throws: Why a selector names nothing.
    func expect(
        removing selectors: String..., leaves expected: [String: String?],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let plan = try plan(selectors)
        #expect(plan.refusals.map(\.words) == [], sourceLocation: location)
        #expect(Set(plan.edits.map(\.path)) == Set(expected.keys), sourceLocation: location)
        for edit in plan.edits {
            let new = edit.new.map { String(decoding: $0, as: UTF8.self) }
            #expect(new == expected[edit.path] ?? nil, "\(edit.path)", sourceLocation: location)
            #expect(edit.inserted == [], sourceLocation: location)
        }
        let left = plan.registry(policy: policy)
        let restored = RestorePlanner(registry: left, policy: policy).plan(plan.asRemoval)
        #expect(restored.conflicts == [], sourceLocation: location)
        #expect(restored.files.contents == registry.files.contents, sourceLocation: location)
    }

    /// Expects the reason for which a selector is refused, and that nothing is edited.
    func expect(
        refusing selector: String, as suspension: Suspension, at place: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let plan = try plan([selector])
        #expect(plan.edits == [], sourceLocation: location)
        #expect(plan.selectors == [], sourceLocation: location)
        let refusal = try #require(plan.refusals.first, sourceLocation: location)
        #expect(refusal.suspension == suspension, "\(refusal.words)", sourceLocation: location)
        #expect("\(refusal.place.path):\(refusal.place.line)" == place, sourceLocation: location)
    }

    /// A dashboard `conformance-all` with a tab for each of some groups.
    static func dashboard(_ groups: String...) -> String {
        "dashboards:\n- name: conformance-all\n  dashboard_tab:\n"
            + groups.map { tab(of: $0) }.joined()
    }

    /// One tab of a dashboard, which shows a group of its name.
    static func tab(of group: String) -> String { "  - name: \(group)\n    test_group_name: \(group)\n" }

    /// Test groups, one after the other.
    static func groups(_ names: String...) -> String {
        names.map { "- name: \($0)\n  gcs_prefix: acme/logs/\($0)\n" }.joined()
    }
}
