import BotCore
import CurlHTTP
import GitHubAPI
import Testing

import struct Foundation.Date

@Suite("What is sent, and what is read")
struct ResourceTests {
    private func body(_ script: GitHubScript, _ index: Int = 0) -> String {
        let requests = script.requests
        return requests.indices.contains(index) ? String(decoding: requests[index].body ?? [], as: UTF8.self) : ""
    }

    private func checkRun(_ annotations: Int) throws -> GitHubScript.Reply {
        .json(
            #"{"id":6,"external_id":"k","name":"n","head_sha":"\#(try hash("a"))","status":"completed","#
                + #""conclusion":"neutral","output":{"annotations_count":\#(annotations)},"app":{"id":77},"html_url":null}"#,
            status: 201)
    }

    private func draft(_ count: Int) throws -> CheckRunDraft {
        var draft = CheckRunDraft(name: "n", head: try hash("a"), externalID: "k")
        draft.status = .completed
        draft.conclusion = .neutral
        draft.completedAt = GitHubScript.start
        draft.title = "t"
        draft.summary = "s"
        draft.annotations = (0..<count).map { index in
            CheckRunDraft.Annotation(
                path: "p", startLine: 1, endLine: index == 0 ? 1 : 2, columns: 3...4, level: .warning,
                message: "m\(index)")
        }
        return draft
    }

    @Test("Annotations go out by fifty, each once, and columns only where the line is one")
    func annotations() async throws {
        let script = GitHubScript()
        script.on("POST /repos/o/r/check-runs", try checkRun(50))
        script.on("PATCH /repos/o/r/check-runs/6", try checkRun(100), try checkRun(120))
        let run = try await repository(script.owner()).checkRuns.create(draft(120))
        #expect(run.annotationCount == 120)
        #expect((0..<3).map { body(script, $0).split(separator: #""message""#).count - 1 } == [50, 50, 20])
        #expect(body(script).contains(#""start_column":3"#))
        #expect(body(script).split(separator: "start_column").count == 2)
        #expect(body(script).contains(#""completed_at":"2027-01-15T08:00:00Z""#))
        #expect(body(script).contains(#""head_sha""#))
        #expect(!body(script, 1).contains(#""head_sha""#))
        #expect(body(script, 2).contains("m119"))
    }

    @Test("Annotations that were cut off go on where they ended")
    func resumed() async throws {
        let script = GitHubScript()
        script.on("POST /repos/o/r/check-runs", try checkRun(50))
        script.on("PATCH /repos/o/r/check-runs/6", .status(502), try checkRun(70))
        script.on("GET /repos/o/r/check-runs/6", try checkRun(50))
        let runs = try repository(script.owner()).checkRuns
        let draft = try draft(70)
        #expect(try await gitHubError { try await runs.create(draft) }.kind == .ambiguous)
        let run = try await runs.get(6)
        #expect(try await runs.appendAnnotations(of: draft, to: run).annotationCount == 70)
        #expect(body(script, 3).contains("m50"))
        #expect(!body(script, 3).contains(#""m49""#))
    }

    @Test("A check run that says nothing yet has no output")
    func begun() async throws {
        let script = GitHubScript()
        script.on("POST /repos/o/r/check-runs", try checkRun(0))
        _ = try await repository(script.owner()).checkRuns.create(
            CheckRunDraft(name: "n", head: hash("a"), externalID: "k"))
        #expect(
            body(script)
                == #"{"external_id":"k","head_sha":"\#(try hash("a"))","name":"n","status":"in_progress"}"#)
    }

