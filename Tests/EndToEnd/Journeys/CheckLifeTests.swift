import BotCore
import Playground
import Testing

@testable import Bot

@Suite("On the page of a check")
struct CheckLifeTests {
    @Test("re-running it looks again, and writes a new run though the same is found")
    func runAgain() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let first = try world.onlyCheckRun(of: pull.issue)
            let comment = try world.onlyComment(on: pull.issue)
            world.gitHub.runAgain(first, in: world.repository, by: world.maintainer)
            try await world.deliver()
            let runs = world.checkRuns(of: pull.issue)
            #expect(runs.map(\.conclusion) == ["success", "success"])
            #expect(runs.first?.title == runs.last?.title)
            #expect(try world.onlyComment(on: pull.issue) == comment)
            // What comes by itself after that has nothing new to say.
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            #expect(try await world.post(delivery.event, id: "again", body: delivery.payload) == 200)
            let asked = try await world.requests { try await world.work() }
            #expect(asked.writes == [])
        }
    }

    @Test("re-running all of a commit looks again, also where the database was lost, and finds what is mended")
    func runAllAgain() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("initech-results"))])
            try await world.deliver()
            let first = try world.onlyCheckRun(of: pull.issue)
            #expect(first.conclusion == "failure")
            _ = try world.onlyComment(on: pull.issue)
            world.storage.add(freshBucket("initech-results"))
            try await world.withLostDatabase { world in
                try await world.gitHub.runAllAgain(first, in: world.repository, by: world.maintainer)
                try await world.deliver()
                #expect(world.checkRuns(of: pull.issue).map(\.conclusion) == ["failure", "success"])
                #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
            }
        }
    }

    @Test("the button probes again, and one that is not ours is left alone")
    func button() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let first = try world.onlyCheckRun(of: pull.issue)
            _ = try world.onlyComment(on: pull.issue)
            let button = try #require(first.buttons.first)
            #expect(first.buttons.map(\.label) == ["Probe again"])
            world.gitHub.press(button, of: first, in: world.repository, by: world.maintainer)
            try await world.deliver()
            #expect(world.checkRuns(of: pull.issue).count == 2)
            let other = StandInButton(label: "Other", description: "Of nobody", identifier: "lgtm|1")
            world.gitHub.press(other, of: first, in: world.repository, by: world.maintainer)
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.isEmpty)
        }
    }

    @Test("a check of another App is none of ours")
    func otherApp() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let first = try world.onlyCheckRun(of: pull.issue)
            world.gitHub.runAgain(first, in: world.repository, by: world.maintainer)
            let delivery = try #require(world.gitHub.deliveries.last)
            let ours = "\"id\":\(world.example.app.appID),"
            let payload = String(decoding: delivery.payload, as: UTF8.self).replacing(ours, with: "\"id\":4711,")
            #expect(payload.contains("4711"))
            #expect(try await world.post("check_run", id: "forwarded", body: Array(payload.utf8)) == 200)
            let asked = try await world.requests { try await world.work() }
            #expect(asked.isEmpty, "\(asked.map(\.name))")
            try await world.deliver()
        }
    }

    @Test("who asks too often has to wait, and gets the answer then")
    func tooOften() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let first = try world.onlyCheckRun(of: pull.issue)
            let count = CommandRate.perPersonPerHour + 1
            for _ in 0..<count { world.gitHub.runAgain(first, in: world.repository, by: world.maintainer) }
            try await world.deliver()
            let soon = world.checkRuns(of: pull.issue).count
            #expect(soon < count + 1)
            try await world.deliverPatiently()
            #expect(world.checkRuns(of: pull.issue).count > soon)
        }
    }

    /// Opens a pull request that removes entries and says so by its branch alone, and has it checked.
    private func openRemoval(in world: World) async throws -> OpenedPull {
        let pull = try await world.openPullRequest(
            [bucketsFile: "# Buckets whose results are collected.\n"], by: world.example.app.bot,
            branch: "bucketbot/remove-acme-0123abcd")
        try await world.deliver()
        return pull
    }

    @Test("the button of a removal is written anew where the policy has other days by then")
    func otherDays() async throws {
        try await withWorld { world in
            let pull = try await openRemoval(in: world)
            try await world.pushToMaster([".github/bucketbot.yaml": "version: 1\nremovals:\n  snoozeDays: 30\n"])
            try await world.deliver()
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            #expect(try await world.post(delivery.event, id: "again", body: delivery.payload) == 200)
            try await world.work()
            let labels = world.checkRuns(of: pull.issue).last?.buttons.map(\.label)
            #expect(labels == ["Keep for 30 days"])
            _ = world.comments(on: pull.issue)
        }
    }

    @Test("a pull request that removes entries has the button that keeps them, and pressing it is told")
    func keep() async throws {
        try await withWorld { world in
            let pull = try await openRemoval(in: world)
            let run = try world.onlyCheckRun(of: pull.issue)
            let button = try #require(run.buttons.first { $0.identifier == "keep" })
            #expect(button.label == "Keep for 180 days")
            world.gitHub.press(button, of: run, in: world.repository, by: world.contributor)
            try await world.deliver()
            // Nothing in its text says what it removes.
            #expect(try world.onlyComment(on: pull.issue).body.contains("There is nothing for `/keep` to do here"))
        }
    }
}

