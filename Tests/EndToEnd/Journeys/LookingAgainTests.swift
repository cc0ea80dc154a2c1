import Playground
import Testing

@Suite("Looking again by itself")
struct LookingAgainTests {
    @Test("where only access is wrong, it looks after 10 and after 60 minutes, and says when it is mended")
    func mendedLate() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openedPullRequest(adding: "initech-results")
            let first = try world.onlyComment(on: pull.issue)
            #expect(first.body.contains("I also look again by myself at"))
            #expect(try await world.requests { try await world.pass(minutes: 9) }.isEmpty)
            let tenth = try await world.requests { try await world.pass(minutes: 1) }
            #expect(!tenth.isEmpty)
            _ = try world.onlyComment(on: pull.issue)
            world.storage.update(bucket: "initech-results") { $0.access = .worldReadable }
            #expect(try await world.requests { try await world.pass(minutes: 49) }.isEmpty)
            try await world.pass(minutes: 1)
            let last = try world.onlyComment(on: pull.issue)
            #expect(last.id == first.id)
            #expect(last.body.contains("Everything is in place"))
            #expect(world.checkRuns(of: pull.issue).last?.conclusion == "success")
            #expect(try await world.requests { try await world.pass(minutes: 600) }.isEmpty)
        }
    }

    @Test("it does not look a third time")
    func twice() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openedPullRequest(adding: "initech-results")
            try await world.pass(minutes: 10)
            try await world.pass(minutes: 50)
            _ = try world.onlyComment(on: pull.issue)
            #expect(try await world.requests { try await world.pass(minutes: 600) }.isEmpty)
        }
    }

    @Test("other errors do not go away by themselves, so it does not look")
    func otherErrors() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openPullRequest([
                bucketsFile: buckets(adding: entry("initech-results", prefix: "initech"))
            ])
            try await world.deliver()
            #expect(try world.onlyComment(on: pull.issue).body.contains("look again by myself") == false)
            #expect(try await world.requests { try await world.pass(minutes: 70) }.isEmpty)
        }
    }

    @Test("nothing is looked at that was closed or pushed to meanwhile")
    func closed() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openedPullRequest(adding: "initech-results")
            _ = try world.onlyComment(on: pull.issue)
            try await world.gitHub.close(pull.issue, by: pull.author)
            try await world.deliver()
            #expect(try await world.requests { try await world.pass(minutes: 70) }.isEmpty)
        }
    }
}
