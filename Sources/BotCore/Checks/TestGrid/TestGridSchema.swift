/// One level of TestGrid's configuration: the keys that may be written there.
///
/// Messages that the registry has never used are not looked into. A `oneof` has no name in JSON and so cannot be
/// written in YAML at all.
/// Source: `pb/config/config.proto` in GoogleCloudPlatform/testgrid.
struct TestGridSchema: Sendable {
    /// What a key holds.
    enum Value: Sendable {
        /// Whatever is written.
        case anything
        /// A mapping.
        case message(TestGridSchema)
        /// A list of mappings.
        case messages(TestGridSchema)
    }

    /// What the level is, in words: `a test group`.
    let name: String
    /// The keys, each with what it holds.
    let keys: [String: Value]
    /// Whether it is one that selectors name: a test group, a dashboard, a tab or a dashboard group.
    let isEntry: Bool

    private init(_ name: String, _ plain: String, _ nested: [String: Value] = [:], isEntry: Bool = false) {
        self.name = name
        self.isEntry = isEntry
        var keys = nested
        for key in plain.split(whereSeparator: \.isWhitespace) { keys[String(key)] = .anything }
        self.keys = keys
    }

    /// What a key holds; nil where the level has no such key.
    ///
    /// Go's decoder ignores the case of keys.
    func value(of key: String) -> Value? { keys[key] ?? keys[key.lowercased()] }

    /// The whole file.
    static let file = TestGridSchema(
        "a TestGrid configuration file", "",
        [
            "test_groups": .messages(group), "dashboards": .messages(dashboard),
            "dashboard_groups": .messages(dashboardGroup),
        ])

    /// `default.yaml`.
    static let defaults = TestGridSchema(
        "a file of defaults", "", ["default_test_group": .message(group), "default_dashboard_tab": .message(tab)])

    /// The one file that held everything until July 2019.
    static let oneFile = TestGridSchema(
        "a TestGrid configuration file", "", file.keys.merging(defaults.keys) { kept, _ in kept })

    static let group = TestGridSchema(
        "a test group",
        """
        name gcs_prefix days_of_results ignore_pending ignore_built tests_name_policy ignore_test_substring
        fallback_grouping alert_stale_results_hours num_failures_to_alert bug_component code_search_path
        num_columns_recent use_test_metadata alert_mail_to_addresses alert_mail_subject alert_mail_failure_message
        alert_mail_debug_url min_elapsed_minutes_between_mails enable_flaky_status disable_merged_status
        use_kubernetes_client disable_prowjob_analysis is_external primary_grouping enable_test_methods
        test_annotations max_test_methods_per_test test_metadata_options test_tag_pattern auto_bug_options
        max_test_runtime_hours num_passes_to_disable_alert link_bugs_by_group test_method_properties gather_bugs
        short_text_metric build_override_configuration_value link_bugs_by_test_methods test_method_match_regex
        test_method_unmatch_regex use_full_method_names fallback_grouping_configuration_value
        custom_evaluator_rule_set read_state_from_storage ignore_old_results ignore_skip build_override_strftime
        user_property issue_gather_options
        """,
        [
            "column_header": .messages(
                TestGridSchema("a column header", "label property configuration_value list_all_values")),
            "test_name_config": .message(testNameConfig), "notifications": .messages(notification),
            "result_source": .message(TestGridSchema("a result source, of which YAML can write no key", "")),
        ], isEntry: true)

    static let testNameConfig = TestGridSchema(
        "a test name config", "name_format",
        [
            "name_elements": .messages(
                TestGridSchema("a name element", "labels target_config build_target tags test_property"))
        ])

    static let notification = TestGridSchema("a notification", "summary context_link")

    static let dashboard = TestGridSchema(
        "a dashboard", "name default_tab downplay_failing_tabs highlight_failing_tabs highlight_today description",
        ["dashboard_tab": .messages(tab), "notifications": .messages(notification)], isEntry: true)

    static let tab = TestGridSchema(
        "a dashboard tab",
        """
        name test_group_name bug_component code_search_path num_columns_recent base_options results_text description
        tabular_names_regex flakiness_alert_options status_customization_options about_dashboard_url auto_file_bugs
        display_local_time broken_column_threshold beta_autobug_options health_analysis_options
        """,
        [
            "open_test_template": .message(link), "file_bug_template": .message(link),
            "attach_bug_template": .message(link), "open_bug_template": .message(link),
            "results_url_template": .message(link), "code_search_url_template": .message(link),
            "context_menu_template": .message(link), "column_diff_link_templates": .messages(link),
            "alert_options": .message(alertOptions),
        ], isEntry: true)

    static let alertOptions = TestGridSchema(
        "alert options",
        """
        alert_stale_results_hours num_failures_to_alert alert_mail_to_addresses num_passes_to_disable_alert subject
        debug_url debug_message wait_minutes_between_emails alert_mail_failure_message
        """)

    static let link = TestGridSchema(
        "a link template", "url name", ["options": .messages(TestGridSchema("a link option", "key value"))])

    static let dashboardGroup = TestGridSchema("a dashboard group", "name dashboard_names description", isEntry: true)

    /// The levels in which a misplaced key may belong.
    static let wellKnownLevels = [group, tab, alertOptions, dashboard, dashboardGroup, file, defaults]
}
