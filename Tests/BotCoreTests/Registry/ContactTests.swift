import Testing

@testable import BotCore

@Suite("Contacts in every form that was ever written")
struct ContactTextTests {
    private func names(_ text: String) -> [String] {
        ContactText.names(in: text).map { "\($0.kind.rawValue) \($0.value)" }
    }

    @Test(
        "A comment or description names its contacts",
        arguments: [
            ("acme (contact: @octocat on github)", ["login octocat"]),
            ("Distribution of Acme (contact: @octo-cat on GitHub)", ["login octo-cat"]),
            ("If you are going to change this, kindly cc @kubernetes/acme-image.", ["team kubernetes/acme-image"]),
            ("Acme GKE (contact: @octocat42 on github)", ["login octocat42"]),
            ("Acme node tests on GCE (contact: @kubernetes/acme-image on github)", ["team kubernetes/acme-image"]),
            ("@octocat' multiarch e2e results", ["login octocat"]),
            ("@octocat\u{2019}s results", ["login octocat"]),
            ("Acme node tests on AWS (contact: e2e-pod@acme.example)", ["email e2e-pod@acme.example"]),
            ("cnx+e2e@acme.example", ["email cnx+e2e@acme.example"]),
            ("DL_5C5BE3E2970B9F40@acme.example", ["email DL_5C5BE3E2970B9F40@acme.example"]),
            ("OWNER: sig-release (release-engineering); Ends up running: make", ["team sig-release"]),
            ("OWNER: sig-openstack; Runs conformance tests", ["team sig-openstack"]),
            ("OWNER:wg-acme; x, or ask @octocat, @hubot", ["team wg-acme", "login octocat", "login hubot"]),
            ("mailto:e2e@acme.example", ["email e2e@acme.example"]),
            ("ask @octocat or @octocat", ["login octocat"]),
            ("[@octocat], \"@hubot\"!", ["login octocat", "login hubot"]),
        ])
    func forms(text: String, expected: [String]) { #expect(names(text) == expected) }

    @Test(
        "What only looks like a contact is none",
        arguments: [
            "", "no contact here", "OWNER: kube-upowners; Runs tests", "COOWNER: sig-release", "owner sig-release", "@",
            "@@octocat", "@-octocat", "@octo--cat", "@a/b/c", "@/x", "@octocat/", "a@b", "a@b@c.example",
            "kind@v0.20.0",
            "image@sha256:0123", "git@github.com:acme/x", "actions/checkout@v4.1", "runs @daily", "@every 2h",
            "@0123456789012345678901234567890123456789", "@octo_cat", "a@.example", "a@b.", "\u{1F600}@acme.example",
        ])
    func noContacts(text: String) { #expect(names(text).isEmpty) }

    @Test("Only the beginning of a very long text is read")
    func longText() {
        #expect(names(String(repeating: "x ", count: 4000) + "@octocat").isEmpty)
        #expect(names("@octocat " + String(repeating: "@", count: 1_000_000)) == ["login octocat"])
    }
}

@Suite("Whom to ask about an entry")
struct ContactResolverTests {
    private static let everywhere = [
        "kettle/buckets.yaml": "gs://acme/:\n  contact: \"bucket-owner\"\n  prefix: \"acme:\"\n",
        "config/testgrids/acme/acme.yaml": """
        test_groups:
        # Acme (contact: @comment-owner on github)
        - name: acme-e2e
          gcs_prefix: acme/logs/acme-e2e
          alert_mail_to_addresses: group@acme.example
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
            description: "OWNER: sig-acme; nightly"
            alert_options:
              alert_mail_to_addresses: 'tab@acme.example, second@acme.example'

        """,
        "config/testgrids/acme/OWNERS": """
        approvers:
        - approver
        - acme-leads
        reviewers:
        - reviewer
        - Comment-Owner
        emeritus_approvers:
        - retired

        """,
        "OWNERS_ALIASES": "aliases:\n  Acme-Leads:\n  - lead-one\n  - lead-two\n",
    ]

    private func contacts(_ files: [String: String], group: String = "acme-e2e") throws -> [String] {
        let registry = registry(files)
        let group = try #require(registry.group(named: group))
        return registry.contacts(of: group).map { "\($0.source.rawValue) \($0.kind.rawValue) \($0.value)" }
    }

    @Test("Every source is asked, strongest first, and nobody is named twice")
    func order() throws {
        #expect(
            try contacts(Self.everywhere) == [
                "buckets.yaml login bucket-owner", "comment login comment-owner", "description team sig-acme",
                "alert email group@acme.example", "alert email tab@acme.example", "alert email second@acme.example",
                "OWNERS login approver", "OWNERS login lead-one", "OWNERS login lead-two", "OWNERS login reviewer",
            ])
    }

    @Test("Each contact says where it was found")
    func places() throws {
        let registry = registry(Self.everywhere)
        let group = try #require(registry.group(named: "acme-e2e"))
        let places = registry.contacts(of: group).map {
            "\($0.place.path.split(separator: "/").last ?? "") \($0.place.line)"
        }
        #expect(
            places == [
                "buckets.yaml 2", "acme.yaml 2", "acme.yaml 11", "acme.yaml 5", "acme.yaml 13", "acme.yaml 13",
                "OWNERS 2", "OWNERS 3", "OWNERS 3", "OWNERS 5",
            ])
    }

