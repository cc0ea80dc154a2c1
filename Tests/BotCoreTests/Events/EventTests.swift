import Testing

@testable import BotCore

@Suite("Events")
struct EventTests {
    private func event(_ name: String, _ payload: String) throws -> Event {
        try Event(name: name, payload: payload.utf8)
    }

    @Test(
        "A pull request is heard of when an answer may change",
        arguments: [
            ("opened", "", PullRequestEvent.Action.opened), ("synchronize", "", .synchronized),
            ("reopened", "", .reopened), ("ready_for_review", "", .readyForReview), ("closed", "", .closed),
            ("edited", #""changes": {"base": {"ref": {"from": "old"}}},"#, .baseChanged),
        ])
    func pullRequest(action: String, extra: String, expected: PullRequestEvent.Action) throws {
        let event = try event("pull_request", EventPayloads.pullRequest(action, extra: extra))
        guard case .pullRequest(let pullRequest) = event else {
            Issue.record("it is \(event)")
            return
        }
        #expect(pullRequest.action == expected)
        #expect(pullRequest.number == 12)
        #expect(pullRequest.repository.id == RepositoryID(rawValue: 57))
        #expect(pullRequest.head.sha.text == EventPayloads.headSHA)
        #expect(pullRequest.head.repository == RepositoryName("casey/registry"))
        #expect(pullRequest.base.ref == "main")
        #expect(pullRequest.isDraft)
        #expect(!pullRequest.isMerged)
        #expect(pullRequest.author?.id == AccountID(rawValue: 11))
        #expect(pullRequest.installationID == nil)
        #expect(event.lane == "acme/registry#12")
    }

    @Test("A pull request whose fork was deleted has no head repository")
    func deletedFork() throws {
        let event = try event("pull_request", EventPayloads.pullRequest("synchronize", headRepository: "null"))
        guard case .pullRequest(let pullRequest) = event else {
            Issue.record("it is \(event)")
            return
        }
        #expect(pullRequest.head.repository == nil)
    }

    @Test("A new comment tells who said what where")
    func comment() throws {
        let event = try event("issue_comment", EventPayloads.comment("created"))
        guard case .comment(let comment) = event else {
            Issue.record("it is \(event)")
            return
        }
        #expect(comment.action == .created)
        #expect(comment.kind == .conversation)
        #expect(comment.isPullRequest)
        #expect(comment.isOpen)
        #expect(comment.commentID == CommentID(rawValue: 991))
        #expect(comment.body == "/check-bucket")
        #expect(comment.sender.login == "casey")
        #expect(comment.installationID == InstallationID(rawValue: 4))
        #expect(event.lane == "acme/registry#12")
    }

    @Test("An edited comment tells what it said before")
    func editedComment() throws {
        let edit = EventPayloads.comment("edited", extra: #""changes": {"body": {"from": "hello"}},"#)
        guard case .comment(let comment) = try event("issue_comment", edit) else {
            Issue.record("it is no comment")
            return
        }
        #expect(comment.action == .edited(oldBody: "hello"))
    }

    @Test("A comment on an issue is not on a pull request, and one on a line is")
    func placesOfComments() throws {
        let issue = EventPayloads.comment("created", issue: #"{"number": 3, "state": "open"}"#)
        guard case .comment(let onIssue) = try event("issue_comment", issue),
            case .comment(let onLine) = try event(
                "pull_request_review_comment", EventPayloads.reviewComment("created"))
        else {
            Issue.record("one is no comment")
            return
        }
        #expect(!onIssue.isPullRequest)
        #expect(onLine.isPullRequest)
        #expect(onLine.kind == .reviewOfLine)
        #expect(!onLine.isOpen)
    }

    @Test("A push to the default branch is heard of")
    func push() throws {
        let event = try event("push", EventPayloads.push(ref: "refs/heads/main"))
        guard case .push(let push) = event else {
            Issue.record("it is \(event)")
            return
        }
        #expect(push.branch == "main")
        #expect(push.after.text == EventPayloads.headSHA)
        #expect(event.lane == "acme/registry")
    }

    @Test("An installation tells which repositories come and go")
    func installation() throws {
        let list = #"[{"id": 57, "full_name": "Acme/Registry", "private": true}]"#
        let created = try event(
            "installation", EventPayloads.installation("created", extra: "\"repositories\": \(list),"))
        let changed = try event(
            "installation_repositories",
            EventPayloads.installation("removed", extra: "\"repositories_removed\": \(list),"))
        guard case .installation(let first) = created, case .installation(let second) = changed else {
            Issue.record("one is no installation")
            return
        }
        #expect(first.change == .installed)
        #expect(first.added.map(\.isPrivate) == [true])
        #expect(first.removed.isEmpty)
        #expect(second.change == .repositoriesChanged)
        #expect(second.added.isEmpty)
        #expect(second.removed.map(\.name) == [RepositoryName("acme/registry")])
        #expect(created.lane == "installation")
    }

    @Test(
        "What changes no answer is ignored, and says why",
        arguments: [
            ("pull_request", EventPayloads.pullRequest("labeled"), "nothing depends on labeled of pull_request"),
            (
                "pull_request", EventPayloads.pullRequest("edited", extra: #""changes": {"title": {"from": "x"}},"#),
                "the edit that pull_request tells of changes no answer"
            ),
            ("issue_comment", EventPayloads.comment("deleted"), "nothing depends on deleted of issue_comment"),
            (
                "issue_comment", EventPayloads.comment("edited", extra: #""changes": {},"#),
                "the edit that issue_comment tells of changes no answer"
            ),
            (
                "issue_comment", EventPayloads.comment("created", author: EventPayloads.bot),
                "some-app[bot] is a bot"
            ),
            (
                "issue_comment",
                EventPayloads.comment(
                    "edited", extra: #""changes": {"body": {"from": ""}},"#, sender: EventPayloads.bot),
                "some-app[bot] is a bot"
            ),
            ("push", EventPayloads.push(ref: "refs/heads/topic"), "refs/heads/topic is not the default branch"),
            ("push", EventPayloads.push(ref: "refs/tags/main"), "refs/tags/main is not the default branch"),
            (
                "push", EventPayloads.push(ref: "refs/heads/main", deleted: true),
                "refs/heads/main is not the default branch"
            ),
            ("installation", EventPayloads.installation("paused"), "nothing depends on paused of installation"),
            ("star", "{}", "nothing depends on star"),
        ])
    func ignored(name: String, payload: String, why: String) throws {
        let event = try event(name, payload)
        guard case .ignored(let reason) = event else {
            Issue.record("it is \(event)")
            return
        }
        #expect(reason.description == why)
    }

    @Test("A ping needs nothing but to be an object")
    func ping() throws {
        #expect(try event("ping", #"{"zen": "Keep it logically awesome.", "hook_id": 1}"#) == .ping)
    }

    @Test("A scope is the repository's, else the organization's, else the installation's account's")
    func scope() throws {
        let repository = try EventScope(payload: EventPayloads.push(ref: "x").utf8)
        #expect(repository.repository == RepositoryName("acme/registry"))
        #expect(repository.owner == "Acme")
        let organization = try EventScope(payload: #"{"organization": {"login": "globex"}}"#.utf8)
        #expect(organization.repository == nil)
        #expect(organization.owner == "globex")
        #expect(try EventScope(payload: EventPayloads.installation("created").utf8).owner == "Acme")
        #expect(try EventScope(payload: "{}".utf8).owner == nil)
    }
}
