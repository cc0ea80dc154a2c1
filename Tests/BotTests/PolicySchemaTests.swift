import BotCore
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite("The JSON Schema of the policy")
struct PolicySchemaTests {
    /// Validates each document of a list, by a validator that others wrote.
    private static let validation = """
        import json, jsonschema, sys
        given = json.load(sys.stdin)
        jsonschema.Draft202012Validator.check_schema(given["schema"])
        validator = jsonschema.Draft202012Validator(given["schema"])
        print(json.dumps([validator.is_valid(document) for document in given["documents"]]))
        """

    /// Where `scripts/install-python` puts the validator.
    private static var python: String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (cache ?? (environment["HOME"] ?? "") + "/.cache") + "/bucketbot/venv/bin/python"
    }

    private static let numbers = [
        ("staleAfterDays", 30, 3650), ("presubmitStaleAfterDays", 30, 3650), ("confirmations", 1, 30),
        ("maxFlipPercent", 1, 100), ("maxProbesPerPullRequest", 1, 5000),
    ]
    private static let removalNumbers = [
        ("maxOpenPullRequests", 1, 100), ("maxEntriesPerPullRequest", 1, 1000), ("holdDays", 0, 365),
        ("snoozeDays", 1, 3650), ("pingsPerPersonPerWeek", 0, 100),
    ]

    /// Documents without their version, JSON that is YAML as well: those that are right, and those that are wrong.
    private static var documents: (good: [String], bad: [String]) {
        var good = [
            "", #""paths": null"#, #""paths": {}"#, #""paths": {"buckets": ["a/*.yaml"], "testgrid": [], "jobs": []}"#,
            #""generated": ["a/**/{b,c}.yaml"]"#, #""protected": []"#, #""dashboardPrefixes": ["sig", "acme corp"]"#,
            #""controlLocations": ["gs://kubernetes-ci-logs/logs/"]"#, #""dashboardIssue": true"#,
            #""removals": null"#, #""removals": {"enabled": false, "holdLabel": "wait", "labels": ["a/b"]}"#,
            #""ageingAfterDays": 1"#, #""ageingAfterDays": 89"#,
        ]
        var bad = [
            #""unknown": 1"#, #""paths": []"#, #""paths": {"unknown": []}"#, #""paths": {"buckets": "a"}"#,
            #""paths": {"buckets": ["/a"]}"#, #""paths": {"buckets": ["a/../b"]}"#, #""paths": {"buckets": [".."]}"#,
            #""paths": {"buckets": ["a\\b"]}"#, #""generated": ["a", "a"]"#, #""generated": [1]"#,
            #""generated": [""]"#, #""generated": ["  "]"#, #""protected": [null]"#, #""protected": [["a"]]"#,
            #""dashboardPrefixes": ["\u0007"]"#, #""controlLocations": ["s3://bucket/"]"#,
            #""controlLocations": ["gs://Bucket/"]"#, #""dashboardIssue": "yes please"# + "\"", #""dashboardIssue": 1"#,
            #""removals": {"enabled": 0}"#, #""removals": {"staleAfterDays": 90}"#, #""holdDays": 14"#,
            #""removals": {"holdLabel": ""}"#, #""removals": {"holdLabel": 1}"#, #""removals": []"#,
            #""ageingAfterDays": 0"#, #""comment": "sometimes""#, #""comment": null"#, #""comment": 1"#,
        ]
        for (name, low, high) in numbers {
            good += [low, high].map { "\"ageingAfterDays\": 1, \"\(name)\": \($0)" }
            bad += ["\(low - 1)", "\(high + 1)", "\"\(low)\"", "null", "true", "[]", "\(low).5"].map {
                "\"ageingAfterDays\": 1, \"\(name)\": \($0)"
            }
        }
        for (name, low, high) in removalNumbers {
            good += [low, high].map { "\"removals\": {\"\(name)\": \($0)}" }
            bad += ["\(low - 1)", "\(high + 1)", "\"x\"", "null"].map { "\"removals\": {\"\(name)\": \($0)}" }
        }
        for word in ["problems", "additions", "always", "never"] { good.append("\"comment\": \"\(word)\"") }
        for word in ["owners", "file", "contact", "entry"] { good.append("\"removals\": {\"groupBy\": \"\(word)\"}") }
        for word in ["contribution", "entry"] { good.append("\"removals\": {\"commitPer\": \"\(word)\"}") }
        let many = (0..<201).map { "\"a\($0)\"" }.joined(separator: ", ")
        bad.append("\"generated\": [\(many)]")
        bad.append("\"generated\": [\"\(String(repeating: "a", count: 257))\"]")
        bad.append("\"removals\": {\"labels\": [\"\(String(repeating: "a", count: 51))\"]}")
        return (good, bad)
    }

    @Test("what the reader takes it takes, and what the reader refuses it refuses")
    func agreement() async throws {
        let printed = try await bucketbot(["doctor", "--schema"])
        #expect(printed.status == 0, "\(printed.errors)")
        let (good, bad) = Self.documents
        let versions = ["{}", #"{"version": 2}"#, #"{"version": "1"}"#, #"{"version": null}"#, "[]", "null"]
        let all = (good + bad).map { $0.isEmpty ? #"{"version": 1}"# : "{\"version\": 1, \($0)}" } + versions
        let input = "{\"schema\": \(printed.output), \"documents\": [\(all.joined(separator: ",\n"))]}"
        let result = try await run(
            .path(FilePath(Self.python)), arguments: ["-c", Self.validation], input: .string(input),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        try #require(
            result.terminationStatus.isSuccess, "`make setup` installs the validator: \(result.standardError)")
        let valid = try JSONDecoder().decode([Bool].self, from: Data(result.standardOutput.utf8))
        try #require(valid.count == all.count)
        for (index, document) in all.enumerated() {
            let isRead = PolicyFile(bytes: Array(document.utf8)).policy != nil
            #expect(isRead == (index < good.count), "the reader, of \(document.prefix(200))")
            #expect(valid[index] == (index < good.count), "the schema, of \(document.prefix(200))")
        }
    }

    @Test("is what a person reads who writes the file")
    func words() throws { try expectSnapshot(of: PolicySchema.text(), named: "policy.schema.json") }
}
