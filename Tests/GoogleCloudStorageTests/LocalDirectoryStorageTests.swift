import BotCore
import Foundation
import TestSupport
import Testing

@testable import GoogleCloudStorage

/// A folder that is asked as a bucket is.
@Suite struct LocalDirectoryStorageTests {
    private func withBucket(
        _ objects: [String: [UInt8]], _ body: (URL, LocalDirectoryStorage) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            for (name, bytes) in objects { try BucketFolder.write(name, bytes, into: folder.path + "/b") }
            try await body(folder.appending(path: "b"), BucketFolder.storage(folder))
        }
    }

    private func page(
        _ storage: LocalDirectoryStorage, _ prefix: String = "", isDelimited: Bool = true
    ) async throws -> ListPage? {
        let question = ListQuestion(bucket: "b", prefix: prefix, isDelimited: isDelimited)
        guard case .answered(let page) = try await storage.list(question).outcome else { return nil }
        return page
    }

    @Test("a folder keeps the contract of object storage", arguments: ObjectStorageContract.allCases)
    func contract(clause: ObjectStorageContract) async throws {
        try await withTemporaryFolder { folder in
            try BucketFolder.writeContract(into: folder)
            try await clause.check(BucketFolder.storage(folder))
        }
    }

    @Test("a given folder can itself be the bucket, whatever name is asked for")
    func folderAsBucket() async throws {
        try await withBucket(["1/started.json": Array("{}".utf8)]) { folder, _ in
            let storage = BucketFolder.storage(folder, .bucket)
            let listed = try await storage.list(ListQuestion(bucket: "any", prefix: ""))
            #expect(listed.outcome.map(\.prefixes) == .answered(["1/"]))
            let read = try await storage.read(bucket: "any", object: "1/started.json", byteLimit: 9)
            #expect(read.outcome == .answered(ObjectContent(bytes: Array("{}".utf8))))
            #expect(read.evidence.request == "read file://\(folder.path)/1/started.json")
            #expect(read.counts == RequestCounts())
        }
    }

    @Test("a folder without a file does not exist, however deep")
    func emptyFolders() async throws {
        try await withBucket(["full/x": []]) { folder, storage in
            let empty = folder.appending(path: "empty/within/empty")
            try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
            #expect(try await page(storage)?.prefixes == ["full/"])
            #expect(try await page(storage, "empty/")?.prefixes == [])
        }
    }

    @Test("an offset inside a prefix keeps it as long as an object below it is not before")
    func offsetInsidePrefix() async throws {
        try await withBucket(["1/a/b": [], "1/c": [], "2/x": []]) { _, storage in
            for (offset, prefixes) in [("1/a/b", ["1/", "2/"]), ("1/c", ["1/", "2/"]), ("1/d", ["2/"]), ("2/y", [])] {
                let answer = try await storage.list(ListQuestion(bucket: "b", prefix: "", startOffset: offset))
                #expect(answer.outcome.map(\.prefixes) == .answered(prefixes), "\(offset)")
            }
        }
    }

    @Test("symbolic links are no objects, and lead nowhere")
    func links() async throws {
        try await withBucket(["real/secret.txt": Array("x".utf8)]) { folder, storage in
            let files = FileManager.default
            try files.createSymbolicLink(atPath: folder.path + "/file.txt", withDestinationPath: "real/secret.txt")
            try files.createSymbolicLink(atPath: folder.path + "/folder", withDestinationPath: "/etc")
            try files.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: ".")
            try files.createSymbolicLink(atPath: folder.path + "/../other", withDestinationPath: "b")
            #expect(try await page(storage, isDelimited: false)?.objects.map(\.name) == ["real/secret.txt"])
            for name in ["file.txt", "folder/passwd", "loop/real/secret.txt"] {
                let read = try await storage.read(bucket: "b", object: name, byteLimit: 9)
                #expect(read.outcome == .noSuchObject, "\(name)")
            }
            #expect(try await page(storage, "folder/") == ListPage(objects: [], prefixes: [], nextPageToken: nil))
            let linked = try await storage.list(ListQuestion(bucket: "other", prefix: ""))
            #expect(linked.outcome == .refused(.noSuchBucket))
        }
    }

    @Test(
        "no name leads out of the folder",
        arguments: ["../b/x", "..", ".", "", "/x", "a//x", "a/../x", "./x", "x/", "a/./x", "x\0y", "/etc/passwd"])
    func names(name: String) async throws {
        try await withBucket(["x": Array("x".utf8), "a/x": []]) { _, storage in
            let object = try await storage.read(bucket: "b", object: name, byteLimit: 9)
            #expect(object.outcome == .noSuchObject)
            let bucket = try await storage.read(bucket: name, object: "x", byteLimit: 9)
            #expect(bucket.outcome == .refused(.noSuchBucket))
            let listed = try await storage.list(ListQuestion(bucket: "b", prefix: name + "/"))
            #expect(listed.outcome == .answered(ListPage(objects: [], prefixes: [], nextPageToken: nil)))
        }
    }

    @Test("a root that is not there says nothing about any bucket")
    func noRoot() async throws {
        try await withTemporaryFolder { folder in
            let storage = BucketFolder.storage(folder.appending(path: "gone"))
            let listed = try await storage.list(ListQuestion(bucket: "b", prefix: ""))
            #expect(listed.outcome == .unknown(reason: "the folder \(folder.path)/gone is not there"))
            let read = try await storage.read(bucket: "b", object: "x", byteLimit: 1)
            #expect(read.outcome == .unknown(reason: "the folder \(folder.path)/gone is not there"))
        }
    }

    @Test("a folder that this user may not read is denied")
    func denied() async throws {
        try await withBucket(["closed/x": [], "open/x": []]) { folder, storage in
            let closed = folder.appending(path: "closed").path
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
            defer { restore(closed) }
            try OtherUser.run {
                let question = ListQuestion(bucket: "b", prefix: "closed/")
                #expect(storage.outcome(of: question) == .refused(.denied))
                #expect(storage.outcome(of: ListQuestion(bucket: "b", prefix: "")) == .refused(.denied))
                let file = storage.openObject(bucket: "b", object: "closed/x").map { _ in 0 }
                #expect(file == .refused(.denied))
                let open = storage.outcome(of: ListQuestion(bucket: "b", prefix: "open/"))
                #expect(open.map(\.objects.count) == .answered(1))
            }
        }
    }

    private func restore(_ path: String) {
        do {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        } catch {
            Issue.record(error)
        }
    }

    @Test("the file's time is the object's, and one that cannot be true is not known")
    func times() async throws {
        try await withBucket(["new": [], "old": []]) { folder, storage in
            let time = Date(timeIntervalSince1970: 1_700_000_000)
            let ancient = Date(timeIntervalSince1970: 100)
            try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: folder.path + "/new")
            try FileManager.default.setAttributes([.modificationDate: ancient], ofItemAtPath: folder.path + "/old")
            #expect(try await page(storage)?.objects.map(\.updated) == [time, nil])
            #expect(try await page(storage)?.objects.map(\.timeCreated) == [time, nil])
        }
    }

    @Test("pipes and names that are not UTF-8 are no objects, and nothing waits for them")
    func oddFiles() async throws {
        try await withBucket(["x": []]) { folder, storage in
            #expect(mkfifo(folder.path + "/pipe", 0o644) == 0)
            let descriptor = open((folder.path + "/").utf8CString.dropLast().map { $0 } + [-1, -2, 0], O_CREAT, 0o644)
            #expect(descriptor >= 0)
            close(descriptor)
            #expect(try await page(storage)?.objects.map(\.name) == ["x"])
            let read = try await storage.read(bucket: "b", object: "pipe", byteLimit: 9)
            #expect(read.outcome == .noSuchObject)
        }
    }

    @Test("folders that lie deeper than the limit are unknown, not absent")
    func depth() async throws {
        let deep = String(repeating: "d/", count: 70)
        try await withBucket([deep + "x": []]) { _, storage in
            let listed = try await storage.list(ListQuestion(bucket: "b", prefix: "", isDelimited: false))
            #expect(listed.outcome == .unknown(reason: "folders lie more than 64 deep"))
        }
    }

    @Test("a canceled task gets CancellationError")
    func cancellation() async throws {
        try await withBucket(["x": []]) { _, storage in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await storage.list(ListQuestion(bucket: "b", prefix: ""))
            }
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }
}
