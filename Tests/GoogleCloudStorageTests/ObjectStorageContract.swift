import BotCore
import Foundation
import GoogleCloudStorage
import Testing

/// What everything that calls itself object storage must do, as Google Cloud Storage documents it.
///
/// Each case asks a storage that holds `ObjectStorageContract.seeds`, and nothing else.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/objects/list.
enum ObjectStorageContract: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case oneLevel = "a delimited listing has one level, its names in the order of their bytes"
    case everything = "a listing without delimiter has everything below, in the order of the bytes"
    case partialPrefix = "a prefix need not end in a slash"
    case nothingFound = "a prefix that nothing has is an empty page"
    case emptyBucket = "an empty bucket is an empty page"
    case facts = "a listing has sizes and times"
    case offsetIsInclusive = "startOffset is the first name that may appear"
    case offsetOfPrefix = "startOffset at a prefix's own name keeps that prefix, and drops those before it"
    case offsetBehindAll = "a startOffset behind everything is an empty page"
    case offsetOfNewerBuilds = "startOffset finds the builds whose ids are as long and larger"
    case pagesOfObjects = "pages of objects come to the whole listing"
    case pagesOfPrefixes = "objects and prefixes are counted together, and pages come to the whole listing"
    case pagesWithOffset = "pages begin at startOffset"
    case content = "an object is read byte for byte"
    case emptyContent = "an empty object has no bytes"
    case longContent = "a long object is read whole, or to the byte limit"
    case oddNames = "names with reserved characters are listed and read"
    case missingObject = "a missing object is missing, before and after its bucket is known"
    case missingBucketListed = "a missing bucket is refused to a listing"
    case missingBucketRead = "a missing bucket is refused to a get"

    var testDescription: String { rawValue }

    /// The bucket of nearly all cases.
    static let bucket = "contract-bucket"

    /// Names that mean something in a URL, in a shell or to a normaliser of text.
    static let reservedNames = [
        "odd/a b.txt", "odd/a#b.txt", "odd/a%2Fb.txt", "odd/a%b.txt", "odd/a&b=c.txt", "odd/a+b.txt", "odd/a?b.txt",
        "odd/e\u{301}.txt", "odd/é.txt", "odd/日本.txt",
    ]

    /// 200,000 bytes, not one like its neighbors.
    static let longBytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// An object to begin with.
    struct Seed: Sendable {
        /// Its bucket.
        let bucket: String
        /// Its whole name.
        let name: String
        /// What it holds.
        let bytes: [UInt8]
    }

    /// The buckets that the storage holds.
    static let bucketNames = [bucket, "empty-bucket"]

    /// What the storage holds; a list, since Swift takes the two forms of one letter for the same key.
    static var seeds: [Seed] {
        var seeds = [
            ("logs/Zed/1/started.json", ""), ("logs/job-b/7/started.json", "{}"), ("logs/job.txt", "text"),
            ("logs/job/1/started.json", "{}"), ("logs/job/1/artifacts/junit_01.xml", "<testsuite/>"),
            ("logs/job/10/started.json", "{}"), ("logs/job/10/finished.json", "{}"),
            ("logs/job/2/started.json", "{}"), ("logs/job/latest-build.txt", "10\n"),
            ("logs/snow/1369419412041371647/started.json", ""), ("logs/snow/1369419412041371648/started.json", ""),
            ("logs/snow/1369419412041371649/started.json", ""), ("zero.txt", ""), ("builds/112.txt", ""),
        ].map { Seed(bucket: bucket, name: $0.0, bytes: Array($0.1.utf8)) }
        for number in 100..<125 {
            seeds.append(Seed(bucket: bucket, name: "many/\(number).txt", bytes: []))
            seeds.append(Seed(bucket: bucket, name: "builds/\(number)/started.json", bytes: []))
        }
        seeds += reservedNames.map { Seed(bucket: bucket, name: $0, bytes: Array($0.utf8)) }
        return seeds + [Seed(bucket: bucket, name: "long.bin", bytes: longBytes)]
    }

    /// Asks and judges.
    ///
    /// - Parameter storage: Holds `seeds`; no question has been asked of it.
    /// - Throws: Whatever keeps a case from being judged.
    func check(_ storage: any ObjectStorage) async throws {
        switch self {
        case .oneLevel, .everything, .partialPrefix, .nothingFound, .emptyBucket, .facts:
            try await checkListing(storage)
        case .offsetIsInclusive, .offsetOfPrefix, .offsetBehindAll, .offsetOfNewerBuilds:
            try await checkOffset(storage)
        case .pagesOfObjects, .pagesOfPrefixes, .pagesWithOffset:
            try await checkPages(storage)
        case .content, .emptyContent, .longContent, .oddNames:
            try await checkContent(storage)
        case .missingObject, .missingBucketListed, .missingBucketRead:
            try await checkMissing(storage)
        }
    }

    private func checkListing(_ storage: any ObjectStorage) async throws {
        switch self {
        case .oneLevel:
            let page = try await Self.page(storage, "logs/")
            #expect(Self.names(page) == ["logs/job.txt"])
            #expect(page.prefixes == ["logs/Zed/", "logs/job-b/", "logs/job/", "logs/snow/"])
        case .everything:
            let page = try await Self.page(storage, "", isDelimited: false)
            #expect(Self.names(page).map { Array($0.utf8) } == Self.bytes(Self.seeds.map(\.name)))
            #expect(page.prefixes == [])
        case .partialPrefix:
            let page = try await Self.page(storage, "logs/jo")
            #expect(Self.names(page) == ["logs/job.txt"])
            #expect(page.prefixes == ["logs/job-b/", "logs/job/"])
            #expect(try await Self.page(storage, "logs/job").prefixes == ["logs/job-b/", "logs/job/"])
            #expect(try await Self.names(Self.page(storage, "logs/job/1/sta")) == ["logs/job/1/started.json"])
        case .nothingFound:
            for prefix in ["nothing/", "logs/job/1/started.json/", "logs/job/3", "zz"] {
                #expect(try await Self.page(storage, prefix) == ListPage(objects: [], prefixes: [], nextPageToken: nil))
            }
        case .emptyBucket:
            let answer = try await storage.list(ListQuestion(bucket: "empty-bucket", prefix: ""))
            #expect(answer.outcome == .answered(ListPage(objects: [], prefixes: [], nextPageToken: nil)))
        default:
            let object = try #require(try await Self.page(storage, "logs/job/latest").objects.first)
            #expect(object.size == 3)
            #expect(object.timeCreated != nil)
            #expect(object.updated != nil)
            #expect(object.metadata == [:])
        }
    }

    private func checkOffset(_ storage: any ObjectStorage) async throws {
        switch self {
        case .offsetIsInclusive:
            let page = try await Self.page(storage, "many/", from: "many/123.txt")
            #expect(Self.names(page) == ["many/123.txt", "many/124.txt"])
            #expect(try await Self.names(Self.page(storage, "many/", from: "many/123.txt0")) == ["many/124.txt"])
        case .offsetOfPrefix:
            // An offset inside a prefix is left out: Google's documentation filters objects, so that the prefix would
            // stay, which is what its testbench does; others compare the prefix itself. No question of ours asks it.
            for offset in ["logs/job/10", "logs/job/10/"] {
                let page = try await Self.page(storage, "logs/job/", from: offset)
                #expect(page.prefixes == ["logs/job/10/", "logs/job/2/"])
            }
            let behind = try await Self.page(storage, "logs/job/", from: "logs/job/100")
            #expect(behind.prefixes == ["logs/job/2/"])
            #expect(Self.names(behind) == ["logs/job/latest-build.txt"])
        case .offsetBehindAll:
            let page = try await Self.page(storage, "logs/job/", from: "logs/jobs")
            #expect(page == ListPage(objects: [], prefixes: [], nextPageToken: nil))
        default:
            let page = try await Self.page(storage, "logs/snow/", from: "logs/snow/1369419412041371648")
            #expect(page.prefixes == ["logs/snow/1369419412041371648/", "logs/snow/1369419412041371649/"])
            let newer = try await Self.page(storage, "logs/snow/", from: "logs/snow/1369419412041371650")
            #expect(newer.prefixes == [])
        }
    }

    private func checkPages(_ storage: any ObjectStorage) async throws {
        switch self {
        case .pagesOfObjects:
            for size in [1, 7, 25, 26] {
                let pages = try await Self.pages(
                    storage, ListQuestion(bucket: Self.bucket, prefix: "many/", isDelimited: false, maxResults: size))
                #expect(pages.allSatisfy { $0.objects.count <= size })
                #expect(pages.flatMap(Self.names) == (100..<125).map { "many/\($0).txt" })
            }
        case .pagesOfPrefixes:
            for size in [1, 7, 26, 27] {
                let pages = try await Self.pages(
                    storage, ListQuestion(bucket: Self.bucket, prefix: "builds/", maxResults: size))
                #expect(pages.allSatisfy { $0.objects.count + $0.prefixes.count <= size })
                #expect(pages.flatMap(\.prefixes) == (100..<125).map { "builds/\($0)/" })
                #expect(pages.flatMap(Self.names) == ["builds/112.txt"])
            }
        default:
            let question = ListQuestion(
                bucket: Self.bucket, prefix: "many/", startOffset: "many/119", maxResults: 2)
            let pages = try await Self.pages(storage, question)
            #expect(pages.flatMap(Self.names) == (119..<125).map { "many/\($0).txt" })
        }
    }

    private func checkContent(_ storage: any ObjectStorage) async throws {
        func read(_ name: String, _ byteLimit: Int) async throws -> ObjectContent {
            try Self.answer(await storage.read(bucket: Self.bucket, object: name, byteLimit: byteLimit))
        }
        switch self {
        case .content:
            let content = try await read("logs/job/1/artifacts/junit_01.xml", 100)
            #expect(content == ObjectContent(bytes: Array("<testsuite/>".utf8)))
        case .emptyContent:
            #expect(try await read("zero.txt", 0) == ObjectContent(bytes: []))
        case .longContent:
            let count = Self.longBytes.count
            let isWhole = try await read("long.bin", count) == ObjectContent(bytes: Self.longBytes)
            #expect(isWhole)
            let beginning = try await read("long.bin", count - 1)
            #expect(beginning.bytes.count == count - 1)
            #expect(!beginning.isComplete)
            let streamed = try await storage.withObject(bucket: Self.bucket, object: "long.bin", byteLimit: count) {
                pieces in
                var bytes: [UInt8] = []
                for try await piece in pieces { bytes += piece }
                return bytes
            }
            let isSame = try Self.answer(streamed) == Self.longBytes
            #expect(isSame)
        default:
            let page = try await Self.page(storage, "odd/")
            #expect(Self.names(page).map { Array($0.utf8) } == Self.bytes(Self.reservedNames))
            for name in Self.reservedNames {
                #expect(try await read(name, 100).bytes == Array(name.utf8), "\(name)")
            }
        }
    }

    private func checkMissing(_ storage: any ObjectStorage) async throws {
        func read(_ bucket: String, _ name: String) async throws -> StorageOutcome<ObjectContent> {
            try await storage.read(bucket: bucket, object: name, byteLimit: 100).outcome
        }
        switch self {
        case .missingObject:
            for name in ["logs/job/3/started.json", "logs/job/1/started.json/x", "logs/job", "logs/job/", "nothing"] {
                #expect(try await read(Self.bucket, name) == .noSuchObject, "\(name)")
            }
            _ = try await Self.page(storage, "logs/")
            #expect(try await read(Self.bucket, "nothing") == .noSuchObject)
            #expect(try await read("empty-bucket", "nothing") == .noSuchObject)
        case .missingBucketListed:
            let answer = try await storage.list(ListQuestion(bucket: "no-such-bucket", prefix: "logs/"))
            #expect(answer.outcome == .refused(.noSuchBucket))
        default:
            #expect(try await read("no-such-bucket", "logs/job/1/started.json") == .refused(.noSuchBucket))
        }
    }

    private static func page(
        _ storage: any ObjectStorage, _ prefix: String, isDelimited: Bool = true, from startOffset: String? = nil
    ) async throws -> ListPage {
        let question = ListQuestion(
            bucket: bucket, prefix: prefix, isDelimited: isDelimited, startOffset: startOffset)
        return try answer(await storage.list(question))
    }

    /// All pages of a listing; more than a hundred are no listing that ends.
    private static func pages(_ storage: any ObjectStorage, _ first: ListQuestion) async throws -> [ListPage] {
        var question = first
        var pages: [ListPage] = []
        while pages.count < 100 {
            let page = try answer(await storage.list(question))
            pages.append(page)
            guard let token = page.nextPageToken else { return pages }
            question.pageToken = token
        }
        Issue.record("the listing does not end")
        return pages
    }

    /// Names in the order that storage has them in, as bytes: those differ where Swift finds two forms of a letter equal.
    private static func bytes(_ names: [String]) -> [[UInt8]] {
        names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func names(_ page: ListPage) -> [String] { page.objects.map(\.name) }

    private struct NoAnswer: Error {
        let said: String
    }

    private static func answer<Value>(_ answer: StorageAnswer<Value>) throws -> Value {
        guard case .answered(let value) = answer.outcome else { throw NoAnswer(said: "\(answer)") }
        return value
    }
}
