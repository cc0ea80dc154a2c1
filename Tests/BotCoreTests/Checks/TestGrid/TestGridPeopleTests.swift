import Testing

@testable import BotCore

@Suite("Contacts, alerts and links of the TestGrid configuration")
struct TestGridPeopleTests {
    /// Acme's dashboard without any contact: not in buckets.yaml, no OWNERS.
    private static let nameless = RegistryTree.standard.without("config/testgrids/OWNERS")
        .without("config/testgrids/acme/OWNERS")
        .replacing("  contact: \"alice\"\n", "", in: RegistryTree.buckets)

    @Test("A dashboard of results from elsewhere needs somebody to ask, a new one all the more")
    func contact() {
        #expect(Self.nameless.findings(of: TestGridContactMissing.self).map(\.severity) == [.warning])
        let before = Self.nameless.without(RegistryTree.acme)
        #expect(Self.nameless.findings(of: TestGridContactMissing.self, since: before).map(\.severity) == [.error])
        #expect(
            Self.nameless.findings(of: TestGridContactMissing.self, since: Self.nameless).map(\.severity) == [.warning])
    }

    @Test(
        "A contact may be written in many places",
        arguments: [
            ("test_groups:\n", "test_groups:\n# Acme (contact: @alice on github)\n"),
            ("Runs end-to-end", "OWNER: sig-acme; Runs end-to-end"),
            ("    open_test", "    alert_options:\n      alert_mail_to_addresses: alice@example.com\n    open_test"),
            ("k8s-conformance-acme/logs/ci", "kubernetes-ci-logs/logs/ci"),
        ])
    func contactWritten(old: String, new: String) {
        #expect(Self.nameless.replacing(old, new).findings(of: TestGridContactMissing.self) == [])
    }

    @Test("Owners who have all left are no contact")
    func emeritusOwners() {
        let path = "config/testgrids/acme/OWNERS"
        let left = Self.nameless.with(path, "emeritus_approvers:\n- alice\n")
        #expect(left.findings(of: TestGridContactMissing.self).count == 1)
        #expect(Self.nameless.with(path, "reviewers:\n- alice\n").findings(of: TestGridContactMissing.self) == [])
    }

    @Test("Only a new tab is asked for a description")
    func description() {
        let tree = RegistryTree.standard.replacing("    description: Runs end-to-end tests on Acme clusters\n", "")
        #expect(tree.findings(of: TestGridDescriptionMissing.self) == [])
        #expect(tree.findings(of: TestGridDescriptionMissing.self, since: tree) == [])
        let before = tree.replacing("name: e2e\n", "name: old\n")
        #expect(tree.findings(of: TestGridDescriptionMissing.self, since: before).map(\.entry?.name) == ["e2e"])
        // Kubernetes' own results are described by their jobs.
        let own = RegistryTree.standard.addingNightly()
        #expect(own.findings(of: TestGridDescriptionMissing.self, since: .standard) == [])
    }

    @Test(
        "An address has one @ and something on both sides",
        arguments: [
            ("a@example.com", []), ("a@example.com,b@example.org", []), ("Acme <a@example.com>", []),
            ("cnx+e2e@example.com", []), ("a.example.com", [.error]), ("a@b@example.com", [.error]),
            ("a@example.com,", [.error]), ("@example.com", [.error]), ("a b@example.com", [.error]),
            ("a@example.com, b@example.com, c@example.com", [.warning]), ("a@example", [.warning]),
            ("a@example.con", [.warning]), ("a@example..com", [.warning]), ("a@example.co.uk", []),
            ("a@vmware.co,b@vmware.com", [.warning]), ("a@vmware.com,b@vmware.com", []), ("a@x.io,b@y.io", []),
        ] as [(String, [Severity])])
    func addresses(text: String, expected: [Severity]) {
        let tab = "    alert_options:\n      alert_mail_to_addresses: '\(text)'\n"
        let found = RegistryTree.standard.addingNightly(tab: tab).findings(of: TestGridEmailForm.self)
        #expect(found.map(\.severity) == expected)
    }

    @Test("The spaces in a list of addresses are taken out, and its quotes kept")
    func addressFix() throws {
        let tree = RegistryTree.standard.addingNightly(
            tab: "    alert_options:\n      alert_mail_to_addresses: 'a@example.com, b@example.com' # both\n")
        let fix = try #require(tree.findings(of: TestGridEmailForm.self).first?.fix)
        #expect(fix.replacement == "      alert_mail_to_addresses: 'a@example.com,b@example.com' # both")
    }

    @Test("The address of a job is judged on its line, without a correction")
    func jobAddress() {
        let tree = RegistryTree.standard.with(
            RegistryTree.jobs,
            "periodics:\n- name: ci-x\n  annotations:\n    testgrid-alert-email: a@example.com, b@example.com\n")
        let found = tree.findings(of: TestGridEmailForm.self)
        #expect(found.map(\.place?.line) == [4])
        #expect(found.map(\.fix) == [nil])
    }

    @Test("A group is warned of the settings that are its tab's, once and by name; zero is no setting")
    func groupAlerts() {
        func findings(_ lines: String) -> [Finding] {
            RegistryTree.standard.addingNightly(group: lines).findings(of: TestGridStaleHoursOnGroup.self)
        }
        let found = findings("  num_failures_to_alert: 2\n  alert_stale_results_hours: 24\n")
        #expect(found.map { $0.arguments["fields"] } == ["alert_stale_results_hours, num_failures_to_alert"])
        #expect(found.map { $0.arguments["tabs"] } == ["conformance-acme#nightly"])
        #expect(findings("  alert_stale_results_hours: 0\n") == [])
        #expect(findings("  num_passes_to_disable_alert: 2\n") == [])
    }

    @Test("Thresholds of a group need an address in one of its tabs or jobs")
    func alertsWithoutMail() {
        let tree = RegistryTree.standard.addingNightly(group: "  num_failures_to_alert: 2\n")
        #expect(tree.findings(of: TestGridAlertWithoutMail.self).map { $0.arguments["kind"] } == ["test group"])
        let job = "periodics:\n- name: ci-acme-nightly\n  annotations:\n    testgrid-alert-email: a@example.com\n"
        #expect(tree.with(RegistryTree.jobs, job).findings(of: TestGridAlertWithoutMail.self) == [])
    }

    @Test("Links are the tab's own, else those of the folder's defaults, else the global ones")
    func links() {
        let bare = RegistryTree.standard
            .replacing("    results_url_template:\n      url: https://gcsweb.k8s.io/gcs/<gcs_prefix>\n", "")
        #expect(bare.findings(of: TestGridLinksDefault.self).map { $0.arguments["links"] } == ["results_url_template"])
        let folder = bare.with(
            "config/testgrids/acme/default.yaml",
            "default_dashboard_tab:\n  results_url_template:\n    url: https://acme.example.com/\n"
        )
        #expect(folder.findings(of: TestGridLinksDefault.self) == [])
        let none = bare.with("config/testgrids/acme/default.yaml", "default_dashboard_tab: {}\n")
        #expect(none.findings(of: TestGridLinksDefault.self) == [])
    }
}
