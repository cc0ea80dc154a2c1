import CurlHTTP
import GitHubAPI
import Testing

import struct Foundation.Date

@Suite("GitHub's limits")
struct LimitTests {
    private let ref = #"{"ref":"refs/heads/main","object":{"sha":"\#(String(repeating: "a", count: 40))"}}"#
    private let read = "GET /repos/o/r/git/ref/heads/main"
    private let write = "POST /repos/o/r/issues/comments/9/reactions"
    private let reaction = #"{"id":3,"user":null,"content":"eyes"}"#
    private let secondary = "You have exceeded a secondary rate limit."

    /// The headers of the hour's limit; the reset is by GitHub's clock.
    private func limits(_ remaining: Int, resetIn seconds: Double, ahead: Double = 0, of limit: Int = 5_000)
        -> HTTPHeaders
    {
        let reset = Int(GitHubScript.start.timeIntervalSince1970 + ahead + seconds)
        return [
            "x-ratelimit-limit": "\(limit)", "x-ratelimit-remaining": "\(remaining)", "x-ratelimit-reset": "\(reset)",
            "x-ratelimit-resource": "core",
        ]
    }

    @Test("A used-up hour is told with the time of its end, by this machine's clock", arguments: [403, 429])
    func primary(status: Int) async throws {
        let script = GitHubScript(serverAheadSeconds: 280)
        script.on(read, .status(status, limits(0, resetIn: 1_200, ahead: 280)))
        let client = try script.owner()
        let git = try repository(client).git
        let until = GitHubScript.start.addingTimeInterval(1_201)
        let first = try await gitHubError { try await git.ref("heads/main") }
        #expect(first.kind == .rateLimited(until: until))
        #expect(try await gitHubError { try await git.ref("heads/other") }.kind == .rateLimited(until: until))
        #expect(script.requests.count == 1)
        #expect(client.counts.limited == 1)
    }

    @Test("After the last call of the hour nothing is sent that would be refused")
    func lastCall() async throws {
        let script = GitHubScript()
        script.on(read, .json(ref, limits(0, resetIn: 1_200)), .json(ref))
        let git = try repository(script.owner()).git
        _ = try await git.ref("heads/main")
        let error = try await gitHubError { try await git.ref("heads/main") }
        #expect(error.kind == .rateLimited(until: GitHubScript.start.addingTimeInterval(1_201)))
        script.pass(1_202)
        _ = try await git.ref("heads/main")
        #expect(script.requests.count == 2)
    }

    @Test("A short pause is waited for, and the request is sent then, a write too")
    func shortPause() async throws {
        let script = GitHubScript()
        script.on(write, .status(429, ["Retry-After": "7"]), .json(reaction, status: 201))
        _ = try await repository(script.owner()).reactions.create(.eyes, on: .issueComment(9))
        #expect(script.waits == [.seconds(7)])
        #expect(script.requests.count == 2)
    }

    @Test("Retry-After pauses everything of the credential, whatever the hour's limit says")
    func secondaryWithTime() async throws {
        let script = GitHubScript()
        var headers = limits(4_000, resetIn: 1_200)
        headers["Retry-After"] = "120"
        script.on(write, .status(403, headers, message: secondary))
        let repository = try repository(script.owner())
        let until = GitHubScript.start.addingTimeInterval(120)
        let error = try await gitHubError { try await repository.reactions.create(.eyes, on: .issueComment(9)) }
        #expect(error.kind == .rateLimited(until: until))
        #expect(try await gitHubError { try await repository.git.ref("x") }.kind == .rateLimited(until: until))
        #expect(script.requests.count == 1)
    }

    @Test("Without a time it is a minute, then two, and a minute again once GitHub has answered")
    func secondaryWithoutTime() async throws {
        let script = GitHubScript()
        script.on(read, .status(429), .status(403, message: secondary), .json(ref), .status(429))
        let git = try repository(script.owner()).git
        var waits: [Double] = []
        for _ in 0..<4 {
            do {
                _ = try await git.ref("heads/main")
            } catch let error as GitHubError {
                guard case .rateLimited(let until) = error.kind else { throw error }
                waits.append(until.timeIntervalSince(script.now))
                script.pass(waits.last ?? 0)
            }
        }
        #expect(waits == [60, 120, 60])
        #expect(script.leftOver.isEmpty)
    }

