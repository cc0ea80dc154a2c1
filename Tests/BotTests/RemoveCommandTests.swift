import BotCore
import Foundation
import TestSupport
import Testing

@testable import Bot

@Suite("Removing and putting back in a checkout")
struct RemoveCommandTests {
    private static let acme = "config/testgrids/acme/acme.yaml"
    private static let globex = "config/testgrids/globex/globex.yaml"

    private static func config(_ name: String) -> String {
        """
        test_groups:
        - name: ci-\(name)
          gcs_prefix: k8s-\(name)/logs/ci-\(name)
        - name: ci-\(name)-nightly
          gcs_prefix: k8s-\(name)/logs/ci-\(name)-nightly
        dashboards:
        - name: conformance-\(name)
          dashboard_tab:
          - name: e2e
            test_group_name: ci-\(name)
          - name: nightly
            test_group_name: ci-\(name)-nightly

        """
    }

    private static let files = [
        acme: config("acme"), globex: config("globex"),
        "config/testgrids/default.yaml": "default_test_group:\n  days_of_results: 15\n",
        "config/testgrids/acme/OWNERS": "approvers:\n- alice\n",
        "config/testgrids/globex/OWNERS": "approvers:\n- bob\n",
        "docs/acme.md": "The results of ci-acme are here.\n",
    ]

    private static let left = config("acme")
        .replacing("- name: ci-acme\n  gcs_prefix: k8s-acme/logs/ci-acme\n", with: "")
        .replacing("  - name: e2e\n    test_group_name: ci-acme\n", with: "")

