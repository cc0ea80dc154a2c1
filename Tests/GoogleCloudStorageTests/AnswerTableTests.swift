import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Testing

/// Every row of what storage answers to an anonymous caller, as a probe meets it.
@Suite struct AnswerTableTests {
    @Test("a public bucket is listed and read")
    func publicBucket() async throws {
        let listed = try await ScriptedClient(.answer(200, #"{"prefixes": ["logs/a/"]}"#)).list()
        #expect(listed.outcome == .answered(ListPage(objects: [], prefixes: ["logs/a/"], nextPageToken: nil)))
        #expect(listed.evidence.status == 200)
        let read = try await ScriptedClient(.answer(200, "hello")).read()
        #expect(read.outcome == .answered(ObjectContent(bytes: Array("hello".utf8))))
    }

    @Test("an empty listing is an answer")
    func emptyListing() async throws {
        let answer = try await ScriptedClient(.answer(200, "{}")).list()
        #expect(answer.outcome == .answered(ListPage(objects: [], prefixes: [], nextPageToken: nil)))
    }

    @Test("a missing object is told from a missing bucket by a listing", arguments: [true, false])
    func missingObject(isPlainText: Bool) async throws {
        let missing: StorageScript.Step =
            isPlainText ? .answer(404, "No such object: b/logs/o") : .json(404, "notFound", "No such object: b/logs/o")
        let object = try await ScriptedClient(missing, .answer(200, "{}")).read()
        #expect(object.outcome == .noSuchObject)
        #expect(object.evidence.status == 404)
        #expect(object.evidence.detail == "No such object: b/logs/o")
        #expect(object.evidence.request.hasSuffix("/o/logs%2Fo?alt=media"))

        let bucket = try await ScriptedClient(missing, .json(404, "notFound", "None.")).read()
        #expect(bucket.outcome == .refused(.noSuchBucket))
        #expect(bucket.evidence.request.contains("/b/b/o?prefix=&maxResults=1&"))
        #expect(bucket.evidence.detail == "None.")
    }

    @Test("a bucket that answered lately needs no second question about a missing object")
    func knownBucket() async throws {
        let scripted = ScriptedClient(
            .answer(200, "{}"), .answer(404, "None."), .answer(404, "None."), .answer(200, "{}"))
        _ = try await scripted.client.list(ListQuestion(bucket: "b", prefix: ""))
        scripted.clock.advance(599)
        let known = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        #expect(known.outcome == .noSuchObject)
        #expect(known.counts == RequestCounts(requests: 1))
        scripted.clock.advance(1)
        let forgotten = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        #expect(forgotten.outcome == .noSuchObject)
        #expect(forgotten.counts == RequestCounts(requests: 2))
        #expect(scripted.script.unusedCount == 0)
    }

    @Test("a bucket that went away is not known any more")
    func bucketWentAway() async throws {
        let scripted = ScriptedClient(
            .answer(200, "x"), .json(404, "notFound"), .answer(404, "None."), .json(404, "notFound"))
        _ = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        _ = try await scripted.client.list(ListQuestion(bucket: "b", prefix: ""))
        let answer = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        #expect(answer.outcome == .refused(.noSuchBucket))
        #expect(scripted.script.unusedCount == 0)
    }

    @Test("a get's 404 beside a listing that is refused or fails leaves the question open")
    func missingAndNotListable() async throws {
        let refused = try await ScriptedClient(.json(404, "notFound"), .json(401, "required")).read()
        let reason = try #require(refused.outcome.unknownReason)
        #expect(reason.contains("404"))
        let failed = try await ScriptedClient(
            .json(404, "notFound"), .json(503, "backendError"), retries: RetryBudget(attempts: 1)
        ).read()
        #expect(failed.outcome.unknownReason != nil)
    }

    @Test("a missing bucket is missing to a listing")
    func missingBucket() async throws {
        let answer = try await ScriptedClient(.json(404, "notFound", "There is no such bucket.")).list()
        #expect(answer.outcome == .refused(.noSuchBucket))
        #expect(answer.evidence.detail == "There is no such bucket.")
    }

    @Test("a private bucket is denied at once by JSON, and by XML where a get gives no reason")
    func privateBucket() async throws {
        let listed = try await ScriptedClient(.json(401, "required", "Anonymous callers may not.")).list()
        #expect(listed.outcome == .refused(.denied))
        #expect(listed.evidence.status == 401)
        let read = try await ScriptedClient(.json(401, "required")).read()
        #expect(read.outcome == .refused(.denied))
        let plain = try await ScriptedClient(.answer(401, "Anonymous callers may not."), .xml(403, "AccessDenied"))
            .read()
        #expect(plain.outcome == .refused(.denied))
        #expect(plain.evidence.request == "GET http://127.0.0.1:9/b/logs%2Fo")
        #expect(plain.evidence.status == 403)
    }

    @Test("a bucket may allow a get and deny a listing, or the other way round")
    func halfPublic() async throws {
        let readable = ScriptedClient(
            .json(401, "required"), .answer(200, "12"), .answer(403, "No."), .xml(403, "AccessDenied"))
        let question = ListQuestion(bucket: "b", prefix: "")
        #expect(try await readable.client.list(question).outcome == .refused(.denied))
        let known = try await readable.client.read(bucket: "b", object: "latest-build.txt", byteLimit: 9)
        #expect(known.outcome == .answered(ObjectContent(bytes: Array("12".utf8))))
        // Without the right to list, storage does not even say that an object is missing.
        let missing = try await readable.client.read(bucket: "b", object: "missing", byteLimit: 9)
        #expect(missing.outcome == .refused(.denied))

        let listable = ScriptedClient(.answer(200, "{}"), .json(401, "required"))
        #expect(
            try await listable.client.list(question).outcome
                == .answered(ListPage(objects: [], prefixes: [], nextPageToken: nil)))
        #expect(try await listable.client.read(bucket: "b", object: "o", byteLimit: 9).outcome == .refused(.denied))
    }

    @Test("403 forbidden is denied only where the XML API denies as well")
    func forbidden() async throws {
        let agreed = try await ScriptedClient(.json(403, "forbidden"), .xml(403, "AccessDenied")).list()
        #expect(agreed.outcome == .refused(.denied))
        #expect(agreed.evidence.request == "GET http://127.0.0.1:9/b?prefix=logs/&max-keys=1")
        let contradicted = try await ScriptedClient(
            .json(403, "forbidden"), .answer(200, "<ListBucketResult></ListBucketResult>")
        ).list()
        #expect(
            contradicted.outcome
                == .unknown(reason: "the JSON API answered HTTP 403 (forbidden), the XML API: HTTP 200"))
        #expect(contradicted.evidence.status == 403)
        let missing = try await ScriptedClient(.json(403, "forbidden"), .xml(404, "NoSuchKey")).read()
        #expect(
            missing.outcome
                == .unknown(reason: "the JSON API answered HTTP 403 (forbidden), the XML API: HTTP 404 (NoSuchKey)"))
    }

    @Test("requester pays")
    func requesterPays() async throws {
        #expect(try await ScriptedClient(.json(400, "required")).list().outcome == .refused(.requesterPays))
        #expect(try await ScriptedClient(.json(400, "required")).read().outcome == .refused(.requesterPays))
        let plain = try await ScriptedClient(.answer(400, "The reader pays."), .xml(400, "UserProjectMissing")).read()
        #expect(plain.outcome == .refused(.requesterPays))
    }

    @Test("billing that is off")
    func billing() async throws {
        let refusal = StorageRefusal.billingDisabled(message: "Closed.")
        #expect(try await ScriptedClient(.json(403, "accountDisabled", "Closed.")).list().outcome == .refused(refusal))
        #expect(try await ScriptedClient(.json(403, "accountDisabled", "Closed.")).read().outcome == .refused(refusal))
        let plain = try await ScriptedClient(
            .answer(403, "Closed."), .xml(403, "UserProjectAccountProblem", "Closed.")
        ).read()
        #expect(plain.outcome == .refused(refusal))
    }

    @Test("a bad name, and a 400 about something else")
    func badName() async throws {
        let name = try await ScriptedClient(.json(400, "invalid"), .xml(400, "InvalidBucketName", "Not a name.")).list()
        #expect(name.outcome == .refused(.badBucketName(message: "Not a name.")))
        let other = try await ScriptedClient(.json(400, "invalid"), .xml(400, "InvalidArgument")).list()
        #expect(
            other.outcome
                == .unknown(reason: "the JSON API answered HTTP 400 (invalid), the XML API: HTTP 400 (InvalidArgument)")
        )
    }

    @Test("a 404 that names no bucket, as from a server that is no storage, is confirmed or unknown")
    func otherNotFound() async throws {
        let confirmed = try await ScriptedClient(.answer(404, "<html>"), .xml(404, "NoSuchBucket")).list()
        #expect(confirmed.outcome == .refused(.noSuchBucket))
        let other = try await ScriptedClient(.answer(404, "<html>"), .answer(404, "<html>")).list()
        #expect(other.outcome == .unknown(reason: "the JSON API answered HTTP 404, the XML API: HTTP 404"))
    }

    @Test("a redirect is not followed and decides nothing", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let step = StorageScript.Step.answer(status, "", headers: ["Location": "http://127.0.0.1:10/"])
        let expected = "an answer that says nothing about the bucket: a redirect, HTTP \(status)"
        #expect(try await ScriptedClient(step).list().outcome == .unknown(reason: expected))
        #expect(try await ScriptedClient(step).read().outcome == .unknown(reason: expected))
    }

    @Test("a status that the table does not have decides nothing", arguments: [204, 206, 405, 410, 412, 418])
    func otherStatus(status: Int) async throws {
        #expect(try await ScriptedClient(.json(status, "notFound")).list().outcome.unknownReason != nil)
    }

    @Test("the evidence is what a person can repeat, and when it was seen")
    func evidence() async throws {
        let scripted = ScriptedClient(.answer(200, "{}"))
        let answer = try await scripted.list()
        let fields = "items(name,size,updated,timeCreated,metadata,contentEncoding),prefixes,nextPageToken"
        let url = "http://127.0.0.1:9/storage/v1/b/b/o?prefix=logs/&delimiter=/&maxResults=1000&fields=\(fields)"
        #expect(answer.evidence.request == "GET \(url)")
        #expect(answer.evidence.observedAt == scripted.clock.now)
        #expect(scripted.script.requests.map(\.url) == [url])
    }
}