    @Test("Requests that meet a limit together count as one")
    func together() async throws {
        let script = GitHubScript()
        let git = try repository(script.owner()).git
        script.whenAsked { while script.requests.count < 5 { await Task.yield() } }
        let errors = try await withThrowingTaskGroup(of: GitHubError.self) { group in
            for number in 0..<5 {
                script.on("GET /repos/o/r/git/ref/\(number)", .status(429))
                group.addTask { try await gitHubError { try await git.ref("\(number)") } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let minute = GitHubScript.start.addingTimeInterval(60)
        #expect(errors.map(\.kind) == Array(repeating: .rateLimited(until: minute), count: 5))
    }

    @Test("A refusal for another reason is no limit")
    func otherRefusal() async throws {
        let script = GitHubScript()
        script.on(read, .status(403, limits(4_000, resetIn: 60), message: "Resource not accessible by integration"))
        let git = try repository(script.owner()).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .forbidden(needed: nil))
    }

    @Test("The last calls of the hour are kept for what people wait for", arguments: [(750, true), (751, false)])
    func reserve(remaining: Int, isKept: Bool) async throws {
        let script = GitHubScript()
        script.on(read, .json(ref, limits(remaining, resetIn: 1_200)), .json(ref), .json(ref))
        let client = try script.owner()
        _ = try await repository(client).git.ref("heads/main")
        let sweep = try repository(client.prioritized(.sweep)).git
        if isKept {
            let error = try await gitHubError { try await sweep.ref("heads/main") }
            #expect(error.kind == .rateLimited(until: GitHubScript.start.addingTimeInterval(1_201)))
        } else {
            _ = try await sweep.ref("heads/main")
        }
        _ = try await repository(client).git.ref("heads/main")
    }

    @Test("Of a small limit no more than its part is kept")
    func smallReserve() async throws {
        let script = GitHubScript()
        script.on(read, .json(ref, limits(200, resetIn: 1_200, of: 1_000)), .json(ref))
        let client = try script.owner()
        let git = try repository(client.prioritized(.background)).git
        for _ in 0..<2 { _ = try await git.ref("heads/main") }
        #expect(client.limits.values.first?.first?.remaining == 200)
    }

    @Test("Answers that overtake each other do not give calls back")
    func overtaking() async throws {
        let script = GitHubScript()
        script.on(read, .json(ref, limits(10, resetIn: 60)), .json(ref, limits(900, resetIn: 60)))
        let client = try script.owner()
        for _ in 0..<2 { _ = try await repository(client).git.ref("heads/main") }
        #expect(client.limits.values.first?.map(\.remaining) == [10])
        script.pass(61)
        script.on(read, .json(ref, limits(4_999, resetIn: 3_660)))
        _ = try await repository(client).git.ref("heads/main")
        #expect(client.limits.values.first?.map(\.remaining) == [4_999])
    }

    @Test("Pauses outlive the process, and hold for another one that shares the store")
    func pausesAreKept() async throws {
        let stores = MemoryStores()
        let before = GitHubScript()
        before.on(read, .status(429, ["Retry-After": "300"]))
        let git = try repository(before.owner(stores: stores.clientStores)).git
        let until = GitHubScript.start.addingTimeInterval(300)
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .rateLimited(until: until))
        #expect(stores.kept.pauses.map(\.scope) == ["*"])

        let after = GitHubScript()
        let again = try repository(after.owner(stores: stores.clientStores)).git
        #expect(try await gitHubError { try await again.ref("heads/main") }.kind == .rateLimited(until: until))
        #expect(after.requests.isEmpty)
        after.pass(301)
        after.on(read, .json(ref))
        _ = try await again.ref("heads/main")
    }

    @Test("A pause that another process has met is known within seconds")
    func pauseOfAnother() async throws {
        let stores = MemoryStores()
        let script = GitHubScript()
        script.on(read, .json(ref))
        let git = try repository(try await script.app(stores: stores.clientStores)).git
        _ = try await git.ref("heads/main")
        try await stores.save(
            RequestPause(
                credential: "installation:42", scope: "core", until: GitHubScript.start.addingTimeInterval(900),
                reason: "used up"), now: script.now)
        script.pass(6)
        let error = try await gitHubError { try await git.ref("heads/main") }
        #expect(error.kind == .rateLimited(until: GitHubScript.start.addingTimeInterval(900)))
        #expect(error.message == "used up")
    }

    @Test("A store that fails does not let a pause be forgotten")
    func brokenStore() async throws {
        let script = GitHubScript()
        script.on(read, .status(429, ["Retry-After": "300"]))
        let git = try repository(script.owner(stores: MemoryStores(isBroken: true).clientStores)).git
        for _ in 0..<2 { _ = try await gitHubError { try await git.ref("heads/main") } }
        #expect(script.requests.count == 1)
    }

    @Test(
        "Headers that cannot be true are passed over",
        arguments: [
            ("x", "1", "1800000060"), ("5000", "-1", "1800000060"), ("5000", "99999999999999999999", "1800000060"),
            ("5000", "0", "0"), ("5000", "0", "999999999999"), ("0", "0", "1800000060"), ("5000", "0", ""),
        ])
    func nonsense(limit: String, remaining: String, reset: String) async throws {
        let script = GitHubScript()
        let headers: HTTPHeaders = [
            "x-ratelimit-limit": limit, "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset,
        ]
        script.on(read, .json(ref, headers), .json(ref))
        let git = try repository(script.owner()).git
        for _ in 0..<2 { _ = try await git.ref("heads/main") }
        #expect(script.waits.isEmpty)
    }
}

@Suite("The pace of requests")
struct PaceTests {
    private let reaction = #"{"id":3,"user":null,"content":"eyes"}"#
    private let comment =
        #"{"id":1,"body":"x","user":null,"created_at":"2026-01-01T00:00:00Z","#
        + #""updated_at":"2026-01-01T00:00:00Z","html_url":"u"}"#

