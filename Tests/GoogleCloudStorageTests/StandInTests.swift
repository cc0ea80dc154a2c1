import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Playground
import Testing

/// The client over real HTTP, against a stand-in that answers as Google Cloud Storage does.
@Suite struct StandInTests {
    private static let time = Date(timeIntervalSince1970: 1_790_000_000)

    private func withClient(
        _ buckets: [StandInBucket], limits: GCSClient.Limits = GCSClient.Limits(retries: RetryBudget(attempts: 1)),
        _ body: (GCSClient, GCSStandIn) async throws -> Void
    ) async throws {
        try await withGCSStandIn(GCSStandIn(buckets)) { standIn, root in
            let transport = try CurlTransport()
            let clock = TestClock()
            let client = GCSClient(
                transport: transport, rootURL: root, limits: limits, surroundings: clock.surroundings)
            try await body(client, standIn)
            await transport.close()
            #expect(standIn.journal.unexpected.isEmpty)
        }
    }

    private func bucket(_ access: AccessMode = .worldReadable) -> StandInBucket {
        StandInBucket("bucket", access: access, objects: [StandInObject("logs/o", "hello", at: Self.time)])
    }

    @Test("the stand-in keeps the contract of object storage", arguments: ObjectStorageContract.allCases)
    func contract(clause: ObjectStorageContract) async throws {
        let buckets = ObjectStorageContract.bucketNames.map { name in
            let seeds = ObjectStorageContract.seeds.filter { $0.bucket == name }
            return StandInBucket(
                name, objects: seeds.map { StandInObject(ObjectName($0.name), bytes: $0.bytes, at: Self.time) })
        }
        try await withClient(buckets) { client, _ in try await clause.check(client) }
    }

    /// What a listing, a get and a get of nothing come to under one kind of access.
    struct Row: Sendable, CustomTestStringConvertible {
        let access: AccessMode
        let list: StorageOutcome<Int>
        let get: StorageOutcome<Int>
        let missing: StorageOutcome<Int>

        var testDescription: String { "\(access)" }
    }

    private static let rows = [
        Row(access: .worldReadable, list: .answered(1), get: .answered(5), missing: .noSuchObject),
        Row(access: .private, list: .refused(.denied), get: .refused(.denied), missing: .refused(.denied)),
        Row(access: .getOnly, list: .refused(.denied), get: .answered(5), missing: .refused(.denied)),
        Row(access: .listOnly(), list: .answered(1), get: .refused(.denied), missing: .refused(.denied)),
        Row(
            access: .listOnly(privateSince: time), list: .answered(1), get: .refused(.denied), missing: .noSuchObject),
        Row(
            access: .requesterPays, list: .refused(.requesterPays), get: .refused(.requesterPays),
            missing: .refused(.requesterPays)),
        Row(
            access: .billingDisabled(message: "Closed."), list: .refused(.billingDisabled(message: "Closed.")),
            get: .refused(.billingDisabled(message: "Closed.")),
            missing: .refused(.billingDisabled(message: "Closed."))),
        Row(
            access: .missing, list: .refused(.noSuchBucket), get: .refused(.noSuchBucket),
            missing: .refused(.noSuchBucket)),
    ]

    @Test("every kind of access is told apart", arguments: rows)
    func access(row: Row) async throws {
        try await withClient([bucket(row.access)]) { client, _ in
            let get = try await client.read(bucket: "bucket", object: "logs/o", byteLimit: 100)
            #expect(get.outcome.map(\.bytes.count) == row.get)
            let missing = try await client.read(bucket: "bucket", object: "logs/nothing", byteLimit: 100)
            #expect(missing.outcome.map(\.bytes.count) == row.missing)
            let list = try await client.list(ListQuestion(bucket: "bucket", prefix: "logs/"))
            #expect(list.outcome.map(\.objects.count) == row.list)
        }
    }

    @Test("a bad name is told from a missing bucket")
    func badName() async throws {
        try await withClient([]) { client, _ in
            let answer = try await client.list(ListQuestion(bucket: "Bad_Name", prefix: ""))
            guard case .refused(.badBucketName) = answer.outcome else {
                Issue.record("\(answer)")
                return
            }
            #expect(answer.counts == RequestCounts(requests: 2))
        }
    }

