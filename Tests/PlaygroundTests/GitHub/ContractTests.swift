import CurlHTTP
import GitHubContract
import Playground
import TestSupport
import Testing

@Suite("The stand-in for GitHub answers as GitHub describes itself")
struct ContractTests {
    private static let root = "/repos/kubernetes/test-infra"

    @Test("reading a repository, a pull request, its files and their objects")
    func reading() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["OWNERS": nil, "new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let sha = try #require(world.standIn.headSHA(of: pull))
            let tree = try await bot.ask(.get, "\(Self.root)/git/trees/\(sha)?recursive=1").body
            let blob = try #require(tree["tree"]?.array?.first { $0["type"] == "blob" }?["sha"]?.string)
            for path in [
                "", "/pulls", "/pulls?state=all&per_page=100&page=1", "/pulls/\(pull.number)",
                "/pulls/\(pull.number)/files?per_page=100", "/pulls/\(pull.number)/commits",
                "/pulls/\(pull.number)/reviews", "/pulls/\(pull.number)/comments", "/issues/\(pull.number)",
                "/issues?state=all", "/git/blobs/\(blob)", "/git/commits/\(sha)", "/git/ref/heads/master",
                "/git/matching-refs/heads/", "/commits/\(sha)", "/commits?sha=master", "/branches/master",
                "/compare/master...\(sha)", "/compare/master...acme-jdoe:add-results", "/contents/kettle",
                "/contents/kettle/buckets.yaml?ref=master", "/commits/\(sha)/check-runs?check_name=x&filter=latest",
                "/labels",
                "/collaborators/spiffxp/permission", "/issues/\(pull.number)/labels",
            ] {
                let answer = try await bot.ask(.get, Self.root + path)
                #expect(answer.status == 200, "\(path): \(answer.body)")
            }
            let person = try world.asPerson(world.contributor)
            for path in ["/commits/\(sha)/status", "/commits/\(sha)/statuses"] {
                #expect(try await person.ask(.get, Self.root + path).status == 200, "\(path)")
            }
            let raw = try await bot.send(
                .get, "\(Self.root)/git/blobs/\(blob)", headers: ["Accept": "application/vnd.github.raw+json"])
            #expect(!raw.body.isEmpty)
            try expectContract(of: world.standIn)
        }
    }

    @Test("comments, reactions, labels and issues")
    func talking() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let comments = "\(Self.root)/issues/\(pull.number)/comments"
            let made = try await bot.ask(.post, comments, ["body": "Hello"])
            let id = try #require(made.body["id"]?.int)
            let one = "\(Self.root)/issues/comments/\(id)"
            #expect(try await bot.ask(.patch, one, ["body": "Hello again"]).status == 200)
            #expect(try await bot.ask(.get, one).body["body"] == "Hello again")
            #expect(try await bot.ask(.get, comments + "?per_page=100").body.array?.count == 1)
            #expect(try await bot.ask(.post, one + "/reactions", ["content": "eyes"]).status == 201)
            #expect(try await bot.ask(.post, one + "/reactions", ["content": "eyes"]).status == 200)
            #expect(try await bot.ask(.get, one + "/reactions").body.array?.count == 1)
            let labels = "\(Self.root)/issues/\(pull.number)/labels"
            #expect(try await bot.ask(.post, labels, ["labels": ["kind/cleanup"]]).status == 200)
            #expect(try await bot.ask(.get, "\(Self.root)/labels/kind%2Fcleanup").status == 200)
            #expect(try await bot.ask(.delete, labels + "/kind%2Fcleanup").status == 200)
            let issue = try await bot.ask(.post, "\(Self.root)/issues", ["title": "Results", "body": "None"])
            #expect(issue.status == 201)
            let number = try #require(issue.body["number"]?.int)
            #expect(try await bot.ask(.patch, "\(Self.root)/issues/\(number)", ["state": "closed"]).status == 200)
            #expect(try await bot.ask(.delete, one).status == 204)
            try expectContract(of: world.standIn)
        }
    }

    @Test("check runs with their annotations, statuses and reviews")
    func judging() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\ntwo\n"])
            let bot = try await world.asInstallation()
            let sha = try #require(world.standIn.headSHA(of: pull))
            let note: JSON = [
                "path": "new.txt", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "No",
            ]
            let run = try await bot.ask(
                .post, "\(Self.root)/check-runs",
                [
                    "name": "bucketbot", "head_sha": .string(sha), "external_id": "key", "status": "completed",
                    "conclusion": "failure",
                    "actions": [
                        ["label": "Probe again", "description": "Look once more.", "identifier": "probe-again"]
                    ],
                    "output": ["title": "One error", "summary": "See below.", "annotations": [note]],
                ])
            #expect(run.status == 201)
            let path = "\(Self.root)/check-runs/\(try #require(run.body["id"]?.int))"
            let more: JSON = ["output": ["title": "Two", "summary": "See below.", "annotations": [note]]]
            #expect(try await bot.ask(.patch, path, more).body["output"]?["annotations_count"] == 2)
            #expect(try await bot.ask(.get, path + "/annotations?per_page=100").body.array?.count == 2)
            #expect(try await bot.ask(.get, path).body["conclusion"] == "failure")
            let person = try world.asPerson(world.maintainer)
            let status = try await person.ask(
                .post, "\(Self.root)/statuses/\(sha)", ["state": "success", "context": "bucketbot"])
            #expect(status.status == 201)
            let review = try await bot.ask(
                .post, "\(Self.root)/pulls/\(pull.number)/reviews",
                [
                    "commit_id": .string(sha), "event": "COMMENT", "body": "One suggestion",
                    "comments": [["path": "new.txt", "line": 2, "side": "RIGHT", "body": "Mend it"]],
                ])
            #expect(review.status == 200)
            let shown = try await bot.ask(.get, "\(Self.root)/pulls/\(pull.number)/comments").body
            let id = try #require(shown[0]?["id"]?.int)
            let comment = "\(Self.root)/pulls/comments/\(id)"
            #expect(try await bot.ask(.post, comment + "/reactions", ["content": "rocket"]).status == 201)
            let replies = "\(Self.root)/pulls/\(pull.number)/comments/\(id)/replies"
            #expect(try await bot.ask(.post, replies, ["body": "Done"]).status == 201)
            try expectContract(of: world.standIn)
        }
    }

    @Test("blobs, trees, commits, references and a pull request made of them")
    func writing() async throws {
        try await withExampleWorld { world in
            let bot = try await world.asInstallation()
            let base = try #require(try await world.standIn.head(of: world.repository.branch("master")))
            let root = try #require(
                try await bot.ask(.get, "\(Self.root)/git/commits/\(base)").body["tree"]?["sha"])
            let blob = try await bot.ask(
                .post, "\(Self.root)/git/blobs", ["content": "b25lCg==", "encoding": "base64"])
            let tree = try await bot.ask(
                .post, "\(Self.root)/git/trees",
                [
                    "base_tree": root,
                    "tree": [
                        ["path": "a/one", "mode": "100644", "type": "blob", "sha": blob.body["sha"] ?? .null],
                        ["path": "a/two", "mode": "100644", "type": "blob", "content": "two\n"],
                        ["path": "OWNERS", "mode": "100644", "type": "blob", "sha": nil],
                    ],
                ])
            let commit = try await bot.ask(
                .post, "\(Self.root)/git/commits",
                ["message": "Remove an entry", "tree": tree.body["sha"] ?? .null, "parents": [.string(base)]])
            let sha = commit.body["sha"] ?? .null
            let made = try await bot.ask(.post, "\(Self.root)/git/refs", ["ref": "refs/heads/b/x", "sha": sha])
            let again = try await bot.ask(.post, "\(Self.root)/git/refs", ["ref": "refs/heads/b/x", "sha": sha])
            let opened = try await bot.ask(
                .post, "\(Self.root)/pulls", ["title": "Remove", "head": "b/x", "base": "master", "body": "Text"])
            let back = try await bot.ask(
                .patch, "\(Self.root)/git/refs/heads/b/x", ["sha": .string(base), "force": false])
            #expect([tree, commit, made, again, opened, back].map(\.status) == [201, 201, 201, 422, 201, 422])
            #expect(commit.body["author"]?["name"] == "bucketbot[bot]")
            let number = try #require(opened.body["number"]?.int)
            let closed = try await bot.ask(.patch, "\(Self.root)/pulls/\(number)", ["state": "closed"])
            #expect(closed.body["state"] == "closed")
            #expect(try await bot.ask(.delete, "\(Self.root)/git/refs/heads/b/x").status == 204)
            let file = try await world.standIn.file("a/one", at: sha.string ?? "", in: world.repository)
            #expect(file == Array("one\n".utf8))
            try expectContract(of: world.standIn)
        }
    }

    @Test("people, organizations, teams, the App and its deliveries")
    func people() async throws {
        try await withExampleWorld { world in
            world.standIn.addTeam("testing-leads", of: world.organization, [world.maintainer])
            _ = try await world.openPullRequest(["new.txt": "one\n"])
            world.standIn.loseWaiting()
            let (app, bot) = (try world.asApp(), try await world.asInstallation())
            for path in [
                "/app", "/app/installations", "/app/installations/\(world.installationID)",
                "/app/hook/deliveries?per_page=100", "\(Self.root)/installation",
                "/app/hook/deliveries/\(try #require(world.standIn.deliveries.first?.id))",
            ] {
                #expect(try await app.ask(.get, path).status == 200, "\(path)")
            }
            for path in [
                "/users/acme-jdoe", "/user/\(world.contributor.id)", "/orgs/kubernetes",
                "/orgs/kubernetes/teams/testing-leads",
                "/orgs/kubernetes/teams/testing-leads/members",
                "/orgs/kubernetes/teams/testing-leads/memberships/spiffxp", "/orgs/kubernetes/memberships/spiffxp",
                "/installation/repositories", "/rate_limit",
            ] {
                #expect(try await bot.ask(.get, path).status == 200, "\(path)")
            }
            let members = "/orgs/kubernetes/members"
            #expect(try await bot.ask(.get, members + "/spiffxp").status == 204)
            #expect(try await bot.ask(.get, members + "/acme-jdoe").status == 404)
            let stranger = try world.asPerson(world.contributor)
            #expect(try await stranger.ask(.get, members + "/spiffxp").status == 302)
            #expect(try await stranger.ask(.get, "/user").body["login"] == "acme-jdoe")
            #expect(try await bot.ask(.get, "/users/nobody").status == 404)
            #expect(try await bot.ask(.get, "/user/\(world.contributor.id + 10_000)").status == 404)
            world.standIn.rename(world.contributor, to: "acme-jane")
            #expect(try await bot.ask(.get, "/users/acme-jdoe").status == 404)
            #expect(try await bot.ask(.get, "/user/\(world.contributor.id)").body["login"] == "acme-jane")
            try expectContract(of: world.standIn)
        }
    }

    @Test("a route that nobody should ask for, and a body that does not fit, are written down")
    func surprises() async throws {
        try await withExampleWorld(surprises: 3) { world in
            let bot = try await world.asInstallation()
            #expect(try await bot.ask(.get, "\(Self.root)/milestones").status == 404)
            #expect(try await bot.ask(.post, "\(Self.root)/issues", ["titel": "Results"]).status == 422)
            #expect(try await bot.ask(.get, "/users/spiffxp", headers: ["X-GitHub-Api-Version": "2019"]).status == 400)
        }
    }
}
