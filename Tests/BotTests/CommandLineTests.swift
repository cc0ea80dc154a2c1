import Foundation
import Subprocess
import TestSupport
import Testing

@testable import Bot

/// What surrounds a command: its streams, its settings, and the git that it runs.
@Suite struct CommandLineTests {
    private static let group = "test_groups:\n- name: acme-e2e\n  gcs_prefix: acme/logs/acme-e2e\n"
    private static let path = "config/testgrids/acme/acme.yaml"

    private func withTree(_ body: (URL) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try write([Self.path: Self.group], in: folder)
            try await body(folder)
        }
    }

    @Test("A result that cannot be written ends with 2 and says why", arguments: [">&-", ">/dev/full"])
    func closedOutput(redirection: String) async throws {
        try await withTree { folder in
            for command in ["check --offline --checkout \(folder.path)", "rules"] {
                let result = try await shell("\"$0\" \(command) \(redirection)", [])
                #expect(result.status == 2)
                #expect(result.errors.hasPrefix("bucketbot: The result cannot be written"))
                #expect(!result.errors.contains("NSPOSIX"))
            }
        }
    }

    @Test("A reader who leaves early is no error, and no signal kills the program")
    func earlyReader() async throws {
        let line = "\"$0\" rules --markdown | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}"
        let result = try await shell(line, [])
        #expect(result.output == "0\n")
        #expect(result.errors == "")
    }

    @Test("A list of selectors may start with a byte-order mark; a folder or too long a list is told from it")
    func selectorFiles() async throws {
        try await withTree { folder in
            let arguments = ["check", "--checkout", folder.path, "--offline", "--format", "json", "--selectors"]
            let marked = try await bucketbot(arguments + ["-"], input: "\u{FEFF}test-group:acme-e2e\n")
            #expect(marked.status == 1 && marked.errors == "")
            let directory = try await bucketbot(arguments + [folder.path])
            #expect(directory.status == 2)
            #expect(directory.errors == "bucketbot: --selectors \(folder.path): cannot be read: Is a directory.\n")
            let long = folder.appending(path: "long.txt")
            try Data(repeating: 0x0A, count: 16 << 20 | 1).write(to: long)
            let tooLong = try await bucketbot(arguments + [long.path])
            #expect(tooLong.status == 2)
            #expect(tooLong.errors.contains("more than 16 MiB"))
        }
    }

    @Test("What is named in a file that cannot be read is not said to be missing")
    func selectorInBrokenFile() async throws {
        try await withTree { folder in
            try write(["config/testgrids/other.yaml": "test_groups:\n\t- name: lost\n"], in: folder)
            let arguments = ["check", "--checkout", folder.path, "--offline"]
            let lost = try await bucketbot(arguments + ["test-group:lost"])
            #expect(lost.status == 2)
            #expect(lost.errors.contains("config/testgrids/other.yaml"))
            #expect(!lost.errors.contains("has no such entry."))
            let bucket = try await bucketbot(arguments + ["bucket:gs://lost/"])
            #expect(bucket.errors.contains("has no such entry."))
        }
    }

    @Test("Settings that are out of bounds are told with their bounds, whatever they are for")
    func bounds() async throws {
        let time = try await bucketbot(["probe", "gs://acme", "--as-of", "1999-12-31T00:00:00Z"])
        #expect(time.status == 2)
        #expect(time.errors.contains("from 2000 to 2100"))
        let folder = FileManager.default.temporaryDirectory.path
        let concurrency = try await bucketbot([
            "probe", "gs://acme", "--storage-url", "file://" + folder, "--probe-concurrency", "many",
        ])
        #expect(concurrency.status == 2)
        #expect(concurrency.errors.contains("BUCKETBOT_PROBE_CONCURRENCY=many"))
        for url in ["http://localhost:99999", "https://localhost:9/x y", "http://", "ftp://x"] {
            let address = try await bucketbot(["probe", "gs://acme", "--storage-url", url])
            #expect(address.status == 2)
            #expect(address.errors.hasPrefix("bucketbot: BUCKETBOT_STORAGE_URL"))
        }
    }

    @Test("Neither a person's settings of git nor its variables change what is compared")
    func hostileGit() async throws {
        try await withTree { folder in
            try await git(["init", "-q", "-b", "master"], in: folder)
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "first"], in: folder)
            try await git(["config", "diff.orderFile", "/nonexistent"], in: folder)
            try await git(["config", "diff.external", "/bin/false"], in: folder)
            try await git(["config", "log.showSignature", "true"], in: folder)
            try write([Self.path: Self.group + "- name: e2\n  gcs_prefix: acme/logs/e2\n"], in: folder)
            let arguments = ["check", "--checkout", folder.path, "--offline", "--base", "master", "--format", "json"]
            let result = try await bucketbot(
                arguments,
                environment: [
                    "GIT_DIR": "/nonexistent", "GIT_INDEX_FILE": "/nonexistent", "GIT_EXTERNAL_DIFF": "/bin/false",
                    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.worktree", "GIT_CONFIG_VALUE_0": "/",
                ])
            #expect(result.status == 1)
            #expect(result.errors == "")
            #expect(try result.rules().contains("tg-name-short"))
        }
    }

    @Test("A folder has no bucket's times, name or commands")
    func localFolder() async throws {
        try await withTemporaryFolder { folder in
            let build = folder.appending(path: "1369419412041371648")
            try write(
                ["build-log.txt": "done", "finished.json": "{\"timestamp\": 1787400000, \"passed\": true}"], in: build)
            let result = try await bucketbot([
                "layout", build.path, "--format", "json", "--as-of", "2027-08-22T00:00:00Z",
            ])
            let location = try #require((result.json()["locations"] as? [[String: Any]])?.first)
            let builds = try #require(location["builds"] as? [[String: Any]])
            #expect(builds.first?["id"] as? String == "1369419412041371648")
            let rules = try result.rules()
            #expect(rules.contains("layout-started-missing"))
            #expect(!rules.contains("layout-timestamp-skew"))
            #expect(!rules.contains("stale-entry"))
            #expect(!result.output.contains("gcloud"))
            #expect(!result.output.contains("gs://"))
            #expect(builds.first?["location"] as? String == build.path + "/")
        }
    }

    @Test("A folder without any time is judged by what is in it")
    func localFolderWithoutTimes() async throws {
        try await withTemporaryFolder { folder in
            try write(["7/artifacts/junit_01.xml": "<testsuite/>"], in: folder)
            let result = try await bucketbot(["layout", folder.path, "--format", "json"])
            #expect(result.status == 1)
            let location = try #require((result.json()["locations"] as? [[String: Any]])?.first)
            #expect(location["newest"] is NSNull)
        }
    }

    @Test("A link out of the checkout is named, and what it leads to is not read")
    func linkOutside() async throws {
        try await withTree { folder in
            let link = folder.appending(path: "config/testgrids/acme/passwd.yaml").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
            let result = try await bucketbot(["check", "--checkout", folder.path, "--offline"])
            #expect(
                result.errors
                    == "bucketbot: config/testgrids/acme/passwd.yaml: a link that leads to no file of the checkout; "
                    + "what it leads to was not read.\n")
        }
    }

    @Test("Without git only --base is missed")
    func noGit() async throws {
        try await withTree { folder in
            let arguments = ["check", "--checkout", folder.path, "--storage-url", "file://" + folder.path]
            let probed = try await bucketbot(arguments, environment: ["PATH": folder.path])
            #expect(probed.status == 1)
            #expect(probed.errors == "")
            let compared = try await bucketbot(arguments + ["--base", "master"], environment: ["PATH": folder.path])
            #expect(compared.status == 2)
            #expect(
                compared.errors
                    == "bucketbot: --base asks git, and there is none here. Install git, or put its folder into PATH.\n"
            )
        }
    }
}
