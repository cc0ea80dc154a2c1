import Playground
import TestSupport

/// What people do on pull requests, one event at a time: they open one, push to it, give commands, and chat.
final class ChaosStories {
    /// Events of one pull request.
    private static let eventsPerPull = 10

    /// A pull request and how far its story is.
    struct Story {
        var issue: IssueReference?
        var stage = 0
        var pushes = 0
        /// How many commands people gave.
        var commands = 0
    }

    private let example: ExampleWorld
    private let people: [StandInAccount]
    private(set) var stories: [Story]
    /// How many events people caused.
    private(set) var count = 0

    /// Stories that have yet to begin.
    init(_ example: ExampleWorld, deliveries: Int) {
        self.example = example
        people = (1...25).map { example.standIn.addAccount("person-\($0)") }
        let pulls = max(1, (deliveries + Self.eventsPerPull - 1) / Self.eventsPerPull)
        stories = Array(repeating: Story(), count: pulls)
    }

    /// What GitHub calls everything that happened so far.
    var guids: [String] { Array(Set(example.standIn.deliveries.map(\.guid))) }

    /// Has one of the stories go on by one event.
    func goOn(_ chance: inout SplitMix64) async throws {
        let open = stories.indices.filter { stories[$0].stage < Self.eventsPerPull }
        // Few at a time, so that events of one pull request come close together.
        guard let index = open.prefix(6).randomElement(using: &chance) else { return }
        let person = people[Int(chance.next() % UInt64(people.count))]
        try await goOn(index, person, &chance)
        stories[index].stage += 1
        count += 1
    }

    private func goOn(_ index: Int, _ person: StandInAccount, _ chance: inout SplitMix64) async throws {
        let gitHub = example.standIn
        let branch = example.fork.branch("story-\(index)")
        guard let issue = stories[index].issue else {
            let base = try await gitHub.head(of: example.fork.branch("master"))
            try await gitHub.push(changes(index), to: branch, by: example.contributor, on: base)
            stories[index].issue = try await gitHub.openPullRequest(
                from: branch, into: example.repository, by: example.contributor)
            return
        }
        switch chance.next() % 9 {
        case 0..<4:
            stories[index].pushes += 1
            try await gitHub.push(changes(index), to: branch, by: example.contributor)
        case 4..<7:
            stories[index].commands += 1
            let commands = [
                "/check-bucket", "/check-bucket help", "/check-bucket test-group:acme-e2e", "/check-bukcet",
            ]
            try gitHub.comment(commands[Int(chance.next() % 4)], on: issue, by: person)
        default:
            try gitHub.comment("What does this mean?", on: issue, by: person)
        }
    }

    /// Another entry for each pull request, right and wrong in turns.
    private func changes(_ index: Int) -> GitChanges {
        let pushes = stories[index].pushes
        let bucket = (index + pushes).isMultiple(of: 2) ? "globex-results" : "missing-results"
        let text = buckets(adding: entry(bucket, prefix: "story\(index)-\(pushes):"))
        return GitChanges([bucketsFile: Array(text.utf8)])
    }
}
