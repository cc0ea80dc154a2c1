import Foundation
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite struct CheckCommandTests {
    private static let registry = [
        "kettle/buckets.yaml": """
        gs://acme-results/logs/:
          contact: "jdoe"
          prefix: "acme:"
          sequential: false

        """,
        "config/testgrids/acme/acme.yaml": """
        test_groups:
        - name: acme-e2e
          gcs_prefix: acme-results/logs/acme-e2e
          disable_prowjob_analysis: true
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
            description: Runs the conformance tests
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>

        """,
        "config/testgrids/acme/OWNERS": "approvers:\n- jdoe\n",
    ]

    private func check(
        _ changes: [String: String] = [:], _ arguments: [String] = ["--offline", "--format", "json"]
    ) async throws -> ProgramResult {
        try await withTemporaryFolder { folder in
            try write(Self.registry.merging(changes, uniquingKeysWith: { $1 }), in: folder)
            return try await bucketbot(["check", "--checkout", folder.path] + arguments)
        }
    }

    @Test("A clean registry ends with 0 and nothing to say")
    func clean() async throws {
        let result = try await check()
        #expect(result.status == 0)
        #expect(try result.rules() == [])
        #expect(result.errors == "")
    }

    @Test("An error ends with 1, and says where")
    func error() async throws {
        let yaml = "gs://acme-results/logs/:\n  contact: jdoe\n  prefix: acme\n  sequential: false\n"
        let result = try await check(["kettle/buckets.yaml": yaml])
        #expect(result.status == 1)
        #expect(try result.rules() == ["bucket-prefix-colon"])
        let finding = try #require((result.json()["findings"] as? [[String: Any]])?.first)
        #expect(finding["path"] as? String == "kettle/buckets.yaml")
        #expect(finding["line"] as? Int == 3)
        #expect(finding["entry"] as? String == "bucket:gs://acme-results/logs/")
    }

    @Test(
        "A file that is not YAML is one finding that says where it broke",
        arguments: [
            ("kettle/buckets.yaml", "buckets-yaml-parse"), ("config/testgrids/acme/acme.yaml", "tg-yaml-parse"),
        ])
    func notYAML(path: String, rule: String) async throws {
        let result = try await check([path: "a: [1, 2\nb: }\n"])
        #expect(result.status == 1)
        #expect(try result.rules().filter { $0.hasSuffix("yaml-parse") } == [rule])
    }

    @Test("Deep nesting is a finding, not a crash")
    func deep() async throws {
        let nested = String(repeating: "[", count: 100_000)
        let result = try await check(["config/testgrids/acme/acme.yaml": nested])
        #expect(result.status == 1)
        #expect(try result.rules().contains("tg-yaml-parse"))
    }

    @Test("A tree without a registry, and no tree at all, end with 2 and say what was looked for")
    func noRegistry() async throws {
        try await withTemporaryFolder { folder in
            try write(["README.md": "hello\n"], in: folder)
            let empty = try await bucketbot(["check", "--checkout", folder.path])
            #expect(empty.status == 2)
            #expect(empty.errors.contains("kettle/buckets.yaml"))
            #expect(empty.output == "")
            let missing = try await bucketbot(["check", "--checkout", folder.path + "/nowhere"])
            #expect(missing.status == 2)
            #expect(missing.errors.contains("no such folder"))
        }
    }

    @Test("Unknown flags, selectors and formats end with 2, and say what was meant")
    func wrongUse() async throws {
        #expect(try await check([:], ["--nonsense"]).status == 2)
        #expect(try await bucketbot(["nonsense"]).status == 2)
        #expect(try await bucketbot(["check"]).status == 2)
        let kind = try await check([:], ["group:acme-e2e"])
        #expect(kind.status == 2)
        #expect(kind.errors.contains("test-group:"))
        let near = try await check([:], ["test-group:acme-e2", "--offline"])
        #expect(near.status == 2)
        #expect(near.errors.contains("Did you mean \"test-group:acme-e2e\"?"))
        #expect(try await check([:], ["--format", "xml"]).status == 2)
        #expect(try await check([:], ["--as-of", "yesterday"]).status == 2)
        #expect(try await bucketbot(["probe", "https://acme"]).errors.contains("gs://"))
        #expect(try await bucketbot(["probe", "gs://acme", "--format", "sarif"]).status == 2)
    }

    @Test("The policy of the checkout counts, and a mistake in it ends with 2 and its line")
    func policy() async throws {
        let moved = ["registry/buckets.yaml": "gs://acme-results/logs/:\n  prefix: acme\n  contact: jdoe\n"]
        let policy = [".github/bucketbot.yaml": "version: 1\npaths:\n  buckets: [registry/buckets.yaml]\n"]
        let result = try await check(moved.merging(policy, uniquingKeysWith: { $1 }))
        #expect(result.status == 1)
        #expect(try result.rules() == ["bucket-prefix-colon"])
        let wrong = try await check([".github/bucketbot.yaml": "version: 1\nstaleAfterDay: 30\n"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains(".github/bucketbot.yaml:2: "))
        #expect(wrong.errors.contains("staleAfterDays"))
    }

    @Test("Selectors from a file name the line that is wrong")
    func selectorsFile() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            let arguments = ["check", "--checkout", folder.path, "--offline", "--selectors", "-"]
            let good = try await bucketbot(arguments, input: "test-group:acme-e2e\n\ntab:conformance-acme#e2e\r\n")
            #expect(good.status == 0)
            let bad = try await bucketbot(arguments, input: "test-group:acme-e2e\nwhatever\n")
            #expect(bad.status == 2)
            #expect(bad.errors.contains("-:2: "))
        }
    }

    @Test("A local folder is called by its path, never by the address of a bucket of its name")
    func localLayout() async throws {
        try await withTemporaryFolder { folder in
            try write(["build-log.txt": "done", "finished.json": "{\"timestamp\": \"1\"}"], in: folder)
            let result = try await bucketbot(["layout", folder.path])
            #expect(result.status == 1)
            #expect(result.output.contains(folder.path))
            #expect(!result.output.contains("gs://" + folder.lastPathComponent))
        }
    }

    @Test("A list that came out empty is not a wish for everything")
    func emptySelectors() async throws {
        let result = try await check([:], ["--offline", "--selectors", "/dev/null"])
        #expect(result.status == 2)
        #expect(result.errors.contains("no selector"))
    }

    @Test("A policy that is no regular file is refused, and a pipe is not waited for")
    func policyPipe() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            try FileManager.default.createDirectory(
                at: folder.appending(path: ".github"), withIntermediateDirectories: true)
            try #require(mkfifo(folder.appending(path: ".github/bucketbot.yaml").path, 0o600) == 0)
            let result = try await bucketbot(["check", "--checkout", folder.path, "--offline"])
            #expect(result.status == 2)
            #expect(result.errors.contains("no regular file"))
        }
    }

    @Test("A pipe in the place of the registry's file, or behind a link, is named, not read and not waited for")
    func registryPipe() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry.filter { $0.key != "kettle/buckets.yaml" }, in: folder)
            let kettle = folder.appending(path: "kettle")
            try FileManager.default.createDirectory(at: kettle, withIntermediateDirectories: true)
            try #require(mkfifo(kettle.appending(path: "buckets.yaml").path, 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "config/testgrids/acme/piped.yaml").path,
                withDestinationPath: "../../../kettle/buckets.yaml")
            let result = try await bucketbot(["check", "--checkout", folder.path, "--offline"])
            #expect(result.status == 0)
            let notes = result.errors.split(separator: "\n").sorted()
            #expect(
                notes == [
                    "bucketbot: config/testgrids/acme/piped.yaml: no regular file; it was not read.",
                    "bucketbot: kettle/buckets.yaml: no regular file; it was not read.",
                ])
        }
    }

    @Test("Templates from a folder that is not there are missed")
    func noTemplates() async throws {
        let result = try await check([:], ["--offline", "--templates", "/nonexistent"])
        #expect(result.status == 2)
        #expect(result.errors.contains("BUCKETBOT_TEMPLATES=/nonexistent"))
    }

    @Test("What others wrote cannot steer the terminal by way of an error")
    func escapes() async throws {
        let result = try await check([:], ["dashboard:evil\u{1B}[2J", "--offline"])
        #expect(result.status == 2)
        #expect(!result.errors.contains("\u{1B}"))
    }

    @Test("A file name that is not UTF-8 is none of the registry's")
    func foreignName() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            let name = Array(folder.path.utf8CString.dropLast()) + Array("/x".utf8CString.dropLast()) + [-1, 0]
            let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
            let result = try await bucketbot(["check", "--checkout", folder.path, "--offline"])
            #expect(result.status == 0)
            unlink(name)
        }
    }

    @Test("A change that breaks a file removes nothing")
    func brokenIsNotRemoved() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            try await git(["init", "-q", "-b", "main"], in: folder)
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "first"], in: folder)
            let path = "config/testgrids/acme/acme.yaml"
            try write([path: (Self.registry[path] ?? "") + "\tx"], in: folder)
            let arguments = ["check", "--checkout", folder.path, "--offline", "--base", "main", "--format", "json"]
            let rules = try await bucketbot(arguments).rules()
            #expect(rules.contains("tg-yaml-parse"))
            #expect(!rules.contains { $0.hasPrefix("removal-") })
        }
    }

    @Test("Build files that got no answer are told, and end with 3")
    func unansweredFiles() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            let buckets = folder.appending(path: "buckets")
            let build = "acme-results/logs/acme-e2e/{{now-1d.snowflake}}"
            try write(
                [
                    build + "/started.json": "{\"timestamp\": {{now-1d.seconds}}}",
                    build + "/finished.json":
                        "{\"timestamp\": {{now-1d+1h.seconds}}, \"passed\": true, \"result\": \"SUCCESS\"}",
                    build + "/build-log.txt": "done", build + "/artifacts/junit_01.xml": "<testsuite/>",
                    "acme-results/logs/acme-e2e/latest-build.txt": "{{now-1d.snowflake}}",
                ], in: buckets)
            let standIn = GCSStandIn(try StandInWorld(folder: buckets, now: Date()))
            standIn.misbehave(.failure(.forbidden(reason: "rateLimitExceeded")), on: .init(suffix: "started.json"))
            try await withGCSStandIn(standIn) { _, root in
                let arguments = ["probe", "gs://acme-results/logs/acme-e2e", "--format", "json", "--storage-url", root]
                let result = try await bucketbot(arguments)
                #expect(result.status == 3)
                #expect(try result.rules() == ["access-inconclusive"])
            }
        }
    }

    @Test("A listing of empty pages that never ends is no verdict")
    func endlessListing() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            let standIn = GCSStandIn([StandInBucket("acme-results")])
            standIn.misbehave(.endlessListing)
            try await withGCSStandIn(standIn) { _, root in
                let arguments = ["probe", "gs://acme-results/logs/acme-e2e", "--format", "json", "--storage-url", root]
                let result = try await bucketbot(arguments)
                #expect(result.status == 3)
                #expect(try result.rules() == ["access-inconclusive"])
            }
        }
    }

    @Test("An outage ends with 3, never with a verdict")
    func outage() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            // Nothing listens on the discard port of the loopback interface.
            let arguments = [
                "check", "--checkout", folder.path, "--format", "json", "--storage-url", "http://127.0.0.1:9",
            ]
            let result = try await bucketbot(arguments)
            #expect(result.status == 3)
            #expect(Set(try result.rules()) == ["access-inconclusive"])
        }
    }

    @Test("A bucket that does not exist, and a private one, are told apart")
    func access() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            for (access, rule) in [("private", "access-list-denied"), ("missing", "access-bucket-missing")] {
                let buckets = folder.appending(path: "buckets-\(access)")
                try write(["acme-results.json": "{\"access\": \"\(access)\"}"], in: buckets)
                let world = try StandInWorld(folder: buckets, now: Date())
                try await withGCSStandIn(GCSStandIn(world)) { _, root in
                    let arguments = ["check", "--checkout", folder.path, "--format", "json", "--storage-url", root]
                    let result = try await bucketbot(arguments)
                    #expect(result.status == 1)
                    #expect(Set(try result.rules()) == [rule])
                }
            }
        }
    }

    @Test("A file without permission ends with 2")
    func unreadable() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.registry, in: folder)
            let file = folder.appending(path: "kettle/buckets.yaml")
            try FileManager.default.removeItem(at: file)
            // A folder in a file's place cannot be read by anyone, not even by root.
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
            let result = try await bucketbot(["check", "--checkout", folder.path, "--offline"])
            #expect(result.status == 2 || geteuid() == 0)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
        }
    }
}
