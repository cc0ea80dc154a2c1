import BotCore
import GitHubAPI
import GitHubContract
import Playground
import Testing

@Suite("The client against the stand-in for GitHub, over loopback")
struct StandInTests {
    private let files: GitChanges = [
        "kettle/buckets.yaml": "gs://acme/logs/:\n  contact: acme\n", "OWNERS": "approvers:\n- spiffxp\n",
        "config/testgrids/a.yaml": "test_groups: []\n",
    ]

    private func withWorld(_ body: (ExampleWorld) async throws -> Void) async throws {
        try await withGitHubStandIn { standIn in
            let world = try await ExampleWorld(in: standIn, files: files)
            standIn.addTeam("sig-testing", of: world.organization, [world.maintainer])
            try await body(world)
            expectNoSurprises(in: standIn)
            try expectContract(of: standIn)
        }
    }

    @Test("Everything that can be asked and told fits what GitHub takes and gives")
    func everything() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\ntwo\n", "OWNERS": nil])
            try await EveryRequest(world).run(on: pull)
            _ = world.standIn.comments(on: pull)
            _ = world.standIn.lineComments(on: pull)
        }
    }

    @Test("A second look at the same things costs nothing")
    func warm() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let client = try client(of: world, stores: MemoryStores().clientStores)
            let repository = client.repository(try #require(RepositoryName(world.repository.fullName)))
            for _ in 0..<2 {
                let before = client.counts.billed
                let read = try await repository.pullRequests.get(IssueNumber(pull.number))
                _ = try await repository.pullRequests.files(of: read.number)
                let comparison = try await repository.git.comparison(base: read.base.sha, head: read.head.sha)
                let tree = try await repository.git.tree(comparison.mergeBaseTree)
                _ = try await repository.blobs.read(tree.filter { $0.kind == .blob }.map(\.id))
                if before > 0 {
                    #expect(client.counts.billed == before)
                    #expect(client.counts.notModified == 2)
                }
            }
        }
    }

    @Test("A file that GraphQL cuts comes whole")
    func largeFile() async throws {
        var limits = GitHubLimits()
        limits.graphQLTextBytes = 10
        try await withGitHubStandIn(limits: limits) { standIn in
            let world = try await ExampleWorld(in: standIn, files: files)
            let client = try client(of: world)
            let repository = client.repository(try #require(RepositoryName(world.repository.fullName)))
            let head = try await repository.git.ref("heads/master").object
            let tree = try await repository.git.tree(repository.git.commit(head).tree).filter { $0.kind == .blob }
            let contents = try await repository.blobs.read(tree.map(\.id))
            for entry in tree {
                #expect(contents[entry.id] == files.files[entry.path]?.map { .bytes($0) })
            }
        }
    }

    @Test("A token of a kind that GitHub does not know yet everywhere is waited for")
    func lateToken() async throws {
        var limits = GitHubLimits()
        limits.tokenDelaySeconds = 1
        try await withGitHubStandIn(limits: limits) { standIn in
            let world = try await ExampleWorld(in: standIn, files: files)
            let client = try client(of: world)
            let repository = client.repository(try #require(RepositoryName(world.repository.fullName)))
            #expect(try await repository.details().defaultBranch == "master")
        }
    }

    @Test("Answers that break off on the way are asked for again, and writes are not")
    func broken() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let client = try client(of: world) { $0.retries.firstPause = .milliseconds(1) }
            let repository = client.repository(try #require(RepositoryName(world.repository.fullName)))
            _ = try await repository.details()
            world.standIn.misbehave(.reset, times: 2)
            #expect(try await repository.pullRequests.get(IssueNumber(pull.number)).number.value == pull.number)
            world.standIn.misbehave(.afterDoing(.reset), times: 1)
            let error = try await gitHubError {
                try await repository.issueComments.create(on: IssueNumber(pull.number), body: "once")
            }
            #expect(error.kind == .ambiguous)
            #expect(world.standIn.comments(on: pull).map(\.body) == ["once"])
        }
    }
}
