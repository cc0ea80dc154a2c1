import Foundation
import Playground
import TestSupport
import Testing

@Suite("Jobs whose builds are computed")
struct SyntheticJobTests {
    private func page(_ world: StandInWorld, _ parameters: [(String, String)]) throws -> JSONPage {
        try world.answer(to: StorageRequest(listing("acme-results", parameters))).page()
    }

    /// Every object of a bucket, found by listing it page by page.
    private func everything(in world: StandInWorld) throws -> [String] {
        var names: [String] = []
        var token: String?
        repeat {
            let fields = [("fields", "items/name,nextPageToken")]
            let page = try page(world, fields + (token.map { [("pageToken", $0)] } ?? []))
            names += page.names
            token = page.nextPageToken
        } while token != nil
        return names
    }

    private func randomJob(_ directory: String, _ random: inout SplitMix64) -> SyntheticJob {
        let forms: [SyntheticJob.IDs] = [
            .sequential(), .sequential(from: .random(in: 1...2000, using: &random)), .snowflake, .unixSeconds,
            .sequential(from: Int64.max - 40),
        ]
        // Some reach back to where snowflake ids had fewer digits, or none.
        let newest = Bool.random(using: &random) ? someDay : Date(timeIntervalSince1970: 1_300_000_000)
        var job = SyntheticJob(
            ObjectName(directory), ids: forms.randomElement(using: &random) ?? .snowflake,
            count: .random(in: 0...40, using: &random), newest: newest,
            intervalSeconds: [1, 60, 3600, 1_000_003].randomElement(using: &random) ?? 1)
        job.unfinishedEvery = Bool.random(using: &random) ? 3 : nil
        job.failedEvery = Bool.random(using: &random) ? 2 : nil
        job.unfinishedNewestCount = .random(in: 0...2, using: &random)
        job.hasBuildLog = Bool.random(using: &random)
        job.hasJUnit = Bool.random(using: &random)
        job.hasLatestBuild = Bool.random(using: &random)
        if Bool.random(using: &random) { job.style = .aliases(to: "gs://acme-results/pr-logs/pull/1/job/") }
        return job
    }

    @Test("A computed world answers exactly as the same world when it is stored")
    func computedIsStored() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let jobs = ["logs/a/", "logs/b", "m/"].map { randomJob($0, &random) }
            let beside = StandInObject("logs/a-note", "x", at: someDay)
            let computed = StandInWorld([StandInBucket("acme-results", objects: [beside], jobs: jobs)])
            let bucket = try #require(computed[bucket: "acme-results"])
            let names = try everything(in: computed)
            let objects = names.compactMap { bucket.object(named: ObjectName($0)) }
            #expect(objects.count == names.count, "seed \(seed)")
            let stored = StandInWorld([StandInBucket("acme-results", objects: objects)])
            #expect(try everything(in: stored) == names, "seed \(seed)")
            #expect(names.filter { $0.hasPrefix("logs/a/") }.count == objectCount(jobs[0]), "seed \(seed)")

            for _ in 0..<12 {
                let request = randomRequest(names, &random)
                #expect(computed.answer(to: request) == stored.answer(to: request), "seed \(seed), \(request.target)")
            }
        }
    }

    /// How many objects a job has, counted build by build.
    private func objectCount(_ job: SyntheticJob) -> Int {
        var count = job.hasLatestBuild && job.count > 0 ? 1 : 0
        if case .aliases = job.style { return count + job.count }
        for index in 0..<job.count {
            let isUnfinished =
                index >= job.count - job.unfinishedNewestCount || (index + 1) % (job.unfinishedEvery ?? .max) == 0
            count += 1 + (isUnfinished ? 0 : 1) + (job.hasBuildLog ? 1 : 0) + (job.hasJUnit ? 1 : 0)
        }
        return count
    }

    private func randomRequest(_ names: [String], _ random: inout SplitMix64) -> StorageRequest {
        var place = names.randomElement(using: &random) ?? "logs/"
        place = String(place.prefix(.random(in: 0...place.count, using: &random)))
        place += ["", "0", "9", "/", ".", "-", "x", "99999999999999999999"].randomElement(using: &random) ?? ""
        if Int.random(in: 0..<5, using: &random) == 0 { return StorageRequest(media("acme-results", place)) }
        var parameters = [("startOffset", place)]
        parameters.append(("prefix", ["", "logs/a/", "logs/", "logs/b/1", place].randomElement(using: &random) ?? ""))
        if Bool.random(using: &random) { parameters.append(("delimiter", "/")) }
        if Bool.random(using: &random) {
            parameters.append(("maxResults", "\(Int.random(in: 1...20, using: &random))"))
        }
        return StorageRequest(listing("acme-results", parameters))
    }

    @Test("Sequential builds come in the order of text")
    func sequential() throws {
        let job = SyntheticJob("logs/a/", ids: .sequential(), count: 100_000, newest: someDay)
        let world = StandInWorld([StandInBucket("acme-results", jobs: [job])])
        let base = [("prefix", "logs/a/"), ("delimiter", "/")]
        let first = try page(world, base + [("maxResults", "7")])
        #expect(
            first.prefixes == ["1", "10", "100", "1000", "10000", "100000", "10001"].map { "logs/a/\($0)/" })
        let late = try page(world, base + [("startOffset", "logs/a/99998/")])
        #expect(late.names == ["logs/a/latest-build.txt", "logs/a/99998/", "logs/a/99999/"])
        var count = 0
        var pages = 0
        var token: String?
        repeat {
            let part = try page(world, base + (token.map { [("pageToken", $0)] } ?? []))
            count += part.prefixes?.count ?? 0
            pages += 1
            token = part.nextPageToken
        } while token != nil
        #expect(count == 100_000)
        #expect(pages == 101)
    }

    @Test("Snowflake ids carry the time of their build")
    func snowflake() throws {
        let newest = Date(timeIntervalSince1970: 1_615_330_005.070)
        let job = SyntheticJob("logs/a/", ids: .snowflake, count: 50, newest: newest, intervalSeconds: 60)
        #expect(job.id(ofBuild: 49) >> 22 == 1_369_419_412_041_371_648 >> 22)
        #expect(job.start(ofBuild: 48) == newest - 60)
        let bucket = StandInBucket("acme-results", jobs: [job])
        let started = try #require(bucket.object(named: ObjectName("logs/a/\(job.id(ofBuild: 49))/started.json")))
        #expect(String(decoding: started.bytes, as: UTF8.self) == #"{"timestamp":1615330005,"node":"node-1"}"#)
        #expect(started.timeCreated == newest)
        let page = try page(
            StandInWorld([bucket]),
            [("prefix", "logs/a/"), ("delimiter", "/"), ("startOffset", "logs/a/\(job.id(ofBuild: 47) - 5)")])
        #expect(page.prefixes == (47...49).map { "logs/a/\(job.id(ofBuild: $0))/" })
    }

    @Test("Thousands of jobs in one bucket are listed by their directories")
    func manyJobs() throws {
        let jobs = (0..<2000).map {
            SyntheticJob(ObjectName("logs/job-\($0)/"), ids: .snowflake, count: 10, newest: someDay)
        }
        let world = StandInWorld([StandInBucket("acme-results", jobs: jobs)])
        let page = try page(world, [("prefix", "logs/"), ("delimiter", "/")])
        #expect(page.prefixes?.count == 1000)
        #expect(page.prefixes?.prefix(3) == ["logs/job-0/", "logs/job-1/", "logs/job-10/"])
    }
}
