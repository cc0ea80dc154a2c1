import Persistence
import Playground
import Testing

@Suite("GitHub in trouble")
struct TroubleTests {
    /// What goes wrong with a request, by a name that a test report can show.
    enum Trouble: String, CaseIterable, Sendable {
        case error500, error502, error503, secondaryLimit, secondaryLimitWithTime, tooMany, primaryLimit, reset
        case doneThenError, doneThenReset, doneThenTruncated, doneThenGarbage

        var kind: GitHubMisbehavior.Kind {
            switch self {
            case .error500: .failure(status: 500)
            case .error502: .failure(status: 502)
            case .error503: .failure(status: 503)
            case .secondaryLimit: .secondaryLimit()
            case .secondaryLimitWithTime: .secondaryLimit(status: 403, retryAfterSeconds: 30)
            case .tooMany: .secondaryLimit(status: 429, retryAfterSeconds: 90)
            case .primaryLimit: .primaryLimit(resetAfterSeconds: 600)
            case .reset: .reset
            case .doneThenError: .afterDoing(.failure(status: 502))
            case .doneThenReset: .afterDoing(.reset)
            case .doneThenTruncated: .truncatedBody(afterBytes: 10)
            case .doneThenGarbage: .garbage
            }
        }
    }

    /// A request that something goes wrong with.
    enum Place: String, CaseIterable, Sendable {
        case createComment, createCheckRun, token, pullRequest, comparison, tree, graphQL, commentList

        var target: GitHubMisbehavior.Target {
            switch self {
            case .createComment: .init("POST", "/comments", isSuffix: true)
            case .createCheckRun: .init("POST", "/check-runs", isSuffix: true)
            case .token: .init("POST", "/access_tokens", isSuffix: true)
            case .pullRequest: .init("GET", "/pulls/1", isSuffix: true)
            case .comparison: .init("GET", "/compare/")
            case .tree: .init("GET", "/git/trees/")
            case .graphQL: .init("POST", "/graphql", isSuffix: true)
            case .commentList: .init("GET", "/comments", isSuffix: true)
            }
        }
    }

    @Test(
        "whatever befalls a request, there is one comment and one check in the end", arguments: Place.allCases,
        Trouble.allCases)
    func once(place: Place, trouble: Trouble) async throws {
        try await withWorld { world in
            world.gitHub.misbehave(trouble.kind, on: place.target, times: 1)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.deliverPatiently()
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
        }
    }

    @Test("the same for what is edited, reacted to and replied", arguments: Trouble.allCases)
    func edits(trouble: Trouble) async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let first = try world.onlyComment(on: pull.issue)
            world.gitHub.misbehave(trouble.kind, on: .init("PATCH", "/comments/"), times: 1)
            try await world.push([bucketsFile: buckets(adding: entry("missing-results"))], to: pull)
            try await world.deliverPatiently()
            let second = try world.onlyComment(on: pull.issue)
            #expect(second.id == first.id)
            #expect(second.body.contains("Not ready yet"))
            world.gitHub.misbehave(trouble.kind, on: .init("POST", "/reactions", isSuffix: true), times: 1)
            world.gitHub.misbehave(trouble.kind, on: .init("POST", "/comments", isSuffix: true), times: 1)
            let command = try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliverPatiently()
            #expect(world.comments(on: pull.issue).count == 2)
            let reactions = world.gitHub.reactions(toComment: command.id, in: world.repository)
            #expect(reactions.contains("+1"), "\(reactions)")
        }
    }

    @Test(
        "more than fifty notes come in several requests, and each note once whatever befalls one of them",
        arguments: [nil] + Trouble.allCases.map { Optional($0) })
    func manyAnnotations(trouble: Trouble?) async throws {
        try await withWorld { world in
            if let trouble { world.gitHub.misbehave(trouble.kind, on: .init("PATCH", "/check-runs/"), times: 1) }
            let groups = (1...120).map { "- name: group-\($0)\n  gcs_prefix: acme-results/logs/e2e\n" }.joined()
            let pull = try await world.openPullRequest([
                "config/testgrids/many/many.yaml": "test_groups:\n" + groups
            ])
            try await world.deliverPatiently()
            let places = world.checkRuns(of: pull.issue).last?.places ?? []
            #expect(places.count > 50)
            #expect(Set(places).count == places.count)
            #expect(world.checkRuns(of: pull.issue).count == 1)
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("an outage of a day ends with one comment, and a limit does not use up attempts")
    func longOutage() async throws {
        try await withWorld { world in
            world.gitHub.misbehave(.primaryLimit(resetAfterSeconds: 3_600), on: .everything, times: 30)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.deliverPatiently()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("after an outage that lasts too long a command is answered with an apology, once, and is done")
    func gaveUp() async throws {
        var plan = WorldPlan()
        plan.mayFail = true
        try await withWorld(plan) { world in
            let pull = try await world.openedPullRequest()
            world.gitHub.misbehave(.failure(status: 500), on: .init("GET", "/pulls/"))
            try world.gitHub.comment("/check-bucket", on: pull.issue, by: world.contributor)
            try await world.deliverPatiently()
            world.gitHub.behave()
            let all = world.comments(on: pull.issue)
            #expect(all.count == 2)
            #expect(all.last?.body.contains("I am sorry") == true, "\(all.last?.body ?? "")")
            let counts = try await world.bot.store.inbox.counts()
            #expect([counts.parked, counts.waiting, counts.leased] == [0, 0, 0])
        }
    }

    @Test("buckets that do not answer are not called private, and the check says that it could not tell")
    func storageOutage() async throws {
        try await withWorld { world in
            world.storage.misbehave(.reset)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.deliver()
            world.storage.behave()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("Not everything could be looked at"), "\(comment.body)")
            #expect(!comment.body.contains("There is no such bucket"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "neutral")
        }
    }

    @Test("tokens that were revoked are asked for anew")
    func revoked() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            world.gitHub.revokeInstallationTokens()
            try await world.push(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "again:"))], to: pull)
            try await world.deliverPatiently()
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
        }
    }

    @Test("a repository that the App was taken from is left in peace")
    func uninstalled() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            world.gitHub.uninstall(world.example.installationID)
            try await world.deliverPatiently()
            #expect(world.comments(on: pull.issue).isEmpty)
        }
    }

    @Test("a permission that is missing parks the delivery and says which, and nothing is tried again")
    func forbidden() async throws {
        var plan = WorldPlan()
        plan.mayFail = true
        try await withWorld(plan) { world in
            world.gitHub.setPermissions(["metadata": "read", "contents": "read"], of: world.example.app.appID)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.deliverPatiently()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(try await world.bot.store.inbox.counts().parked == 1)
            #expect(world.bot.log.errors.contains { $0.contains("a permission is missing") })
        }
    }
}
