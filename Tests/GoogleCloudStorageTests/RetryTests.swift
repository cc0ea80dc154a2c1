import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Synchronization
import Testing

/// What may pass is asked again, within bounds, and is never a verdict.
@Suite struct RetryTests {
    @Test("a transient status is unknown after four attempts", arguments: [408, 429, 500, 502, 503, 504])
    func transientStatus(status: Int) async throws {
        let step = StorageScript.Step.json(status, "notFound", "Later.")
        let scripted = ScriptedClient(step, step, step, step)
        let listed = try await scripted.list()
        #expect(
            listed.outcome == .unknown(reason: "no usable answer in 4 attempts: HTTP \(status) (notFound), 4 times"))
        #expect(listed.counts == RequestCounts(requests: 4, retries: 3))
        #expect(listed.evidence.status == status)
        #expect(listed.evidence.detail == "Later.")
        #expect(scripted.clock.pauses == [.milliseconds(500), .seconds(1), .seconds(2)])
        #expect(try await ScriptedClient(step, step, step, step).read().outcome.unknownReason != nil)
    }

    @Test(
        "a rate or a quota is asked again, and then unknown",
        arguments: ["rateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"])
    func rates(reason: String) async throws {
        let step = StorageScript.Step.json(403, reason)
        let answer = try await ScriptedClient(step, step, step, step).list()
        #expect(answer.outcome == .unknown(reason: "no usable answer in 4 attempts: HTTP 403 (\(reason)), 4 times"))
    }

    @Test(
        "no answer is unknown",
        arguments: [
            TransportError.unreachable(reason: "no such host"), .interrupted(reason: "reset"), .timedOut(seconds: 30),
        ])
    func noAnswer(error: TransportError) async throws {
        let scripted = ScriptedClient(.failure(error), .failure(error), .failure(error), .failure(error))
        let answer = try await scripted.list()
        let reason = try #require(answer.outcome.unknownReason)
        #expect(reason.hasPrefix("no usable answer in 4 attempts: "))
        #expect(answer.evidence.status == nil)
    }

    @Test(
        "what another try cannot mend is tried once",
        arguments: [TransportError.tooLarge(limitBytes: 9), .notAllowed(reason: "plain http")])
    func hopeless(error: TransportError) async throws {
        #expect(try await ScriptedClient(.failure(error)).list().outcome.unknownReason != nil)
    }

    @Test("a body that is cut short or is no listing is asked for again, and then unknown")
    func brokenBody() async throws {
        let cut = StorageScript.Step.broken([#"{"items": ["#], .interrupted(reason: "cut short"))
        let recovered = try await ScriptedClient(cut, .answer(200, #"{"items": [{"#), .answer(200, "{}")).list()
        #expect(recovered.outcome == .answered(ListPage(objects: [], prefixes: [], nextPageToken: nil)))
        #expect(recovered.counts == RequestCounts(requests: 3, retries: 2))
        let html = StorageScript.Step.answer(200, "<html>Sign in</html>")
        let answer = try await ScriptedClient(html, html, html, html).list()
        #expect(
            answer.outcome
                == .unknown(
                    reason: "no usable answer in 4 attempts: HTTP 200 whose body is no listing: it is not JSON, 4 times"
                ))
    }

    @Test("an outage that passes leaves a verdict")
    func recovers() async throws {
        let denied = try await ScriptedClient(
            .failure(.timedOut(seconds: 1)), .json(503, "x"), .json(401, "required")
        ).list()
        #expect(denied.outcome == .refused(.denied))
        let opinion = try await ScriptedClient(.json(403, "forbidden"), .json(500, "x"), .xml(403, "AccessDenied"))
            .list()
        #expect(opinion.outcome == .refused(.denied))
    }

    @Test("an outage of the second opinion is no verdict")
    func secondOpinionFails() async throws {
        let answer = try await ScriptedClient(
            .json(403, "forbidden"), .json(500, "x"), .json(500, "x"), retries: RetryBudget(attempts: 2)
        ).list()
        #expect(answer.outcome.unknownReason != nil)
    }

    @Test("Retry-After is waited for; one that is over the budget ends it")
    func retryAfter() async throws {
        let patient = ScriptedClient(.json(429, "x", headers: ["retry-after": "7"]), .answer(200, "{}"))
        _ = try await patient.list()
        #expect(patient.clock.pauses == [.milliseconds(7_500)])
        let asked = ScriptedClient(.json(503, "x", headers: ["Retry-After": "3600"]))
        #expect(try await asked.list().outcome.unknownReason != nil)
        #expect(asked.clock.pauses.isEmpty)
    }

    @Test("time ends the attempts as well")
    func timeBudget() async throws {
        let budget = RetryBudget(attempts: 100, total: .seconds(3), firstPause: .seconds(1))
        let step = StorageScript.Step.json(503, "x")
        let scripted = ScriptedClient(step, step, retries: budget)
        #expect(try await scripted.list().outcome.unknownReason != nil)
        #expect(scripted.clock.pauses == [.seconds(1)])
    }

    @Test("a transfer that breaks off is read again from its start")
    func streamedAgain() async throws {
        let scripted = ScriptedClient(
            .broken(["abc", "def"], .interrupted(reason: "reset")), .answer(200, "abcdefghi"))
        let starts = Mutex(0)
        let answer = try await scripted.client.withObject(bucket: "b", object: "o", byteLimit: 100) { pieces in
            starts.withLock { $0 += 1 }
            var bytes: [UInt8] = []
            for try await piece in pieces { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(answer.outcome == .answered("abcdefghi"))
        #expect(answer.counts == RequestCounts(requests: 2, retries: 1))
        #expect(starts.withLock { $0 } == 2)
    }

    @Test("a longer object gives its beginning, and says that it is not all")
    func byteLimit() async throws {
        let long = try await ScriptedClient(.answer(200, "abcdef")).read(byteLimit: 5)
        #expect(long.outcome == .answered(ObjectContent(bytes: Array("abcde".utf8), isComplete: false)))
        let exact = try await ScriptedClient(.answer(200, "abcde")).read(byteLimit: 5)
        #expect(exact.outcome == .answered(ObjectContent(bytes: Array("abcde".utf8))))
        let none = try await ScriptedClient(.answer(200, "a")).read(byteLimit: 0)
        #expect(none.outcome == .answered(ObjectContent(bytes: [], isComplete: false)))
        let unhandled = try await ScriptedClient(.answer(200, "abcdef")).client
            .withObject(bucket: "b", object: "o", byteLimit: 5) { pieces in
                for try await _ in pieces {}
                return 1
            }
        #expect(unhandled.outcome == .unknown(reason: "no usable answer in 1 attempt: more than 5 bytes"))
    }

    private struct OwnError: Error {}

    @Test("what a reader throws reaches its caller, and is not tried again")
    func readerThrows() async throws {
        let scripted = ScriptedClient(.answer(200, "a"))
        await #expect(throws: OwnError.self) {
            _ = try await scripted.client.withObject(bucket: "b", object: "o", byteLimit: 5) { _ -> Int in
                throw OwnError()
            }
        }
        #expect(scripted.script.requests.count == 1)
    }

    @Test("a canceled task gets CancellationError and no verdict")
    func cancellation() async throws {
        await #expect(throws: CancellationError.self) { _ = try await ScriptedClient(.failure(.canceled)).list() }
        await #expect(throws: CancellationError.self) {
            _ = try await ScriptedClient(.broken(["a"], .canceled)).read()
        }
        let scripted = ScriptedClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await scripted.list()
        }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test("a 403 whose reason nobody knows is unknown at once")
    func unknownReason() async throws {
        let answer = try await ScriptedClient(.json(403, "new")).list()
        #expect(
            answer.outcome == .unknown(reason: "an answer that says nothing about the bucket: HTTP 403 (new)"))
        #expect(answer.counts == RequestCounts(requests: 1, retries: 0))
    }

    @Test("a bucket that keeps timing out is left alone for a minute, and others are not")
    func silentBucket() async throws {
        let late = StorageScript.Step.failure(.timedOut(seconds: 30))
        let scripted = ScriptedClient(
            late, late, late, late, late, late, .answer(200, "{}"), .answer(200, "{}"),
            retries: RetryBudget(attempts: 3))
        let question = ListQuestion(bucket: "b", prefix: "logs/")
        for _ in 0..<2 {
            #expect(try await scripted.client.list(question).counts.requests == 3)
        }
        let skipped = try await scripted.client.list(question)
        #expect(skipped.counts == RequestCounts())
        #expect(
            skipped.outcome
                == .unknown(reason: "not asked: the last 6 requests to the bucket got no answer in time"))
        let other = try await scripted.client.list(ListQuestion(bucket: "other", prefix: ""))
        #expect(other.outcome.unknownReason == nil)
        scripted.clock.advance(61)
        #expect(try await scripted.client.list(question).outcome.unknownReason == nil)
        #expect(scripted.script.unusedCount == 0)
    }

    @Test("one answer makes up for all timeouts before it")
    func answersInBetween() async throws {
        let late = StorageScript.Step.failure(.timedOut(seconds: 30))
        let scripted = ScriptedClient(
            late, late, late, .answer(200, "{}"), late, late, late, .answer(200, "{}"))
        let question = ListQuestion(bucket: "b", prefix: "logs/")
        for _ in 0..<2 { #expect(try await scripted.client.list(question).outcome.unknownReason == nil) }
        #expect(scripted.script.unusedCount == 0)
    }
}
