import BotCore
import Testing

@Suite("What is asked for on pages of checks, and by the merge queue")
struct CheckEventTests {
    private static let queue = "gh-readonly-queue/release-1.2/pr-104-\(EventPayloads.baseSHA)"

    private func event(_ name: String, _ payload: String) throws -> Event {
        try Event(name: name, payload: Array(payload.utf8))
    }

    private func checkRun(
        _ action: String, branch: String = "null", pulls: String = "[]", extra: String = ""
    ) -> String {
        """
        {"action": "\(action)", \(extra)
         "check_run": {"id": 5, "name": "bucketbot", "head_sha": "\(EventPayloads.headSHA)", "app": {"id": 77},
           "check_suite": {"head_branch": \(branch)}, "pull_requests": \(pulls)},
         "repository": \(EventPayloads.repository), "sender": \(EventPayloads.contributor)}
        """
    }

    private func group(_ action: String, ref: String) -> String {
        """
        {"action": "\(action)", "merge_group": {"head_sha": "\(EventPayloads.headSHA)", "head_ref": "\(ref)",
           "base_sha": "\(EventPayloads.baseSHA)", "base_ref": "refs/heads/release-1.2"},
         "repository": \(EventPayloads.repository), "sender": \(EventPayloads.contributor)}
        """
    }

    @Test("a check run asked for again names its commit, its App and the pull requests that GitHub knows")
    func rerequested() throws {
        // The last is one of another repository.
        let pulls = #"[{"number": 12}, {"number": 13}, {"number": 14, "base": {"repo": {"id": 987654}}}]"#
        let named = try event("check_run", checkRun("rerequested", pulls: pulls))
        guard case .checkAgain(let again) = named else {
            Issue.record("\(named)")
            return
        }
        #expect(again.request == .runAgain)
        #expect(again.head.text == EventPayloads.headSHA)
        #expect(again.appID == 77)
        #expect(again.checkName == "bucketbot")
        #expect(again.pullRequests == [12, 13])
        #expect(again.headBranch == nil)
        #expect(named.lane == "acme/registry@\(EventPayloads.headSHA)")
        #expect(MergeGroupEvent(again) == nil)
    }

    @Test("a button is told by its identifier, and is a problem where it has none")
    func button() throws {
        let extra = #""requested_action": {"identifier": "probe-again"},"#
        guard case .checkAgain(let again) = try event("check_run", checkRun("requested_action", extra: extra)) else {
            Issue.record("not understood")
            return
        }
        #expect(again.request == .button("probe-again"))
        #expect(throws: EventProblem.self) { try event("check_run", checkRun("requested_action")) }
    }

    @Test("what our own writing causes is ignored", arguments: ["created", "completed"])
    func ignored(action: String) throws {
        guard case .ignored = try event("check_run", checkRun(action)) else {
            Issue.record("\(action) is heard")
            return
        }
    }

    @Test("all checks of a commit asked for again are one request, which names no check")
    func suite() throws {
        let payload = """
            {"action": "rerequested", "check_suite": {"head_sha": "\(EventPayloads.headSHA)",
               "head_branch": "\(Self.queue)", "app": {"id": 77}, "pull_requests": []},
             "repository": \(EventPayloads.repository), "sender": \(EventPayloads.bot)}
            """
        guard case .checkAgain(let again) = try event("check_suite", payload) else {
            Issue.record("not understood")
            return
        }
        #expect(again.request == .suiteAgain)
        #expect(again.checkName == nil)
        let group = try #require(MergeGroupEvent(again))
        #expect(group.base.text == EventPayloads.baseSHA)
        #expect(group.baseBranch == "release-1.2")
        #expect(group.number == 104)
    }

    @Test("the merge queue names what it put together, on what, and for which branch")
    func mergeGroup() throws {
        guard
            case .mergeGroup(let event) = try event(
                "merge_group", group("checks_requested", ref: "refs/heads/\(Self.queue)"))
        else {
            Issue.record("not understood")
            return
        }
        #expect(event.head.text == EventPayloads.headSHA)
        #expect(event.base.text == EventPayloads.baseSHA)
        #expect(event.baseBranch == "release-1.2")
        #expect(event.number == 104)
    }

    @Test(
        "a queue's branch of another shape names no pull request",
        arguments: ["refs/heads/topic", "gh-readonly-queue/main/pr-x-y", "gh-readonly-queue/", ""])
    func otherBranches(ref: String) throws {
        guard case .mergeGroup(let event) = try event("merge_group", group("checks_requested", ref: ref)) else {
            Issue.record("not understood")
            return
        }
        #expect(event.number == nil)
    }

    @Test("a group that the queue gave up is ignored")
    func destroyed() throws {
        guard case .ignored = try event("merge_group", group("destroyed", ref: Self.queue)) else {
            Issue.record("heard")
            return
        }
    }
}
