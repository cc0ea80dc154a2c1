import BotCore
import Foundation
import Subprocess
import TestSupport
import Testing

@testable import Bot

@Suite struct CheckoutTests {
    private static let group = """
        test_groups:
        - name: acme-e2e
          gcs_prefix: acme/logs/acme-e2e
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e

        """

    private func write(_ text: String, to path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    private func withRepository(_ body: (URL) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try write(Self.group, to: "config/testgrids/acme/acme.yaml", in: folder)
            try write("approvers: [jdoe]\n", to: "config/testgrids/acme/OWNERS", in: folder)
            try await git(["init", "-q", "-b", "master"], in: folder)
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "first"], in: folder)
            try await body(folder)
        }
    }

    @Test("Reads the files of the registry and no others")
    func files() async throws {
        try await withRepository { folder in
            try write("not: registry\n", to: "config/other.yaml", in: folder)
            try write("x: y\n", to: "config/testgrids/acme/.git/x.yaml", in: folder)
            let files = try await Checkout(path: folder.path).registryFiles(policy: Policy())
            #expect(files.map(\.path).sorted() == ["config/testgrids/acme/OWNERS", "config/testgrids/acme/acme.yaml"])
        }
    }

    @Test("Does not follow links out of the checkout")
    func links() async throws {
        try await withRepository { folder in
            let link = folder.appending(path: "config/testgrids/acme/passwd.yaml")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: URL(filePath: "/etc/passwd"))
            let files = try await Checkout(path: folder.path).registryFiles(policy: Policy())
            #expect(!files.contains { $0.path.hasSuffix("passwd.yaml") })
        }
    }

    @Test("A tree without a registry says what was looked for")
    func noRegistry() async throws {
        try await withTemporaryFolder { folder in
            try write("hello\n", to: "README.md", in: folder)
            let error = try await #require(throws: CheckoutError.self) {
                _ = try await Checkout(path: folder.path).registryFiles(policy: Policy())
            }
            #expect(error.description.contains("kettle/buckets.yaml"))
        }
        #expect(throws: CheckoutError.noFolder("/nonexistent/tree")) { _ = try Checkout(path: "/nonexistent/tree") }
    }

    @Test("The base is where the branches parted, and only what differs is read again")
    func base() async throws {
        try await withRepository { folder in
            try await git(["checkout", "-q", "-b", "topic"], in: folder)
            try write(Self.group + "# one more line\n", to: "config/testgrids/acme/acme.yaml", in: folder)
            try write("approvers: [jdoe]\n", to: "config/testgrids/new/OWNERS", in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "config/testgrids/acme/OWNERS"))
            let checkout = try Checkout(path: folder.path)
            let head = try await checkout.registryFiles(policy: Policy())
            let base = try await checkout.baseFiles(revision: "master", head: head, policy: Policy())
            #expect(base.map(\.path).sorted() == ["config/testgrids/acme/OWNERS", "config/testgrids/acme/acme.yaml"])
            let old = try #require(base.first { $0.path.hasSuffix("acme.yaml") })
            #expect(old.source.lines.bytes == Array(Self.group.utf8))
        }
    }

    @Test("What git cannot answer is named, with the way out")
    func gitErrors() async throws {
        try await withRepository { folder in
            let checkout = try Checkout(path: folder.path)
            await #expect(throws: CheckoutError.unknownRevision("nowhere")) {
                _ = try await checkout.baseFiles(revision: "nowhere", head: [], policy: Policy())
            }
            await #expect(throws: CheckoutError.unknownRevision("--output=/tmp/x")) {
                _ = try await checkout.baseFiles(revision: "--output=/tmp/x", head: [], policy: Policy())
            }
        }
        try await withTemporaryFolder { folder in
            let checkout = try Checkout(path: folder.path)
            await #expect(throws: CheckoutError.self) {
                _ = try await checkout.baseFiles(revision: "master", head: [], policy: Policy())
            }
        }
    }

    @Test("A shallow clone is told what to fetch")
    func shallow() async throws {
        try await withRepository { folder in
            try await git(["checkout", "-q", "-b", "topic"], in: folder)
            for number in 1...3 {
                try write("# \(number)\n" + Self.group, to: "config/testgrids/acme/acme.yaml", in: folder)
                try await git(["commit", "-q", "-am", "change \(number)"], in: folder)
            }
            try await withTemporaryFolder { clones in
                let clone = clones.appending(path: "clone")
                let source = "file://" + folder.path
                try await git(["clone", "-q", "--depth", "1", "--branch", "topic", source, clone.path], in: clones)
                let checkout = try Checkout(path: clone.path)
                let error = try await #require(throws: CheckoutError.self) {
                    _ = try await checkout.baseFiles(revision: "origin/master", head: [], policy: Policy())
                }
                #expect(error == .shallow("origin/master"))
                #expect(error.description.contains("fetch-depth: 0"))
            }
        }
    }

    @Test("A link to another file of the checkout is read under its own name, then and now")
    func linkInside() async throws {
        try await withRepository { folder in
            try write("test_groups:\n- name: linked\n", to: "shared/linked.yaml", in: folder)
            let link = folder.appending(path: "config/testgrids/acme/linked.yaml").path
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "../../../shared/linked.yaml")
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "linked"], in: folder)
            try write("test_groups:\n- name: linked\n- name: more\n", to: "shared/linked.yaml", in: folder)
            let checkout = try Checkout(path: folder.path)
            let head = try await checkout.registryFiles(policy: Policy())
            let base = try await checkout.baseFiles(revision: "master", head: head, policy: Policy())
            let counts = [head, base].map { files in
                Registry(files: files, policy: Policy()).groups.count { $0.path.hasSuffix("linked.yaml") }
            }
            #expect(counts == [2, 1])
        }
    }

    @Test("Paths with line breaks, and two that look alike, are told apart in the base")
    func strangePaths() async throws {
        try await withRepository { folder in
            let names = ["a\nb", "caf\u{E9}", "cafe\u{301}"]
            for name in names {
                try write("test_groups:\n- name: x\n", to: "config/testgrids/\(name).yaml", in: folder)
            }
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "strange"], in: folder)
            for name in names.dropFirst() {
                try write("test_groups:\n- name: \(name)\n", to: "config/testgrids/\(name).yaml", in: folder)
            }
            try write("test_groups:\n- name: y\n", to: "config/testgrids/a\nb.yaml", in: folder)
            let checkout = try Checkout(path: folder.path)
            let head = try await checkout.registryFiles(policy: Policy())
            let base = try await checkout.baseFiles(revision: "master", head: head, policy: Policy())
            #expect(head.count == 5 && base.count == 5)
            let old = Registry(files: base, policy: Policy())
            for name in names {
                #expect(old.file(at: "config/testgrids/\(name).yaml")?.source.lines.text(of: 2) == "- name: x")
            }
        }
    }

    @Test("A file that git was told to ignore is new all the same")
    func ignored() async throws {
        try await withRepository { folder in
            try write("*.yaml\n", to: ".git/info/exclude", in: folder)
            try write("test_groups:\n- name: x\n", to: "config/testgrids/ignored.yaml", in: folder)
            let checkout = try Checkout(path: folder.path)
            let head = try await checkout.registryFiles(policy: Policy())
            let base = try await checkout.baseFiles(revision: "master", head: head, policy: Policy())
            #expect(head.count == 3)
            #expect(!base.contains { $0.path.hasSuffix("ignored.yaml") })
        }
    }

    @Test("A folder that nobody may read stops a check only where the registry may be in it")
    func unreadableFolder() async throws {
        try await withRepository { folder in
            try write("x: y\n", to: "docs/secret/x.yaml", in: folder)
            let checkout = try Checkout(path: folder.path)
            let sorter = RegistryFileSorter(paths: Policy().paths)
            for (path, isNeeded) in [("docs/secret", false), ("config/testgrids/acme", true)] {
                let closed = folder.appending(path: path).path
                try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
                defer { chmod(closed, 0o755) }
                try OtherUser.run {
                    if isNeeded {
                        #expect(throws: CheckoutError.self) { _ = try checkout.paths(sorter) }
                    } else {
                        let found = try checkout.paths(sorter)
                        #expect(found.count == 2)
                    }
                }
            }
        }
    }

    @Test("Each entry is as old as the commit that wrote its name, however many there are in a file")
    func ages() async throws {
        try await withTemporaryFolder { folder in
            try write("test_groups:\n- name: a-b\n", to: "config/testgrids/x.yaml", in: folder)
            try write("\"gs://a/b/\":\n  prefix: \"a:\"\n", to: "kettle/buckets.yaml", in: folder)
            try await git(["init", "-q", "-b", "master"], in: folder)
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "first"], in: folder, at: "2026-01-01T00:00:00Z")
            try write("test_groups:\n- name: a-b\n- name: \"a\"\n", to: "config/testgrids/x.yaml", in: folder)
            try await git(["commit", "-q", "-am", "second"], in: folder, at: "2026-01-11T00:00:00Z")
            try write(
                "test_groups:\n- name: a-b\n- name: \"a\"\n- name: new\n", to: "config/testgrids/x.yaml", in: folder)
            let checkout = try Checkout(path: folder.path)
            let registry = Registry(files: try await checkout.registryFiles(policy: Policy()), policy: Policy())
            let now = try #require(PlausibleTime.date(rfc3339: "2026-01-21T12:00:00Z"))
            let ages = EntryAges(checkout: checkout, change: nil, now: now, hasWholeHistory: true)
            let days = try await ages.days(of: registry.entries.compactMap(registry.probeTarget))
            #expect(
                days.known == [.bucket("gs://a/b/"): 20, .testGroup("a-b"): 20, .testGroup("a"): 10])
            #expect(days.unreadFiles == 0)
        }
    }

    @Test("Histories beyond the limit are counted, not read")
    func agesLimit() async throws {
        try await withTemporaryFolder { folder in
            let count = EntryAges.filesReadAtMost + 2
            for number in 0..<count {
                let path = "config/testgrids/\(number).yaml"
                try write("test_groups:\n- name: group-\(number)\n", to: path, in: folder)
            }
            try await git(["init", "-q", "-b", "master"], in: folder)
            try await git(["add", "."], in: folder)
            try await git(["commit", "-q", "-m", "first"], in: folder)
            let checkout = try Checkout(path: folder.path)
            let registry = Registry(files: try await checkout.registryFiles(policy: Policy()), policy: Policy())
            let ages = EntryAges(checkout: checkout, change: nil, now: Date(), hasWholeHistory: true)
            let days = try await ages.days(of: registry.entries.compactMap(registry.probeTarget))
            #expect(days.unreadFiles == 2)
            #expect(days.known.count == count - 2)
        }
    }
}
