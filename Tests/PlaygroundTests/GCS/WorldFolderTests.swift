import Foundation
import Playground
import TestSupport
import Testing

@Suite("Example worlds in a folder")
struct WorldFolderTests {
    private func world(_ files: [String: String]) async throws -> StandInWorld {
        try await withTemporaryFolder { folder in
            for (path, text) in files {
                let url = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            return try StandInWorld(folder: folder, now: someDay)
        }
    }

    @Test("Files are objects, and their times count from now")
    func objects() async throws {
        let world = try await world([
            "acme/logs/ci/{{now-1d.snowflake}}/started.json":
                #"{"timestamp": {{now-1d.seconds}}, "x": "{{mustache}}"}"#,
            "acme/logs/ci/latest-build.txt": "{{now-1d.snowflake}}",
            "acme/.hidden/x": "not an object",
            "README.md": "not a bucket",
        ])
        let bucket = try #require(world[bucket: "acme"])
        let id = (Int64(1_779_913_600_000) - 1_288_834_974_657) << 22 | 1 << 12
        #expect(bucket.objects.map(\.name.description) == ["logs/ci/\(id)/started.json", "logs/ci/latest-build.txt"])
        #expect(bucket.objects.map(\.timeCreated) == [someDay - 86_400, someDay])
        let started = bucket.objects.first.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(started == #"{"timestamp": 1779913600, "x": "{{mustache}}"}"#)
        #expect(world.buckets.count == 1)
    }

    @Test("A file beside the bucket says how it behaves")
    func settings() async throws {
        let world = try await world([
            "acme/logs/ci/1/build-log.txt": "hello",
            "acme/logs/old/1/started.json": "{}",
            "acme.json": """
            {"access": "list-only", "privateSince": "now-2d", "uploaded": {"logs/": "now-1d", "logs/old/": "now-200d"},
             "gzipped": ["build-log.txt"], "metadata": {"logs/ci/1/build-log.txt": {"at": "{{now.date}}"}},
             "jobs": [{"directory": "logs/huge", "ids": "sequential", "count": 1234, "newest": "now-1h"}]}
            """,
            "empty.json": #"{"access": "private"}"#,
        ])
        let bucket = try #require(world[bucket: "acme"])
        #expect(bucket.access == .listOnly(privateSince: someDay - 2 * 86_400))
        #expect(bucket.objects.map(\.timeCreated) == [someDay - 86_400, someDay - 200 * 86_400])
        #expect(bucket.objects.map(\.isGzipped) == [true, false])
        #expect(bucket.objects.first?.metadata == ["at": "2026-05-28"])
        #expect(bucket.jobs.map(\.directory) == ["logs/huge/"])
        #expect(bucket.jobs.map(\.count) == [1234])
        #expect(world[bucket: "empty"]?.access == .private)
    }

    @Test(
        "A mistake names its file",
        arguments: [
            ["acme/x": "{{now-3y}}"], ["acme/x": "{{now-3d"], ["acme/{{nowhere}}": ""],
            ["acme.json": #"{"acces": "private"}"#],
            ["acme.json": #"{"access": "open"}"#], ["acme.json": "{"], ["acme.json": #"{"privateSince": 3}"#],
            ["acme.json": #"{"access": "list-only", "privateSince": "yesterday"}"#],
            ["acme.json": #"{"jobs": [{"directory": "a", "ids": "odd", "count": 1, "newest": "now"}]}"#],
            [
                "acme.json": """
                {"jobs": [{"directory": "a", "ids": "snowflake", "count": 1, "newest": "now"},
                          {"directory": "a/b", "ids": "snowflake", "count": 1, "newest": "now"}]}
                """
            ],
        ])
    func mistakes(files: [String: String]) async throws {
        let error = await #expect(throws: WorldFolderError.self) { try await world(files) }
        guard case .file(let path, _) = error else {
            Issue.record("\(String(describing: error)) names no file")
            return
        }
        #expect(Set(files.keys) == [path])
    }
}
