import BotCore
import Foundation
import GitHubAPI
import Synchronization
import TestSupport
import Testing

@testable import Bot

@Suite("Reading the registry of a tree")
struct RegistryReaderTests {
    private final class Contents: Sendable {
        let texts: [String: String?]
        let asked = Mutex<[[String]]>([])

        init(_ texts: [String: String?]) { self.texts = texts }

        func reader(_ parsed: ParsedFiles = ParsedFiles()) -> RegistryReader {
            RegistryReader(
                parsed: parsed,
                contents: { blobs in
                    self.asked.withLock { $0.append(blobs) }
                    var found: [String: BlobContent] = [:]
                    for blob in blobs {
                        guard let text = self.texts[blob] else { continue }
                        found[blob] = text.map { .bytes(Array($0.utf8)) } ?? .tooLarge(limitBytes: 1)
                    }
                    return found
                })
        }
    }

    private let tree = FileTree(blobs: [
        "kettle/buckets.yaml": "1", "README.md": "2", "config/testgrids/a.yaml": "3", "config/testgrids/b.yaml": "3",
    ])

    @Test("Only files of the registry are read, each content once, and none twice")
    func once() async throws {
        let contents = Contents(["1": "gs://acme-results/logs/:\n  contact: a\n", "3": "test_groups:\n- name: g\n"])
        let reader = contents.reader()
        let registry = try await reader.read(tree, policy: Policy()).registry
        #expect(registry.buckets.map(\.key) == ["gs://acme-results/logs/"])
        #expect(registry.groups.map(\.path) == ["config/testgrids/a.yaml", "config/testgrids/b.yaml"])
        _ = try await reader.read(tree, policy: Policy())
        #expect(contents.asked.withLock { $0 } == [["1", "3"]])
    }

    @Test("A file that is too large is a finding of its own")
    func tooLarge() async throws {
        let contents = Contents(["1": nil, "3": "test_groups: []\n"])
        let registry = try await contents.reader().read(tree, policy: Policy()).registry
        #expect(registry.file(at: "kettle/buckets.yaml")?.source.isUnreadable == true)
        let findings = RegistryCheck.findings(in: registry, policy: Policy())
        #expect(findings.contains { $0.rule == "buckets-yaml-parse" })
    }

    @Test("A file that GitHub does not have is told, and the others are read")
    func missing() async throws {
        let reading = try await Contents(["3": "test_groups:\n- name: g\n"]).reader().read(tree, policy: Policy())
        #expect(reading.unreadFiles.map(\.path) == ["kettle/buckets.yaml"])
        #expect(reading.registry.groups.count == 2)
    }

    @Test("Many files are read in portions, and all of them together have a bound")
    func portions() async throws {
        let big = String(repeating: " ", count: 1 << 20)
        let blobs = (0..<120).map { (ExactText("config/testgrids/\($0).yaml"), "\($0)") }
        let contents = Contents(Dictionary(uniqueKeysWithValues: blobs.map { ($0.1, Optional(big)) }))
        let reader = contents.reader()
        let tree = FileTree(blobs: Dictionary(uniqueKeysWithValues: blobs))
        await #expect(throws: RegistryTooLarge.self) { try await reader.read(tree, policy: Policy()) }
        #expect(contents.asked.withLock { $0.map(\.count) } == [100])
        #expect(reader.parsed.byteCount == 0)
    }

    @Test("Parsed files that were not used for long are forgotten")
    func forgetting() {
        let parsed = ParsedFiles(byteLimit: 100)
        func key(_ name: String) -> ParsedFiles.Key { ParsedFiles.Key(path: name, kind: .owners, blob: "1") }
        func keep(_ name: String, _ count: Int) {
            parsed.keep(RegistryFile(path: name, kind: .owners, bytes: []), for: key(name), byteCount: count)
        }
        keep("a", 30)
        keep("b", 40)
        #expect(parsed.find(key("a")) != nil)
        keep("c", 40)
        #expect(parsed.find(key("b")) == nil)
        #expect(parsed.find(key("a")) != nil)
        #expect(parsed.find(key("c")) != nil)
        keep("d", 101)
        #expect(parsed.find(key("d")) == nil)
        #expect(parsed.byteCount <= 100)
    }

    @Test("A file that was renamed is compared with what it was")
    func renamed() async throws {
        let sorter = RegistryFileSorter(paths: RegistryPaths())
        let changes = [
            ChangedFile(path: "config/testgrids/z.yaml", status: .renamed(from: "config/testgrids/a.yaml"), blob: "4")
        ]
        let moved = tree.moving(changes, sorter)
        #expect(moved.blobs["config/testgrids/a.yaml"] == nil)
        #expect(moved.blobs["config/testgrids/z.yaml"] == "3")
        let away = [ChangedFile(path: "z.txt", status: .renamed(from: "config/testgrids/a.yaml"), blob: "3")]
        #expect(tree.moving(away, sorter) == tree)
    }
}
