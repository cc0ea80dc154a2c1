/// What a test group or tab has where it says nothing itself.
///
/// The defaults of a group's own folder replace the global ones whole; they are neither merged nor handed down.
/// Source: `testgrid/config.md` in kubernetes/test-infra and `yamlcfg/yaml2proto.go` in testgrid.
public struct TestGridDefaults: Sendable {
    /// The file.
    public let path: String
    /// `default_test_group`; nil where the file has none.
    public let group: YAMLNode?
    /// `default_dashboard_tab`; nil where the file has none.
    public let tab: YAMLNode?

    /// Reads a file's defaults.
    init(_ source: YAMLSource) {
        path = source.path
        group = source.documents.lazy.compactMap { $0.field("default_test_group")?.value }.first
        tab = source.documents.lazy.compactMap { $0.field("default_dashboard_tab")?.value }.first
    }

    /// Whether the file has any.
    var isPresent: Bool { group != nil || tab != nil }

    /// The fields of a group that a default fills.
    static let groupFields: Set<String> = [
        "days_of_results", "tests_name_policy", "ignore_pending", "ignore_skip", "column_header", "num_columns_recent",
        "alert_stale_results_hours", "num_failures_to_alert", "code_search_path", "num_passes_to_disable_alert",
    ]

    /// The fields of a tab that a default fills.
    static let tabFields: Set<String> = [
        "bug_component", "code_search_path", "num_columns_recent", "open_test_template", "file_bug_template",
        "attach_bug_template", "open_bug_template", "results_text", "results_url_template", "code_search_url_template",
        "alert_options",
    ]

    /// What a group's field comes to: its own value unless that is zero, else the default's.
    func value(_ field: String, ofGroup node: YAMLNode?) -> YAMLNode? {
        filled(node?.field(field)?.value, Self.groupFields.contains(field) ? group?.field(field)?.value : nil)
    }

    /// What a tab's field comes to.
    func value(_ field: String, ofTab node: YAMLNode?) -> YAMLNode? {
        filled(node?.field(field)?.value, Self.tabFields.contains(field) ? tab?.field(field)?.value : nil)
    }

    /// A default fills what is absent and what is zero: `num_failures_to_alert: 0` cannot undo one.
    private func filled(_ own: YAMLNode?, _ inherited: YAMLNode?) -> YAMLNode? {
        guard let own, !own.isZero else { return inherited ?? own }
        return own
    }
}

extension YAMLNode {
    /// Whether Go would see the zero value of its type: nothing, 0, false, the empty text or an empty collection.
    var isZero: Bool {
        switch content {
        case .sequence(let items): items.isEmpty
        case .mapping(let pairs): pairs.isEmpty
        case .scalar(let scalar):
            switch scalar.value {
            case .null: true
            case .bool(let value): !value
            case .int(let value): value == 0
            case .float(let value): value == 0
            case .timestamp: false
            case .string: scalar.text.isEmpty
            }
        }
    }
}
