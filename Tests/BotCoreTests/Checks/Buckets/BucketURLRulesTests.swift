import Testing

@testable import BotCore

@Suite("Keys of buckets.yaml")
struct BucketURLRulesTests {
    private func entries(_ keys: [String]) -> String {
        keys.enumerated().map { BucketFixtures.entry($1, prefix: "p\($0):") }.joined()
    }

    @Test(
        "Forms that were ever in use are fine",
        arguments: [
            "gs://acme/", "gs://acme/logs/", "gs://acme-results/pr-logs/directory/", "gs://acme/logs-gke/", "gs://acme",
            "gs://acme_log/", "gs://results.acme.example/", "\"gs://acme/logs/\"",
        ])
    func goodForms(key: String) { #expect(findings(of: BucketURLForm.self, in: entries([key])).isEmpty) }

    @Test(
        "Another form is an error, and corrected where it can mean only one thing",
        arguments: [
            ("acme/logs", "gs://acme/logs/"), ("gs:/acme/logs/", "gs://acme/logs/"), ("GS://acme/", "gs://acme/"),
            ("https://storage.googleapis.com/acme/logs", "gs://acme/logs/"),
            ("https://console.cloud.google.com/storage/browser/acme/logs;tab=objects?x=1", "gs://acme/logs/"),
            ("gs://acme//logs/", "gs://acme/logs/"), ("\"acme/logs/\"", "gs://acme/logs/"),
            ("s3://acme/logs/", nil), ("acme", nil), ("gs://Acme/logs/", nil), ("gs://ac/", nil), ("gs://acme/*/", nil),
            ("gs://acme/lo gs/", nil), ("gs://acme/logs?x/", nil), ("gs://", nil), ("12", nil), ("~", nil),
            ("https://acme.example/logs/", nil), ("gs://goog-acme/", nil), ("gs://my-google/", nil),
            ("gs://-acme/", nil), ("gs://acme-/", nil), ("gs://1.2.3.4/", nil), ("gs://a..b/", nil),
        ])
    func otherForms(key: String, expected: String?) throws {
        let text = entries([key])
        let found = findings(of: BucketURLForm.self, in: text)
        #expect(found.count == 1)
        guard let expected else {
            #expect(found.first?.fix == nil)
            return
        }
        let after = try mended(try #require(found.first), in: text)
        #expect(registry(["kettle/buckets.yaml": after]).buckets.map(\.key) == [expected])
    }

    @Test("A correction never repeats a key that is there")
    func noDuplicateByFix() throws {
        let text = entries(["acme/logs/", "gs://acme/logs/", "gs://bolt", "gs://bolt/"])
        #expect(findings(of: BucketURLForm.self, in: text).map(\.fix) == [nil])
        #expect(findings(of: BucketURLTrailingSlash.self, in: text).map(\.fix) == [nil])
    }

    @Test("The slash is added behind the key, whatever stands behind that")
    func addsSlash() throws {
        let text = "gs://acme: # ours\n  contact: hubot\n"
        let found = findings(of: BucketURLTrailingSlash.self, in: text)
        #expect(try mended(try #require(found.first), in: text) == "gs://acme/: # ours\n  contact: hubot\n")
    }

    @Test(
        "A key that begins with another is an error on the longer one",
        arguments: [
            (["gs://acme/", "gs://acme/logs/"], ["gs://acme/logs/ in gs://acme/"]),
            (["gs://acme/logs/", "gs://acme/"], ["gs://acme/logs/ in gs://acme/"]),
            (["gs://acme", "gs://acme/"], ["gs://acme/ in gs://acme"]),
            (["gs://acme", "gs://acme-arm/"], ["gs://acme-arm/ in gs://acme"]),
            (["gs://acme/", "gs://acme-arm/"], []),
            (["gs://acme/logs/", "gs://acme/logs-gke/"], []),
            (
                ["gs://acme/", "gs://acme/a/", "gs://acme/a/b/", "gs://acme/c/"],
                ["gs://acme/a/ in gs://acme/", "gs://acme/a/b/ in gs://acme/a/", "gs://acme/c/ in gs://acme/"]
            ),
            (["gs://acme/logs/", "gs://acme/logs/"], []),
        ])
    func overlap(keys: [String], expected: [String]) {
        let found = findings(of: BucketURLOverlap.self, in: entries(keys))
        #expect(found.map { "\($0.arguments["key"] ?? "") in \($0.arguments["other"] ?? "")" } == expected)
    }

    @Test("A repeated key is said once, with both lines")
    func repeatedKey() {
        let text = BucketFixtures.good + BucketFixtures.good
        let found = BucketRules.all.flatMap { findings(of: $0, in: text) }
        #expect(found.map(\.rule) == [BucketsYAMLParse.id])
        #expect(found.first?.place?.line == 5)
        #expect(found.first?.arguments["problem"]?.contains("line 1") == true)
    }

    @Test(
        "A value that is no mapping is said once, and nothing else of that entry",
        arguments: ["", " ~", " []", " 12", " \"acme:\"", " yes", "\n  - prefix: \"acme:\""])
    func shape(value: String) {
        let found = BucketRules.all.flatMap { findings(of: $0, in: "gs://acme/:\(value)\n") }
        #expect(found.map(\.rule) == [BucketEntryShape.id])
    }

    @Test(
        "A list that is empty or no mapping stops kettle too", arguments: ["", "# nothing\n", "- gs://acme/\n", "x\n"])
    func wholeFile(text: String) {
        let found = BucketRules.all.flatMap { findings(of: $0, in: text) }
        #expect(found.map(\.rule) == [BucketEntryShape.id])
    }

    @Test("Every file of its name is judged for itself")
    func twoFiles() {
        let files = ["kettle/buckets.yaml": BucketFixtures.good, "buckets.yaml": BucketFixtures.good]
        let context = RegistryContext(registry: registry(files), policy: Policy())
        #expect(BucketRules.all.flatMap { $0.findings(in: context) }.isEmpty)
    }
}