    @Test("Writes are a second apart, and those that people are told of three")
    func writes() async throws {
        let script = GitHubScript()
        let react = "POST /repos/o/r/issues/comments/9/reactions"
        let tell = "POST /repos/o/r/issues/7/comments"
        for _ in 0..<3 { script.on(react, .json(reaction, status: 201)) }
        for _ in 0..<3 { script.on(tell, .json(comment, status: 201)) }
        let repository = try repository(script.owner { $0.pacing = Pacing() })
        var starts: [Double] = []
        for isLoud in [false, false, true, true, false, true] {
            if isLoud {
                _ = try await repository.issueComments.create(on: 7, body: "x")
            } else {
                _ = try await repository.reactions.create(.eyes, on: .issueComment(9))
            }
            starts.append(script.now.timeIntervalSince(GitHubScript.start))
        }
        #expect(starts == [0, 1, 2, 5, 6, 8])
    }

    @Test("Reads are not held up by writes")
    func reads() async throws {
        let script = GitHubScript()
        script.on("POST /repos/o/r/issues/comments/9/reactions", .json(reaction, status: 201))
        script.on("GET /repos/o/r/issues/comments/1", .json(comment))
        let repository = try repository(script.owner { $0.pacing = Pacing() })
        _ = try await repository.reactions.create(.eyes, on: .issueComment(9))
        _ = try await repository.issueComments.get(1)
        #expect(script.waits.isEmpty)
    }

    @Test("No more than 900 points are spent in a minute")
    func points() async throws {
        let script = GitHubScript()
        let pacing = Pacing()
        let comments = try repository(script.owner { $0.pacing = pacing }).issueComments
        var withinAMinute = 0
        for _ in 0..<1_000 {
            script.on("GET /repos/o/r/issues/comments/1", .json(comment))
            _ = try await comments.get(1)
            if script.now.timeIntervalSince(GitHubScript.start) < 60 { withinAMinute += 1 }
        }
        #expect((850...900).contains(withinAMinute))
    }

    @Test("No more requests are under way than are allowed")
    func concurrency() async throws {
        let script = GitHubScript()
        let comments = try repository(script.owner { $0.pacing.maxConcurrent = 4 }).issueComments
        let under = Noted(0)
        let most = Noted(0)
        script.whenAsked {
            let count = under.change { under in
                under += 1
                return under
            }
            most.change { $0 = max($0, count) }
            for _ in 0..<20 { await Task.yield() }
            under.change { $0 -= 1 }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 1...40 {
                script.on("GET /repos/o/r/issues/comments/\(id)", .json(comment))
                group.addTask { _ = try await comments.get(IssueCommentID(id)) }
            }
            try await group.waitForAll()
        }
        #expect((2...4).contains(most.value))
    }

    @Test("Each credential has a pace of its own")
    func credentials() async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/issues/comments/1", .status(429, ["Retry-After": "300"]))
        script.on("GET /app", .json(#"{"id":77,"slug":"x","permissions":{},"events":[]}"#))
        let client = try await script.app()
        _ = try await gitHubError { try await repository(client).issueComments.get(1) }
        _ = try await client.app.details()
    }
}
