import Testing

@testable import BotCore

@Suite("exclude_jobs in buckets.yaml")
struct BucketExcludeRulesTests {
    private func entry(_ excluded: String) -> String { BucketFixtures.good + "  exclude_jobs:\(excluded)\n" }

    private func rules(_ excluded: String) -> [RuleID] {
        BucketRules.all.flatMap { findings(of: $0, in: entry(excluded)) }.map(\.rule)
    }

    @Test(
        "Lists of texts are fine",
        arguments: [" []", " [nightly]", "\n    - nightly\n    - 'weekly'", " [\n    nightly,\n  ]"])
    func lists(excluded: String) { #expect(rules(excluded).isEmpty) }

    @Test(
        "What is no list is an error; a single text becomes one",
        arguments: [
            (" nightly # why", "\n    - \"nightly\" # why"), (" \"a: b\"", "\n    - \"a: b\""),
            (" 12", "\n    - \"12\""),
            ("", nil), (" ~", nil), (" {a: b}", nil), (" |\n    nightly", nil), (" \"\"", nil),
        ])
    func noList(excluded: String, expected: String?) throws {
        #expect(rules(excluded) == [BucketExcludeType.id])
        let finding = try #require(findings(of: BucketExcludeType.self, in: entry(excluded)).first)
        #expect((finding.fix == nil) == (expected == nil))
        guard let expected else { return }
        #expect(try mended(finding, in: entry(excluded)) == entry(expected))
    }

    @Test("Each item that is no text is an error, and quoted where it is a scalar")
    func noText() throws {
        let excluded = "\n    - 12 # why\n    - [a]\n    - yes\n    -\n    - fine"
        #expect(rules(excluded) == Array(repeating: BucketExcludeType.id, count: 4))
        let found = findings(of: BucketExcludeType.self, in: entry(excluded))
        #expect(found.map(\.fix?.replacement) == ["    - \"12\" # why", nil, "    - \"yes\"", nil])
    }

    @Test("A list in braces is corrected in its place")
    func flowEntry() throws {
        let text = "gs://acme/logs/: {contact: hubot, prefix: \"a:\", exclude_jobs: nightly}\n"
        #expect(findings(of: BucketExcludeType.self, in: text).map(\.fix) == [nil])
    }

    @Test("Each pattern that Python cannot compile is an error where it stands")
    func badPatterns() {
        let excluded = "\n    - nightly\n    - \"(\"\n    - \"*x\""
        let found = findings(of: BucketExcludeRegex.self, in: entry(excluded))
        #expect(found.map(\.place?.line) == [7, 8])
        #expect(
            found.map(\.arguments["problem"]) == [
                "missing ), unterminated subpattern at character 1", "nothing to repeat at character 1",
            ])
    }

    @Test("Patterns that break only in company are an error of the list")
    func joinedPatterns() {
        for items in ["['(?P<n>a)', '(?P<n>b)']", "['(a)\\1']"] {
            let found = findings(of: BucketExcludeRegex.self, in: entry(" \(items)"))
            #expect(found.count == 1, "\(items)")
            #expect(found.first?.place?.line == 5)
        }
        #expect(findings(of: BucketExcludeRegex.self, in: entry(" ['(a)', '(b)']")).isEmpty)
    }

    @Test("One note tells of patterns that the stream takes as names")
    func streamed() {
        #expect(rules("\n    - ^a$\n    - .*b") == [BucketExcludeStream.id])
        #expect(rules("\n    - a-b_c\n    - d").isEmpty)
    }

    @Test("The list of today is fine but for that note")
    func ofToday() {
        let text = """
            # Where results are, and who answers for them.

            gs://kubernetes-ci-logs/logs/:
              contact: "hubot"
              prefix: ""
              sequential: false
              exclude_jobs:
                - ^ci-acme-benchmark$
                - ".*(flaky|flake).*"

            """
        let found = BucketRules.all.flatMap { findings(of: $0, in: text) }
        #expect(found.map(\.rule) == [BucketExcludeStream.id])
        #expect(found.map(\.place?.line) == [8])
    }

    @Test("The list of 2018 shows prefixes without colon, missing slashes and shared buckets")
    func ofTheTimeBefore() {
        let text = """
            gs://kubernetes-jenkins/logs/:
              contact: "hubot"
              prefix: ""
            gs://acme-federated/pr-logs/directory/:
              contact: "octocat"
              prefix: "acme-federated:"
            gs://acme-kubernetes-tests/logs/:
              contact: "octocat"
              prefix: "acme:"
              sequential: false
            gs://acme-kubernetes-tests/logs-gke/:
              contact: "octocat"
              prefix: "acme-gke:"
              sequential: false
            #gs://acme_log/:
            #  contact: "octocat"
            gs://k8s-conformance-acme:
              contact: "octocat"
              prefix: "conformance-acme:"
            gs://k8s-conformance-acme-arm/:
              contact: "octocat"
              prefix: "acme-arm"
            """
        let found = BucketRules.all.flatMap { findings(of: $0, in: text) }
        #expect(
            found.map { "\($0.place?.line ?? 0) \($0.rule)" } == [
                "17 bucket-url-trailing-slash", "20 bucket-url-overlap", "22 bucket-prefix-colon",
            ])
    }
}

@Suite("Buckets that only TestGrid reads")
struct BucketInKettleOptionalTests {
    private func buckets(named files: [String: String]) -> [String?] {
        let context = RegistryContext(registry: registry(files), policy: Policy())
        return BucketInKettleOptional.findings(in: context).map(\.arguments["bucket"])
    }

    private let groups = """
        test_groups:
        - name: a
          gcs_prefix: acme/logs/a
        - name: b
          gcs_prefix: acme/logs/b
        - name: c
          gcs_prefix: kubernetes-ci-logs/logs/c
        - name: d
          gcs_prefix: bolt/logs/d,acme/logs/d, cog/d
        - name: e
        - name: f
          gcs_prefix: ",,"

        """

    @Test("A bucket is noted once, at its first group; Kubernetes' own is not")
    func onceEach() {
        let files = [
            "config/testgrids/acme.yaml": groups,
            "kettle/buckets.yaml": BucketFixtures.entry("gs://bolt/", prefix: "b:"),
        ]
        #expect(buckets(named: files) == ["acme", "cog"])
    }

    @Test("Without a readable list nothing is noted", arguments: [nil, "gs://bolt/: ["])
    func withoutList(list: String?) {
        var files = ["config/testgrids/acme.yaml": groups]
        files["kettle/buckets.yaml"] = list
        #expect(buckets(named: files).isEmpty)
    }
}