    @Test(
        "A contact of buckets.yaml is read in every form",
        arguments: [
            ("octocat", ["login octocat"]), ("\"@octocat\"", ["login octocat"]), ("\" octocat \"", ["login octocat"]),
            ("\"@acme/e2e\"", ["team acme/e2e"]), ("e2e@acme.example", ["email e2e@acme.example"]),
            ("\"@octocat, @hubot\"", ["login octocat", "login hubot"]), ("\"\"", []), ("~", []), ("[octocat]", []),
            ("\"the team\"", []),
        ])
    func bucketContacts(value: String, expected: [String]) throws {
        let registry = registry(["kettle/buckets.yaml": "gs://acme/:\n  contact: \(value)\n"])
        let entry = try #require(registry.buckets.first)
        #expect(registry.contacts(of: entry).map { "\($0.kind.rawValue) \($0.value)" } == expected)
    }

    @Test("A comment heads its run of groups, until the next comment or blank line")
    func sectionComments() throws {
        let text = """
            test_groups:
            - name: a
            # Acme (contact: @acme)
            - name: b
            - name: c
              gcs_prefix: x/c # @inline
            # Bolt
            # (contact: @bolt)
            - name: d

            - name: e

            # far from all (contact: @nobody)

            - name: f
              # within (contact: @within)
              gcs_prefix: x/f
            - name: g
            # below the last (contact: @last)
            dashboards:
            # If you change it, cc @acme/images.
            - name: h
              dashboard_tab:
              # ask @tabby
              - name: i
                test_group_name: g

            """
        let files = ["config/testgrids/x.yaml": text]
        var found: [String: [String]] = [:]
        for name in ["a", "b", "c", "d", "e", "f", "g"] { found[name] = try contacts(files, group: name) }
        #expect(
            found == [
                "a": [], "b": ["comment login acme"], "c": ["comment login acme", "comment login inline"],
                "d": ["comment login bolt"], "e": [], "f": ["comment login within"],
                "g": ["comment team acme/images", "comment login tabby"],
            ])
    }

    @Test("OWNERS of the nearest folder that names anyone count; emeritus approvers do not")
    func ownersGoUp() throws {
        let group = "test_groups:\n- name: a\n  gcs_prefix: x/a\n"
        let files = [
            "config/testgrids/acme/sub/a.yaml": group,
            "config/testgrids/acme/sub/OWNERS": "emeritus_approvers:\n- retired\n",
            "config/testgrids/OWNERS": "approvers:\n- middle\n",
            "OWNERS": "approvers:\n- top\n",
        ]
        #expect(try contacts(files, group: "a") == ["OWNERS login middle"])
        let alone = files.merging([
            "config/testgrids/acme/sub/OWNERS": "options:\n  no_parent_owners: true\nemeritus_approvers: [retired]\n"
        ]) { $1 }
        #expect(try contacts(alone, group: "a") == [])
        let filtered = files.merging([
            "config/testgrids/acme/sub/OWNERS":
                "filters:\n  \".*\":\n    approvers: [filtered]\n    reviewers:\n    - second\n"
        ]) { $1 }
        #expect(try contacts(filtered, group: "a") == ["OWNERS login filtered", "OWNERS login second"])
    }

    @Test("An alias stands for its members only; a name that is no login is left out")
    func aliases() throws {
        let files = [
            "config/testgrids/a.yaml": "test_groups:\n- name: a\n",
            "config/testgrids/OWNERS": "approvers: [Leads, empty-team, no_login, octocat]\n",
            "OWNERS_ALIASES": "aliases:\n  leads: [one, two, 'no login']\n  empty-team: []\n",
        ]
        #expect(try contacts(files, group: "a") == ["OWNERS login one", "OWNERS login two", "OWNERS login octocat"])
    }

    @Test("The entry whose location covers a group is asked, the closest of several, for each of its prefixes")
    func coveringEntry() throws {
        let buckets = """
            gs://acme/:
              contact: whole
            gs://acme/logs/:
              contact: logs
            gs://acme-arm:
              contact: arm

            """
        let group = "test_groups:\n- name: a\n  gcs_prefix: acme/logs/a, acme-arm/x ,acme/pr-logs/directory/a\n"
        let files = ["kettle/buckets.yaml": buckets, "config/testgrids/a.yaml": group]
        #expect(
            try contacts(files, group: "a") == [
                "buckets.yaml login logs", "buckets.yaml login arm", "buckets.yaml login whole",
            ])
    }
}
