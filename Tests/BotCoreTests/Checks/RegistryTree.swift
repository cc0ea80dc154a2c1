import BotCore

/// The files of a small registry, as text by path.
struct RegistryTree: Sendable {
    private var files: [String: String]

    /// A registry that breaks no rule: one test group of Acme's, one tab, one dashboard in a dashboard group.
    static let standard = RegistryTree(files: [
        buckets: """
        gs://kubernetes-ci-logs/logs/:
          contact: "carol"
          prefix: ""
          sequential: false
        gs://k8s-conformance-acme/logs/:
          contact: "alice"
          prefix: "acme:"
          sequential: false

        """,
        defaults: """
        default_test_group:
          days_of_results: 15
          num_columns_recent: 10
        default_dashboard_tab:
          open_test_template:
            url: https://prow.k8s.io/view/gs/<gcs_prefix>/<changelist>
          results_url_template:
            url: https://prow.k8s.io/job-history/<gcs_prefix>

        """,
        "config/testgrids/OWNERS": "approvers:\n- carol\n",
        "config/testgrids/acme/OWNERS": "approvers:\n- alice\n",
        acme: """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            description: Runs end-to-end tests on Acme clusters
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>
        dashboard_groups:
        - name: conformance
          dashboard_names:
          - conformance-acme

        """,
    ])

    static let buckets = "kettle/buckets.yaml"
    static let defaults = "config/testgrids/default.yaml"
    static let acme = "config/testgrids/acme/acme.yaml"
    static let jobs = "config/jobs/acme/acme.yaml"

    /// The tree with one more file, or another text of a file.
    func with(_ path: String, _ text: String) -> RegistryTree {
        var tree = self
        tree.files[path] = text
        return tree
    }

    /// The tree without a file.
    func without(_ path: String) -> RegistryTree {
        var tree = self
        tree.files[path] = nil
        return tree
    }

    /// The tree with a text of `acme.yaml` replaced wherever it stands; a text that is not there would test nothing.
    func replacing(_ old: String, _ new: String, in path: String = acme) -> RegistryTree {
        let text = files[path] ?? ""
        precondition(text.contains(old), "\(path) has no \(old)")
        return with(path, text.replacing(old, with: new))
    }

    /// The tree with one more test group of Kubernetes' own, a tab for it, and lines of each.
    ///
    /// - Parameters:
    ///   - group: More lines of the group, indented by two.
    ///   - tab: More lines of the tab, indented by four.
    /// - Returns: The larger tree.
    func addingNightly(group: String = "", tab: String = "") -> RegistryTree {
        replacing(
            "dashboards:\n- name: conformance-acme\n  dashboard_tab:\n",
            """
            - name: ci-acme-nightly
              gcs_prefix: kubernetes-ci-logs/logs/ci-acme-nightly
            \(group)dashboards:
            - name: conformance-acme
              dashboard_tab:
              - name: nightly
                test_group_name: ci-acme-nightly
            \(tab)
            """)
    }

    /// A policy under which dashboards may start with `conformance` and `sig`.
    static let policy: Policy = {
        var policy = Policy()
        policy.dashboardPrefixes = ["conformance", "sig"]
        policy.generated = ["config/testgrids/acme/generated-*.yaml"]
        return policy
    }()

    /// The registry that the files make.
    var registry: Registry {
        let sorter = RegistryFileSorter(paths: Self.policy.paths)
        let read = files.compactMap { path, text in
            sorter.kind(of: path).map { RegistryFile(path: path, kind: $0, bytes: Array(text.utf8)) }
        }
        return Registry(files: read, policy: Self.policy)
    }

    /// What a rule finds here, after a change of another tree where one is given.
    func findings(of rule: any RegistryRule.Type, since base: RegistryTree? = nil) -> [Finding] {
        let registry = registry
        let change = base.map { RegistryChange(from: $0.registry, to: registry) }
        return rule.findings(in: RegistryContext(registry: registry, policy: Self.policy, change: change))
    }

    /// A text with a finding's correction made.
    func mended(by fix: Fix, in path: String = acme) -> String {
        var lines = (files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let new = fix.replacement.isEmpty ? [] : fix.replacement.split(separator: "\n").map(String.init)
        lines.replaceSubrange(fix.startLine - 1..<fix.endLine, with: new)
        return lines.joined(separator: "\n")
    }
}