    /// Runs `body` in a git repository that holds the registry.
    private func inRepository(_ body: (URL) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try write(Self.files, in: folder)
            try await git(["init", "--quiet", "--initial-branch=main"], in: folder)
            try await git(["config", "user.name", "Test"], in: folder)
            try await git(["config", "user.email", "test@example.org"], in: folder)
            try await git(["config", "commit.gpgsign", "false"], in: folder)
            try await git(["add", "--all"], in: folder)
            try await git(["commit", "--quiet", "--message=Registry"], in: folder)
            try await body(folder)
        }
    }

    private func text(_ path: String, in folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    private func log(_ format: String, in folder: URL) async throws -> [String] {
        let bytes = try await output(
            of: "/usr/bin/git", ["-C", folder.path, "log", "--format=\(format)"], package: "git")
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("The diff is printed and nothing is written; git takes it")
    func printsDiff() async throws {
        try await inRepository { folder in
            let result = try await bucketbot(["remove", "test-group:ci-acme", "--checkout", folder.path])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("docs/acme.md:1: It names the test group \"ci-acme\"."))
            #expect(try text(Self.acme, in: folder) == Self.config("acme"))
            let patch = folder.appending(path: "removal.patch")
            try result.output.write(to: patch, atomically: true, encoding: .utf8)
            try await git(["apply", patch.path], in: folder)
            #expect(try text(Self.acme, in: folder) == Self.left)
        }
    }

    @Test("With --write the files are edited, as JSON tells; outside of git, too")
    func writes() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.files, in: folder)
            let result = try await bucketbot([
                "remove", "test-group:ci-acme", "--checkout", folder.path, "--write", "--format", "json",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let edits = try #require(result.json()["edits"] as? [[String: Any]])
            #expect(edits.map { $0["path"] as? String } == [Self.acme])
            let deleted = try #require(edits.first?["deleted"] as? [[String: Int]])
            #expect(deleted == [["startLine": 2, "endLine": 3], ["startLine": 9, "endLine": 10]])
            #expect(try text(Self.acme, in: folder) == Self.left)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "config/testgrids/acme").path)
            #expect(Set(names) == ["acme.yaml", "OWNERS"])
        }
    }

    @Test("With --commit each contribution is a commit that can be reverted alone")
    func commits() async throws {
        try await inRepository { folder in
            let selectors = ["test-group:ci-acme", "test-group:ci-globex", "test-group:ci-acme-nightly"]
            let result = try await bucketbot(["remove"] + selectors + ["--checkout", folder.path, "--commit"])
            #expect(result.status == 0, "\(result.errors)")
            let subjects = try await log("%s", in: folder)
            #expect(subjects == ["Remove ci-globex", "Remove ci-acme and 1 more", "Registry"])
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "config/testgrids/acme").path))
            try await git(["diff", "--exit-code", "HEAD"], in: folder)
            try await git(["revert", "--no-edit", "HEAD~1"], in: folder)
            #expect(try text(Self.acme, in: folder) == Self.config("acme"))
            #expect(try text(Self.globex, in: folder) != Self.config("globex"))
        }
    }

    @Test("What is staged or not committed is not drawn into a commit")
    func refusesUncommitted() async throws {
        try await inRepository { folder in
            let arguments = ["remove", "test-group:ci-acme", "--checkout", folder.path, "--commit"]
            try write(["docs/other.md": "new\n"], in: folder)
            try await git(["add", "docs/other.md"], in: folder)
            let staged = try await bucketbot(arguments)
            #expect(staged.status == 2)
            #expect(staged.errors.contains("Something is staged"))
            try await git(["reset", "--quiet"], in: folder)
            try write([Self.acme: Self.config("acme") + "# changed\n"], in: folder)
            let changed = try await bucketbot(arguments)
            #expect(changed.status == 2)
            #expect(changed.errors.contains("\(Self.acme): it has changes that are not committed"))
            #expect(try text(Self.acme, in: folder) == Self.config("acme") + "# changed\n")
        }
    }

    @Test("What a commit took comes back by its name, and an entry by its selector")
    func restores() async throws {
        try await inRepository { folder in
            let checkout = ["--checkout", folder.path]
            let removed = try await bucketbot(
                ["remove", "test-group:ci-acme", "test-group:ci-acme-nightly", "--commit"] + checkout)
            #expect(removed.status == 0, "\(removed.errors)")
            let whole = try await bucketbot(["restore", "HEAD", "--write"] + checkout)
            #expect(whole.status == 0, "\(whole.errors)")
            for (path, text) in Self.files { #expect(try self.text(path, in: folder) == text) }
            try await git(["checkout", "--quiet", "--force", "HEAD"], in: folder)
            try await git(["clean", "--quiet", "--force", "-d"], in: folder)
            let one = try await bucketbot(["restore", "test-group:ci-acme-nightly", "--commit"] + checkout)
            #expect(one.status == 0, "\(one.errors)")
            #expect(try text(Self.acme, in: folder) == Self.left)
            let subjects = try await log("%s", in: folder)
            #expect(subjects.first == "Put back ci-acme-nightly and 2 more")
        }
    }

    @Test("What names nothing, and what was never taken out, ends with 2")
    func unknown() async throws {
        try await inRepository { folder in
            let checkout = ["--checkout", folder.path]
            let wrong = [
                ["remove", "test-group:none"], ["remove"], ["remove", "test-group:ci-acme", "--format", "sarif"],
                ["restore", "test-group:ci-acme"], ["restore", "no-such-commit"], ["restore", "HEAD"],
            ]
            for arguments in wrong {
                let result = try await bucketbot(arguments + checkout)
                #expect(result.status == 2, "\(arguments): \(result.errors)")
            }
        }
    }

    @Test("Outside of a git repository each command says what it wants one for")
    func noRepository() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.files, in: folder)
            let hints = [
                (["remove", "test-group:ci-acme", "--commit"], "Leave --commit out, or give a clone."),
                (["restore", "1b716f02ac"], "what a commit removed stands in its history."),
                (["restore", "test-group:ci-none"], "what a commit removed stands in its history."),
            ]
            for (arguments, hint) in hints {
                let result = try await bucketbot(arguments + ["--checkout", folder.path])
                #expect(result.status == 2)
                #expect(result.errors.contains(hint), "\(arguments): \(result.errors)")
            }
        }
    }

    @Test("A write that fails leaves every file as it was, and nothing beside it")
    func failsWhole() async throws {
        try await withTemporaryFolder { folder in
            try write(Self.files, in: folder)
            let checkout = try Checkout(path: folder.path)
            let registry = Registry(files: try await checkout.registryFiles(policy: Policy()), policy: Policy())
            let plan = try RemovalPlanner(registry: registry, policy: Policy())
                .plan([.testGroup("ci-acme"), .testGroup("ci-globex")])
            #expect(plan.edits.count == 2)
            try write([Self.globex: Self.config("globex") + "# changed\n"], in: folder)
            #expect(throws: EditError.changedMeanwhile(path: Self.globex)) { try checkout.write(plan.edits) }
            #expect(try text(Self.acme, in: folder) == Self.config("acme"))
            // A file that is to be made below another file cannot be written.
            try write(Self.files, in: folder)
            let impossible = try #require(plan.edits.first).reversedBelow(Self.globex)
            #expect(throws: EditError.self) { try checkout.write(plan.edits + [impossible]) }
            for (path, text) in Self.files { #expect(try self.text(path, in: folder) == text) }
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            #expect(!names.contains { $0.contains(".new-") || $0.contains(".old-") })
        }
    }
}

extension FileEdit {
    /// An edit that makes a file below a file.
    fileprivate func reversedBelow(_ path: String) -> FileEdit {
        FileEdit(making: path + "/below.yaml", of: new ?? [])
    }
}
