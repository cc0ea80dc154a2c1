import Playground
import Testing

@Suite("Who may have which location looked at")
struct CommandPermissionTests {
    /// What the bot answers a person who names a location, and how often the bucket was asked.
    private func answer(
        to line: String, by person: StandInAccount, in world: World
    ) async throws -> (text: String, probes: Int) {
        let pull = try await world.openedPullRequest()
        let before = (world.comments(on: pull.issue).count, world.storage.journal.count)
        try world.gitHub.comment(line, on: pull.issue, by: person)
        try await world.deliver()
        let said = world.comments(on: pull.issue).dropFirst(before.0)
        #expect(said.count == 1)
        return (said.first?.body ?? "", world.storage.journal.count - before.1)
    }

    @Test(
        "anybody may name what the pull request or the registry names, and what lies below it",
        arguments: [
            "/check-bucket gs://globex-results/logs/", "/check-bucket bucket:gs://globex-results/logs/",
            "/check-bucket gs://acme-results/logs/e2e/", "/check-bucket test-group:acme-e2e",
        ])
    func named(line: String) async throws {
        try await withWorld { world in
            let answer = try await answer(to: line, by: world.gitHub.addAccount("passer-by"), in: world)
            #expect(answer.probes > 0)
            #expect(
                answer.text.contains("Results are fresh") || answer.text.contains("have all they need")
                    || answer.text.contains("has all it needs"), "\(answer.text)")
        }
    }

    @Test("a location that is named nowhere is looked at for a member of the organization and for who may write")
    func allowed() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("hooli-results"))
            let member = world.gitHub.addAccount("member")
            world.gitHub.addMembers([member], to: world.example.organization)
            let writer = world.gitHub.addAccount("writer")
            world.gitHub.grant(.write, to: writer, in: world.repository)
            let pull = try await world.openedPullRequest()
            for (count, person) in [(2, member), (3, writer)] {
                try world.gitHub.comment("/check-bucket gs://hooli-results/logs/", on: pull.issue, by: person)
                try await world.deliver()
                let all = world.comments(on: pull.issue)
                #expect(all.count == count)
                #expect(all.last?.body.contains("has all it needs") == true, "\(all.last?.body ?? "")")
            }
        }
    }

    @Test("for anybody else it is not, and the bucket is not asked")
    func refused() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("hooli-results"))
            let answer = try await answer(
                to: "/check-bucket gs://hooli-results/logs/", by: world.gitHub.addAccount("passer-by"), in: world)
            #expect(answer.probes == 0)
            #expect(answer.text.contains("GitHub says that you are none of these"), "\(answer.text)")
        }
    }

    @Test("where GitHub does not answer the question, nobody is told that they may not", arguments: [500, 502, 401])
    func unanswered(status: Int) async throws {
        try await withWorld { world in
            for path in ["/collaborators/", "/members/", "/memberships/"] {
                world.gitHub.misbehave(.failure(status: status), on: .init("GET", path))
            }
            let answer = try await answer(
                to: "/check-bucket gs://hooli-results/logs/", by: world.gitHub.addAccount("passer-by"), in: world)
            world.gitHub.behave()
            #expect(answer.probes == 0)
            #expect(answer.text.contains("I could not find out whether you may use this"), "\(answer.text)")
        }
    }

    @Test("one person is answered twenty times in an hour, then told when to come again")
    func personRate() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            for number in 1...22 {
                try world.gitHub.comment(
                    "/check-bucket help\n<!-- \(number) -->", on: pull.issue, by: world.contributor)
            }
            try await world.deliver()
            let said = world.comments(on: pull.issue).dropFirst().map(\.body)
            #expect(said.count { $0.contains("Write one of these as a line of its own") } == 20)
            #expect(said.dropFirst(20).count { $0.contains("That is more than I look at in so short a time") } == 1)
            #expect(said.count == 21, "that it is too much is said once")
            world.clock.advance(seconds: 3_600)
            try world.gitHub.comment("/check-bucket help\nLater", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).last?.body.contains("Write one of these") == true)
        }
    }

    @Test("one pull request gets thirty answers in an hour, whoever asks")
    func conversationRate() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            for number in 1...32 {
                let person = world.gitHub.addAccount("person-\(number)")
                try world.gitHub.comment("/check-bucket help", on: pull.issue, by: person)
            }
            try await world.deliver()
            let said = world.comments(on: pull.issue).dropFirst().map(\.body)
            #expect(said.count { $0.contains("Write one of these as a line of its own") } == 30)
            #expect(said.count { $0.contains("That is more than I look at") } == 1)
        }
    }
}