    @Test(
        "no trouble on the wire is a verdict",
        arguments: [
            Misbehavior.Kind.reset, .silence, .truncatedBody(afterBytes: 10), .garbage,
            .failure(.trouble(status: 503)), .failure(.tooManyRequests()),
            .failure(.forbidden(reason: "quotaExceeded")),
        ])
    func trouble(kind: Misbehavior.Kind) async throws {
        let limits = GCSClient.Limits(
            listDeadline: .seconds(1), readDeadline: .seconds(1), retries: RetryBudget(attempts: 2))
        try await withClient([bucket()], limits: limits) { client, standIn in
            standIn.misbehave(kind)
            let answer = try await client.list(ListQuestion(bucket: "bucket", prefix: "logs/"))
            #expect(answer.outcome.unknownReason != nil, "\(answer)")
            #expect(answer.counts == RequestCounts(requests: 2, retries: 1))
        }
    }

    @Test("trouble that passes is forgotten")
    func troublePasses() async throws {
        try await withClient([bucket()], limits: GCSClient.Limits()) { client, standIn in
            standIn.misbehave(.reset, times: 1)
            standIn.misbehave(.failure(.tooManyRequests(retryAfterSeconds: 1)), times: 1)
            standIn.misbehave(.truncatedBody(afterBytes: 2), times: 1)
            let answer = try await client.read(bucket: "bucket", object: "logs/o", byteLimit: 100)
            #expect(answer.outcome == .answered(ObjectContent(bytes: Array("hello".utf8))))
        }
    }

    @Test("a body without end, or one that unpacks to too much, is cut at the limit")
    func endless() async throws {
        try await withClient([bucket()]) { client, standIn in
            for kind in [Misbehavior.Kind.endlessBody, .gzipBomb(unpackedBytes: 64 << 20)] {
                standIn.misbehave(kind, times: 1)
                let answer = try await client.read(bucket: "bucket", object: "logs/o", byteLimit: 1 << 20)
                #expect(answer.outcome.map(\.bytes.count) == .answered(1 << 20))
                #expect(answer.outcome.map(\.isComplete) == .answered(false))
                standIn.misbehave(kind, times: 1)
                let listed = try await client.list(ListQuestion(bucket: "bucket", prefix: ""))
                #expect(listed.outcome.unknownReason?.contains("bytes") == true, "\(listed)")
            }
        }
    }

    @Test("a compressed object is read unpacked")
    func gzip() async throws {
        let object = StandInObject("o", String(repeating: "line\n", count: 1000), at: Self.time, isGzipped: true)
        try await withClient([StandInBucket("bucket", objects: [object])]) { client, _ in
            let page = try await client.list(ListQuestion(bucket: "bucket", prefix: ""))
            #expect(page.outcome.map { $0.objects.map(\.contentEncoding) } == .answered(["gzip"]))
            let read = try await client.read(bucket: "bucket", object: "o", byteLimit: 5000)
            #expect(read.outcome.map(\.bytes.count) == .answered(5000))
            #expect(read.outcome.map(\.isComplete) == .answered(true))
        }
    }

    @Test("many requests at once stay within the limit that they share")
    func shared() async throws {
        try await withGCSStandIn(GCSStandIn([bucket()])) { standIn, root in
            let transport = try CurlTransport()
            let client = GCSClient(
                transport: transport, rootURL: root, surroundings: TestClock().surroundings,
                concurrency: ConcurrencyLimit(4))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask { _ = try await client.list(ListQuestion(bucket: "bucket", prefix: "")) }
                }
                try await group.waitForAll()
            }
            await transport.close()
            #expect(standIn.journal.count == 100)
            #expect(standIn.journal.mostAtOnce <= 4)
        }
    }

    @Test("one request tells whether anything is newer than the newest build of last time")
    func knownNewest() async throws {
        let day = 86_400
        let job = SyntheticJob(
            "logs/job/", ids: .snowflake, count: 300, newest: Self.time.addingTimeInterval(Double(-100 * day)),
            intervalSeconds: day)
        try await withClient([StandInBucket("bucket", jobs: [job])]) { client, _ in
            let prober = LocationProber(storage: client, policy: Policy())
            let location = try BucketLocation("gs://bucket/logs/job/")
            let newest = String(job.id(ofBuild: job.count - 1))
            let first = try await prober.report(on: location, expecting: .job, depth: .freshness, now: Self.time)
            #expect(first.counts.requests == 2)
            #expect(first.tally.newest(1).first?.id.text == newest)
            let later = try await prober.report(
                on: location, expecting: .job, depth: .freshness, knownNewest: newest, now: Self.time)
            #expect(later.counts.requests == 1)
            #expect(later.tally.newest(1).first?.id.text == newest)
        }
    }
}
