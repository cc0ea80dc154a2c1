import BotCore
import Foundation
import Testing

@Suite("What a probe asks of one location, and what it finds")
struct LocationProbeTests {
    private let job = BucketLocation(bucket: "acme", prefix: "logs/e2e")

    private func probe(
        _ location: BucketLocation, _ expectation: LocationExpectation = .job, _ depth: ProbeDepth = .full,
        knownNewest: String? = nil, limits: ProbeLimits = ProbeLimits()
    ) -> LocationProbe {
        LocationProbe(
            location: location, expectation: expectation, depth: depth, knownNewest: knownNewest,
            context: ProbeContext(now: probeNow, policy: Policy(), limits: limits))
    }

    @Test("a job that runs daily is looked into: the newest three builds, their files and their JUnit")
    func aGoodJob() throws {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 20))
        let report = world.report(of: probe(job))
        #expect(report.kind == .job)
        #expect(report.access.list == .allowed)
        #expect(report.access.get == .allowed)
        #expect(report.idForm == .snowflake)
        #expect(report.tally.count == 20)
        #expect(report.tally.isComplete)
        #expect(report.medianIntervalDays == 1)
        #expect(report.builds.count == 3)
        #expect(report.builds.allSatisfy { $0.junit.count == 1 && $0.finished.value?.passed == true })
        #expect(report.builds.first?.junit.first?.summary.value?.tests == 1)
        let newest = try #require(report.newest(now: probeNow))
        #expect(newest.isExact)
        #expect(newest.at == daysAgo(0.5).addingTimeInterval(60))
        #expect(report.counts.requests == world.asked.count)
        #expect(!report.evidence.isEmpty)
    }

    @Test("one question answers a sweep for a job that is fresh, on the first sweep and on a later one")
    func oneQuestionWhenFresh() {
        // The last is no build of today's clock: a listing that began there would hide every other.
        for known in [nil, snowflake(daysAgo(3.5)), snowflake(daysAgo(-400))] {
            var world = StoredWorld(buckets: ["acme": .init()])
            world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 900))
            let report = world.report(of: probe(job, .job, .freshness, knownNewest: known))
            #expect(world.asked.count == 1)
            #expect(report.newest(now: probeNow)?.isExact == true)
            #expect(report.newest(now: probeNow)?.at == daysAgo(0.5))
        }
    }

    @Test("two questions are enough for a snowflake job that is ageing, stale or empty", arguments: [0, 3, 5000])
    func twoQuestionsWhenSilent(builds: Int) {
        for days in [70.0, 200, 900] {
            var world = StoredWorld(buckets: ["acme": .init()])
            world.buckets["acme"]?.addJob(
                "logs/e2e/", StoredJob(newest: daysAgo(days), builds: builds, everyDays: 0.04))
            let report = world.report(of: probe(job, .job, .freshness))
            #expect(world.asked.count <= 2, "\(builds) builds, \(days) days")
            #expect(report.isExact)
            if builds > 0 { #expect(report.newest(now: probeNow)?.at == daysAgo(days)) }
        }
    }

    @Test(
        "a job that goes on in ids of another form is stale only as long as nobody looks for those",
        arguments: [
            { time, _ in "\(Int(time.timeIntervalSince1970))" }, { _, index in "\(140 - index)" },
        ] as [@Sendable (Date, Int) -> String])
    func otherForms(id: @escaping @Sendable (Date, Int) -> String) {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(newest: daysAgo(2), builds: 30, id: id))
        // Nobody wrote latest-build.txt since.
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(newest: daysAgo(120), builds: 2500, everyDays: 0.04))
        let known = snowflake(daysAgo(120))
        let later = world.report(of: probe(job, .job, .freshness, knownNewest: known))
        #expect(world.asked.count == 1)
        #expect(later.newest(now: probeNow)?.at == daysAgo(120))
        let closely = world.report(of: probe(job, .job, .staleness, knownNewest: known))
        #expect(closely.newest(now: probeNow).map { probeNow.timeIntervalSince($0.at) < 3 * 86_400 } == true)
        // From there the next look is as short as any.
        let next = LocationLook(closely, now: probeNow).newestBuild
        let again = world.report(of: probe(job, .job, .freshness, knownNewest: next))
        #expect(again.newest(now: probeNow)?.at == closely.newest(now: probeNow)?.at)
    }

    @Test("before a job is stale, names in no order of time are looked into; it is not known to be where they are many")
    func freeNamesBeforeARemoval() {
        func look(_ depth: ProbeDepth, names: Int, at time: Date) -> ProbeReport {
            var world = StoredWorld(buckets: ["acme": .init()])
            world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(newest: daysAgo(120), builds: 3))
            for index in 0..<names { world.buckets["acme"]?.addBuild("logs/e2e/v1.36-run-\(index)/", at: time) }
            return world.report(of: probe(job, .job, depth))
        }
        let later = look(.freshness, names: 1, at: daysAgo(2))
        #expect(later.newest(now: probeNow)?.at == daysAgo(120))
        #expect(!LocationLook(later, now: probeNow).isWhole)
        #expect(look(.staleness, names: 1, at: daysAgo(2)).newest(now: probeNow).map { $0.at >= daysAgo(2) } == true)
        #expect(look(.staleness, names: 2, at: daysAgo(130)).isExact)
        #expect(!look(.staleness, names: 40, at: daysAgo(130)).isExact)
    }

    @Test("a build of the future hides nothing that is older, and makes nothing fresh")
    func future() {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(newest: daysAgo(200), builds: 3))
        world.buckets["acme"]?.addBuild("logs/e2e/\(snowflake(daysAgo(-400)))/", at: daysAgo(300))
        for depth in [ProbeDepth.freshness, .staleness] {
            let report = world.report(of: probe(job, .job, depth))
            #expect(report.newest(now: probeNow)?.at == daysAgo(200))
            #expect(report.newest(now: probeNow)?.isExact == true)
        }
    }

    @Test("where more builds are newer than a page holds, the newest is a lower bound")
    func lowerBound() {
        var world = StoredWorld(buckets: ["acme": .init()])
        for index in 0..<1500 {
            world.buckets["acme"]?.objects["logs/e2e/\(snowflake(daysAgo(20), step: UInt64(index)))/x"] = .init(
                text: "", at: probeNow)
        }
        let report = world.report(of: probe(job, .job, .freshness))
        #expect(world.asked.count == 1)
        #expect(report.newest(now: probeNow)?.isExact == false)
    }

    @Test(
        "the newest of 100,000 sequential builds is found in at most 101 questions",
        arguments: [ProbeDepth.full, .freshness])
    func manySequentialBuilds(depth: ProbeDepth) throws {
        var bucket = StoredWorld.Bucket()
        for number in 1...100_000 {
            bucket.objects["logs/e2e/\(number)/finished.json"] = .init(text: "{}", at: daysAgo(400))
        }
        bucket.addBuild("logs/e2e/100000/", at: daysAgo(2))
        bucket.objects["logs/e2e/latest-build.txt"] = .init(text: "100000", at: daysAgo(2))
        var world = StoredWorld(buckets: ["acme": bucket])
        let report = world.report(of: probe(job, .job, depth))
        let pages = world.asked.count { if case .list(let list) = $0 { list.isDelimited } else { false } }
        #expect(pages <= 101)
        #expect(report.tally.count == 100_000)
        #expect(report.tally.sequentialRange == 1...100_000)
        #expect(report.builds.first?.id.text == "100000")
        #expect(report.isExact)
        #expect(report.newest(now: probeNow)?.at == daysAgo(2).addingTimeInterval(60))
    }

    @Test("builds counted in Unix seconds are found, and their objects' times are asked for when they seem old")
    func unixIDs() {
        var world = StoredWorld(buckets: ["acme": .init()])
        let wrongYear = daysAgo(365)
        world.buckets["acme"]?.addBuild("logs/e2e/\(Int(wrongYear.timeIntervalSince1970))/", at: daysAgo(1))
        let report = world.report(of: probe(job, .job, .freshness))
        #expect(report.idForm == .unixSeconds)
        #expect(report.newest(now: probeNow)?.fact.kind == .object)
        #expect(world.asked.count == 3)
    }

    @Test("a job with thousands of old Unix ids is reached by leaps")
    func leaps() {
        var world = StoredWorld(buckets: ["acme": .init()])
        for index in 0..<5000 {
            world.buckets["acme"]?.objects[
                "logs/e2e/\(Int(daysAgo(10 + Double(index) / 4).timeIntervalSince1970))/started.json"] =
                .init(text: #"{"timestamp": 1700000000}"#, at: daysAgo(10))
        }
        let report = world.report(of: probe(job))
        #expect(report.isExact)
        #expect(report.tally.newest(1).first?.id.time == daysAgo(10))
        #expect(world.asked.count { if case .list(let list) = $0 { list.isDelimited } else { false } } <= 4)
    }

    @Test("an alias is followed by its metadata, and by its text where there is none")
    func aliases() {
        var world = StoredWorld(buckets: ["acme": .init(), "other": .init()])
        let (first, second) = (snowflake(daysAgo(1)), snowflake(daysAgo(2)))
        world.buckets["acme"]?.objects["pr-logs/directory/e2e/\(first).txt"] = .init(
            text: "gs://acme/pr-logs/pull/o_r/1/e2e/\(first)", at: daysAgo(1),
            metadata: ["x-goog-meta-link": " gs://acme/pr-logs/pull/o_r/1/e2e/\(first)"])
        world.buckets["acme"]?.objects["pr-logs/directory/e2e/\(second).txt"] = .init(
            text: "gs://other/pull/2/e2e/\(second)\n", at: daysAgo(2))
        world.buckets["acme"]?.addBuild("pr-logs/pull/o_r/1/e2e/\(first)/", at: daysAgo(1))
        world.buckets["other"]?.addBuild("pull/2/e2e/\(second)/", at: daysAgo(2))
        let location = BucketLocation(bucket: "acme", prefix: "pr-logs/directory/e2e")
        let report = world.report(of: probe(location))
        #expect(
            report.builds.map(\.location.description) == [
                "gs://acme/pr-logs/pull/o_r/1/e2e/\(first)/", "gs://other/pull/2/e2e/\(second)/",
            ])
        #expect(report.builds.allSatisfy { $0.finished.value?.passed == true })
        let sweep = world.report(of: probe(location, .job, .freshness))
        #expect(sweep.facts.contains { $0.kind == .alias && $0.at == daysAgo(1) })
    }

    @Test("a bucket entry's jobs are all asked when they last ran, and the newest is looked into")
    func folderOfJobs() {
        var world = StoredWorld(buckets: ["acme": .init()])
        for index in 0..<40 {
            world.buckets["acme"]?.addJob(
                "logs/job-\(index)/", StoredJob(newest: daysAgo(Double(index) * 10 + 1), builds: 2))
        }
        let report = world.report(of: probe(BucketLocation(bucket: "acme", prefix: "logs"), .jobs))
        #expect(report.kind == .jobs)
        #expect(report.jobCount == 40)
        #expect(report.jobs.count == 40)
        #expect(report.jobLocation.description == "gs://acme/logs/job-0/")
        #expect(report.builds.count == 2)
        #expect(report.newest(now: probeNow)?.isExact == true)
    }

    @Test("more jobs than the bound are sampled evenly, and the report says that it is not exact")
    func sampledJobs() {
        var world = StoredWorld(buckets: ["acme": .init()])
        for index in 0..<50 { world.buckets["acme"]?.addJob("logs/job-\(index)/", StoredJob(builds: 1)) }
        var limits = ProbeLimits()
        limits.jobs = 10
        let report = world.report(
            of: probe(BucketLocation(bucket: "acme", prefix: "logs"), .jobs, .freshness, limits: limits))
        #expect(report.jobs.count == 10)
        #expect(report.jobCount == 50)
        #expect(!report.isExact)
    }

    @Test("a location of unknown kind is recognized as a job, a folder of jobs or a build")
    func kinds() {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 1))
        let build = "logs/e2e/\(snowflake(daysAgo(0.5)))"
        #expect(world.report(of: probe(job, .any)).kind == .job)
        #expect(world.report(of: probe(BucketLocation(bucket: "acme", prefix: "logs"), .any)).kind == .jobs)
        let inside = world.report(of: probe(BucketLocation(bucket: "acme", prefix: build), .any))
        #expect(inside.kind == .build)
        #expect(inside.builds.first?.finished.value?.passed == true)
    }

    @Test("builds with free names are told from jobs by what is in them")
    func freeNames() {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addBuild("logs/e2e/nightly-a/", at: daysAgo(2))
        world.buckets["acme"]?.addBuild("logs/e2e/nightly-b/", at: daysAgo(1))
        let report = world.report(of: probe(job))
        #expect(report.kind == .job)
        #expect(report.idForm == .free)
        #expect(report.newest(now: probeNow)?.at == daysAgo(1).addingTimeInterval(60))
    }

    @Test(
        "an empty location is told the places nearby that hold builds",
        arguments: [
            ("e2e", "gs://acme/logs/e2e/"), ("logs/e3e", "gs://acme/logs/e2e/"),
            ("logs/pull-e2e", "gs://acme/pr-logs/directory/pull-e2e/"),
            ("logs/e2e/e2e", "gs://acme/logs/e2e/"),
        ])
    func nearNames(path: String, expected: String) {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 1))
        world.buckets["acme"]?.addJob("pr-logs/directory/pull-e2e/", StoredJob(builds: 1))
        let report = world.report(of: probe(BucketLocation(bucket: "acme", prefix: path)))
        #expect(report.kind == .empty)
        #expect(report.nearNames.map(\.location.description).contains(expected))
    }

    @Test("a bucket that is named like a folder has its name and the first folder swapped")
    func swappedBucket() {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 1))
        let report = world.report(of: probe(BucketLocation(bucket: "logs", prefix: "acme/e2e")))
        #expect(report.access.list == .refused(.noSuchBucket))
        #expect(report.nearNames.map(\.location.description) == ["gs://acme/logs/e2e/"])
    }

    @Test("refusals and outages end a probe, and a known name is tried where only listing is denied")
    func refusals() {
        var world = StoredWorld(buckets: ["acme": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/", StoredJob(builds: 1))
        world.buckets["acme"]?.listRefusal = .denied
        #expect(world.report(of: probe(job)).access.isOnlyByName)
        world.buckets["acme"]?.getRefusal = .denied
        #expect(world.report(of: probe(job)).access.get == .refused(.denied))
        world.buckets["acme"]?.listRefusal = nil
        let unreadable = world.report(of: probe(job)).access
        #expect(unreadable.list == .allowed)
        #expect(unreadable.get == .refused(.denied))
        #expect(unreadable.object?.hasPrefix("logs/e2e/") == true)
        world.buckets["acme"]?.outage = "503"
        #expect(world.report(of: probe(job)).access.list == .unknown(reason: "503"))
    }
}