    @Test("A status' line is cut where GitHub would refuse it")
    func status() async throws {
        let script = GitHubScript()
        script.on(
            "POST /repos/o/r/statuses/\(try hash("a"))",
            .json(
                #"{"state":"success","context":"c","description":null,"target_url":null,"creator":null,"#
                    + #""created_at":"2026-01-01T00:00:00Z"}"#, status: 201))
        let long = String(repeating: "é", count: 200)
        let status = try await repository(script.owner()).commitStatuses.create(
            on: hash("a"), CommitStatusDraft(state: .success, context: "c", description: long))
        #expect(status.description.isEmpty)
        #expect(body(script).contains(#""description":"\#(String(repeating: "é", count: 139))…""#))
    }

    @Test("A review's comment on one line has no range")
    func review() async throws {
        let script = GitHubScript()
        script.on(
            "POST /repos/o/r/pulls/3/reviews",
            .json(#"{"id":8,"user":null,"body":"b","commit_id":"\#(try hash("a"))","state":"COMMENTED"}"#))
        let draft = ReviewDraft(
            commit: try hash("a"), body: "b",
            comments: [
                .init(path: "p", startLine: 4, line: 4, body: "one"),
                .init(path: "p", startLine: 4, line: 6, body: "three"),
            ])
        _ = try await repository(script.owner()).reviews.create(on: 3, draft)
        #expect(
            body(script)
                == #"{"body":"b","comments":[{"body":"one","line":4,"path":"p","side":"RIGHT"},"#
                + #"{"body":"three","line":6,"path":"p","side":"RIGHT","start_line":4,"start_side":"RIGHT"}],"#
                + #""commit_id":"\#(try hash("a"))","event":"COMMENT"}"#)
    }

    @Test("A pull request is read with what may be missing in it")
    func pullRequest() async throws {
        let script = GitHubScript()
        script.on(
            "GET /repos/o/r/pulls/3",
            .json(
                #"{"number":3,"state":"closed","title":"t","body":null,"user":null,"labels":[{"name":"l"}],"#
                    + #""head":{"ref":"x","sha":"\#(try hash("a"))","repo":null},"#
                    + #""base":{"ref":"main","sha":"\#(try hash("b"))","repo":{"full_name":"o/r"}},"#
                    + #""created_at":"2026-01-01T00:00:00Z","merged_at":"2026-01-02T00:00:00Z","#
                    + #""changed_files":3001,"html_url":"u"}"#))
        let pull = try await repository(script.owner()).pullRequests.get(3)
        #expect(pull.head.repository == nil)
        #expect(pull.base.repository?.description == "o/r")
        #expect(pull.body.isEmpty)
        #expect(!pull.isDraft)
        #expect(pull.mergedAt != nil)
        #expect(pull.changedFiles == 3_001)
        #expect(pull.labels == ["l"])
    }

    @Test(
        "Whether somebody is a member is told, or that it cannot be seen",
        arguments: [
            (204, nil, Membership.member), (404, nil, .notMember), (302, 204, .member), (302, 404, .notVisible),
        ])
    func membership(status: Int, open: Int?, expected: Membership) async throws {
        let script = GitHubScript()
        script.on("GET /orgs/k/members/a%20b", .status(status, ["Location": "/orgs/k/public_members/a%20b"]))
        if let open { script.on("GET /orgs/k/public_members/a%20b", .status(open)) }
        #expect(try await repository(script.owner()).people.membership(of: "a b", in: "k") == expected)
        #expect(script.leftOver.isEmpty)
    }

    @Test("A membership that may not be asked for is an error, and no answer")
    func forbiddenMembership() async throws {
        let script = GitHubScript()
        script.on("GET /orgs/k/members/a", .status(403))
        let people = try repository(script.owner()).people
        #expect(try await gitHubError { try await people.membership(of: "a", in: "k") }.kind == .forbidden(needed: nil))
    }

    @Test("Who was invited to a team is not in it yet")
    func team() async throws {
        let script = GitHubScript()
        let path = "GET /orgs/k/teams/t/memberships/a"
        script.on(path, .json(#"{"state":"pending"}"#), .json(#"{"state":"active"}"#), .status(404))
        let people = try repository(script.owner()).people
        var found: [Membership] = []
        for _ in 0..<3 { found.append(try await people.membership(of: "a", inTeam: "t", of: "k")) }
        #expect(found == [.notMember, .member, .notMember])
    }

    @Test("A delivery gives back its headers and its payload")
    func delivery() async throws {
        let script = GitHubScript()
        script.on(
            "GET /app/hook/deliveries/5",
            .json(
                #"{"id":5,"guid":"g","delivered_at":"2026-01-01T00:00:00Z","redelivery":true,"status_code":200,"#
                    + #""event":"ping","action":null,"installation_id":42,"request":{"headers":{"X-GitHub-Event":"ping","#
                    + #""X":null},"payload":{"zen":"a/b","id":9007199254740993,"x":[1.5,true,null]}}}"#))
        let content = try await script.app().app.deliveries.get(5)
        #expect(content.headers == ["X-GitHub-Event": "ping"])
        #expect(content.delivery.isRedelivery)
        let payload = String(decoding: content.payload, as: UTF8.self)
        #expect(payload.contains(#""id":9007199254740993"#))
        #expect(payload.contains(#""zen":"a/b""#))
        #expect(payload.contains("[1.5,true,null]"))
    }

    @Test("A delivery without a payload says so", arguments: ["null", "[]", #""x""#])
    func emptyDelivery(payload: String) async throws {
        let script = GitHubScript()
        script.on(
            "GET /app/hook/deliveries/5",
            .json(
                #"{"id":5,"guid":"g","delivered_at":"2026-01-01T00:00:00Z","redelivery":true,"status_code":200,"#
                    + #""event":"ping","request":{"headers":null,"payload":\#(payload)}}"#))
        let deliveries = try await script.app().app.deliveries
        let error = try await gitHubError { try await deliveries.get(5) }
        #expect(error.kind == .malformed)
        #expect(error.message == "request.payload: it is no object")
    }
}
