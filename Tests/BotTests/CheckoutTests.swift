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
}