@Suite("The merge queue")
struct MergeQueueTests {
    @Test("gets a verdict on what it put together, and nobody gets a comment for it", arguments: [false, true])
    func verdict(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            let head = try await world.gitHub.queue(pull.issue, by: world.maintainer)
            try await world.deliver()
            #expect(world.verdicts(at: head) == ["failure"])
            #expect(try world.onlyComment(on: pull.issue) == comment)
            guard let run = world.gitHub.checkRuns(of: world.repository, at: head).first else { return }
            #expect(run.name == "bucketbot")
            #expect(run.places == ["kettle/buckets.yaml:6-6 access-bucket-missing"])
            try await world.gitHub.runAllAgain(run, in: world.repository, by: world.maintainer)
            world.storage.add(freshBucket("missing-results"))
            try await world.deliver()
            #expect(world.verdicts(at: head) == ["failure", "success"])
        }
    }

    @Test(
        "gets a verdict also where nothing of the registry is touched, because it may wait for one",
        arguments: [false, true])
    func untouched(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest(["README.md": "Other words.\n"])
            let head = try await world.gitHub.queue(pull.issue, by: world.maintainer)
            try await world.deliver()
            #expect(world.verdicts(at: head) == ["success"])
            #expect(world.verdicts(at: world.gitHub.headSHA(of: pull.issue)) == [])
        }
    }
}

@Suite("Where commit statuses stand in for check runs")
struct StatusLifeTests {
    @Test("the same verdict is said once, another takes its place, and a probe that takes long is announced")
    func life() async throws {
        var plan = WorldPlan(hasToken: true)
        plan.quietSeconds = 0
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let head = world.gitHub.headSHA(of: pull.issue)
            #expect(world.verdicts(at: head) == ["pending", "failure"])
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            for id in ["again-1", "again-2"] {
                #expect(try await world.post(delivery.event, id: id, body: delivery.payload) == 200)
                try await world.work()
            }
            #expect(world.verdicts(at: head) == ["pending", "failure"])
            world.storage.add(freshBucket("missing-results"))
            try world.gitHub.comment("/check-bucket", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.verdicts(at: head).last == "success")
            #expect(world.comments(on: pull.issue).count == 2)
        }
    }

    @Test("asking again on the page of a check, which a forwarded event may tell of, does nothing")
    func pages() async throws {
        try await withWorld(WorldPlan(hasToken: true)) { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let head = try #require(world.gitHub.headSHA(of: pull.issue))
            let body = """
                {"action":"rerequested","check_suite":{"head_sha":"\(head)","pull_requests":[]},
                 "repository":{"id":\(world.repository.id),"full_name":"\(world.repository.fullName)"},
                 "sender":{"id":1,"login":"spiffxp"}}
                """
            #expect(try await world.post("check_suite", id: "forwarded", body: Array(body.utf8)) == 200)
            let asked = try await world.requests { try await world.work() }
            #expect(asked.isEmpty)
        }
    }
}
