import BotCore
import CurlHTTP
import GitHubAPI
import OpenSSLCrypto
import Playground
import Testing

import struct Foundation.Date
import struct Foundation.URL

/// A client of a stand-in's App, as fast as it can be.
func client(
    of world: ExampleWorld, stores: ClientStores = ClientStores(), _ change: (inout ClientSettings) -> Void = { _ in }
) throws -> GitHubClient {
    var settings = ClientSettings(roots: GitHubRoots(rest: try #require(URL(string: world.standIn.restRoot))))
    settings.pacing = .unpaced
    change(&settings)
    return try GitHubClient(
        credentials: .app(id: "\(world.app.appID)", key: RSAPrivateKey(pem: world.app.privatePEM)),
        transport: CurlTransport(), stores: stores, settings: settings,
        surroundings: ClientSurroundings(now: { Date() }))
}

/// Asks and tells what the client can and the stand-in knows, and checks that what comes back fits together.
///
/// Whoever holds the bot's requests to GitHub's description runs this and looks at what was asked.
struct EveryRequest {
    let world: ExampleWorld
    let client: GitHubClient
    let repository: GitHubRepository

    init(_ world: ExampleWorld) throws {
        self.world = world
        client = try GitHubAPITests.client(of: world)
        repository = client.repository(try #require(RepositoryName(world.repository.fullName)))
    }

    /// Runs all of it.
    ///
    /// - Parameter pull: An open pull request that adds lines to `new.txt`.
    /// - Throws: Whatever a request throws.
    func run(on pull: IssueReference) async throws {
        let number = IssueNumber(pull.number)
        let head = try await reading(number)
        try await talking(number)
        try await judging(number, head)
        try await removing(head)
        try await people()
        try await app()
    }

    private func reading(_ number: IssueNumber) async throws -> GitObjectID {
        let details = try await repository.details()
        #expect(details.defaultBranch == "master")
        #expect(details.merging?.allowsMergeCommits == true)
        let pull = try await repository.pullRequests.get(number)
        #expect(try await repository.pullRequests.open(base: "master").map(\.number) == [number])
        #expect(try await repository.pullRequests.all(head: "acme-jdoe:\(pull.head.branch)").count == 1)
        let files = try await repository.pullRequests.files(of: number)
        #expect(files.count == pull.changedFiles)
        let comparison = try await repository.git.comparison(base: pull.base.sha, head: pull.head.sha)
        #expect(comparison.status == .ahead)
        #expect(comparison.mergeBase == pull.base.sha)
        let commit = try await repository.git.commit(comparison.mergeBase)
        #expect(commit.tree == comparison.mergeBaseTree)
        #expect(try await repository.git.ref("heads/master").object == commit.id)
        let tree = try await repository.git.tree(commit.tree)
        #expect(try await repository.git.folder(commit.tree).allSatisfy { !$0.path.contains("/") })
        let blobs = tree.filter { $0.kind == .blob }
        let contents = try await repository.blobs.read(blobs.map(\.id))
        for blob in blobs {
            guard case .bytes(let bytes) = contents[blob.id] else {
                Issue.record("\(blob.path) has no content")
                continue
            }
            #expect(bytes.count == blob.byteCount)
            #expect(try await repository.git.file(blob.path, at: commit.id.text) == bytes)
        }
        let new = try #require(files.first { $0.path == "new.txt" }?.blob)
        #expect(try await repository.blobs.read(new) != .missing)
        return pull.head.sha
    }

    private func talking(_ number: IssueNumber) async throws {
        let comments = repository.issueComments
        let made = try await comments.create(on: number, body: "one")
        #expect(made.author == (try await client.account()))
        _ = try await comments.update(made.id, body: "two")
        #expect(try await comments.get(made.id).body == "two")
        #expect(try await comments.list(on: number, since: made.createdAt).map(\.body) == ["two"])
        for subject in [Reactions.Subject.issueComment(made.id), .issue(number)] {
            let reaction = try await repository.reactions.create(.eyes, on: subject)
            #expect(try await repository.reactions.create(.eyes, on: subject).id == reaction.id)
            #expect(try await repository.reactions.list(on: subject, content: .eyes).map(\.id) == [reaction.id])
        }
        let reaction = try await repository.reactions.create(.rocket, on: .issueComment(made.id))
        try await repository.reactions.delete(reaction.id, on: .issueComment(made.id))
        #expect(try await repository.reactions.list(on: .issueComment(made.id)).map(\.content) == [.eyes])
        try await comments.delete(made.id)
        try await comments.delete(made.id)
    }

    private func judging(_ number: IssueNumber, _ head: GitObjectID) async throws {
        var draft = CheckRunDraft(name: "bucketbot", head: head, externalID: "key")
        let begun = try await repository.checkRuns.create(draft)
        draft.status = .completed
        draft.conclusion = .failure
        draft.title = "t"
        draft.summary = "s"
        draft.annotations = (0..<120).map { index in
            CheckRunDraft.Annotation(path: "new.txt", startLine: 1, endLine: 1, level: .failure, message: "\(index)")
        }
        #expect(try await repository.checkRuns.update(begun.id, to: draft).annotationCount == 120)
        #expect(try await repository.checkRuns.get(begun.id).conclusion == .failure)
        #expect(try await repository.checkRuns.list(on: head, named: "bucketbot").map(\.externalID) == ["key"])
        #expect(try await repository.checkRuns.listAll(on: head, named: "bucketbot").count == 1)
        let review = try await repository.reviews.create(
            on: number,
            ReviewDraft(commit: head, body: "b", comments: [.init(path: "new.txt", line: 1, body: "line")]))
        #expect(try await repository.reviews.list(on: number).map(\.id) == [review.id])
        let first = try #require(try await repository.reviewComments.list(on: number).first)
        let answer = try await repository.reviewComments.reply(to: first.id, on: number, body: "reply")
        #expect(answer.threadID == first.id)
        #expect(try await repository.reviewComments.list(on: number).count == 2)
        #expect(try await repository.reviewComments.get(first.id).line == 1)
        _ = try await repository.reactions.create(.rocket, on: .reviewComment(first.id))
        #expect(try await repository.reactions.list(on: .reviewComment(first.id)).map(\.content) == [.rocket])
        let change = PullRequestChange(title: "another title")
        #expect(try await repository.pullRequests.update(number, change).title == "another title")
    }

    /// A branch made of objects, a pull request of it, labels, and issues.
    private func removing(_ other: GitObjectID) async throws {
        let git = repository.git
        let base = try await git.ref("heads/master").object
        let blob = try await git.storeBlob(Array("one\n".utf8))
        let tree = try await git.storeTree(
            on: try await git.commit(base).tree, [.init(path: "a/one", blob: blob), .init(path: "OWNERS", blob: nil)])
        let commit = try await git.storeCommit("Remove an entry", tree: tree, on: base)
        #expect(try await git.branch("bucketbot/x") == nil)
        #expect(try await git.createBranch("bucketbot/x", at: commit).object == commit)
        #expect(try await git.branch("bucketbot/x") == commit)
        let ours = try await client.account()
        let owned = try await git.ownership(of: commit)
        #expect(owned.author == ours && owned.committer == ours)
        let draft = PullRequestDraft(title: "Remove", body: "Text", head: "bucketbot/x", base: "master")
        let pull = try await repository.pullRequests.create(draft)
        #expect(try await repository.pullRequests.commits(of: pull.number).map(\.id) == [commit])
        #expect(try await repository.pullRequests.get(pull.number).isMergeable == true)
        try await repository.labels.add(["kind/cleanup"], to: pull.number)
        #expect(try await repository.labels.all().contains("kind/cleanup"))
        try await repository.labels.remove("kind/cleanup", from: pull.number)
        try await repository.labels.remove("kind/cleanup", from: pull.number)
        let next = try await git.storeCommit("Remove another", tree: tree, on: base)
        #expect(try await git.moveBranch("bucketbot/x", to: next).object == next)
        let closed = try await repository.pullRequests.update(pull.number, PullRequestChange(state: .closed))
        #expect(closed.closedAt != nil)
        try await git.deleteBranch("bucketbot/x")
        let issue = try await repository.issues.create(title: "Entries", body: "None")
        #expect(try await repository.issues.update(issue.number, body: "One").body == "One")
        #expect(try await repository.issues.get(issue.number).isOpen)
        let found = try await repository.issues.all(by: ours.login)
        #expect(found.map(\.number) == [issue.number, pull.number])
        #expect(found.map(\.isPullRequest) == [false, true])
        let status = CommitStatusDraft(state: .success, context: "bucketbot", description: "Nothing is wrong")
        let owner = world.standIn.addAccount("results-robot")
        world.standIn.grant(.write, to: owner, in: world.repository)
        let person = try GitHubClient(
            credentials: .token(world.standIn.addToken(for: owner)), transport: CurlTransport(),
            settings: ClientSettings(roots: GitHubRoots(rest: try #require(URL(string: world.standIn.restRoot)))),
            surroundings: ClientSurroundings(now: { Date() }))
        _ = try await person.repository(repository.name).commitStatuses.create(on: other, status)
    }

    private func people() async throws {
        let people = repository.people
        let account = try await people.account("spiffxp")
        #expect(account.login == "spiffxp")
        #expect(try await people.account(account.id) == account)
        #expect(try await repository.permission(of: "spiffxp") == .write)
        #expect(try await people.membership(of: "spiffxp", in: "kubernetes") == .member)
        #expect(try await people.membership(of: "acme-jdoe", in: "kubernetes") != .member)
        #expect(try await people.team("sig-testing", of: "kubernetes").slug == "sig-testing")
        #expect(try await people.membership(of: "spiffxp", inTeam: "sig-testing", of: "kubernetes") == .member)
        #expect(try await people.membership(of: "acme-jdoe", inTeam: "sig-testing", of: "kubernetes") == .notMember)
    }

    private func app() async throws {
        #expect(try await client.app.details().slug == "bucketbot")
        let installation = try #require(try await client.app.installations().first)
        #expect(installation.id == InstallationID(world.installationID))
        let repositories = try await client.repositories(of: installation.id)
        #expect(repositories.map(\.name) == [repository.name])
        // What waits to be delivered is not listed; what could not be is.
        world.standIn.loseWaiting()
        let deliveries = try await client.app.deliveries.page().deliveries
        let newest = try #require(deliveries.first)
        let content = try await client.app.deliveries.get(newest.id)
        #expect(content.delivery.guid == newest.guid)
        #expect(content.headers["X-GitHub-Event"] == newest.event)
        #expect(content.payload.first == UInt8(ascii: "{"))
    }
}
