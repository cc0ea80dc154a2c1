import BotCore
import Testing

/// Every row and cell of what storage answers to anonymous callers, and what lies beside the table.
@Suite struct StorageErrorReplyTests {
    /// An error body as the JSON API documents it.
    private func json(_ code: Int, _ reason: String, _ message: String) -> String {
        """
        {"error": {"code": \(code), "message": "\(message)",
          "errors": [{"message": "\(message)", "domain": "global", "reason": "\(reason)"}]}}
        """
    }

    /// An error body as the XML API documents it.
    private func xml(_ code: String, _ message: String, details: String? = nil) -> String {
        let details = details.map { "<Details>\($0)</Details>" } ?? ""
        return "<?xml version='1.0' encoding='UTF-8'?><Error><Code>\(code)</Code><Message>\(message)</Message>"
            + details + "</Error>"
    }

    private func check(
        json body: String, _ status: Int, list: StorageErrorReply.Meaning, get: StorageErrorReply.Meaning,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let bytes = Array(body.utf8)
        #expect(StorageErrorReply(json: status, body: bytes, to: .list).meaning == list, sourceLocation: location)
        #expect(StorageErrorReply(json: status, body: bytes, to: .get).meaning == get, sourceLocation: location)
    }

    private func check(
        json body: String, _ status: Int, _ both: StorageErrorReply.Meaning,
        _ location: SourceLocation = #_sourceLocation
    ) {
        check(json: body, status, list: both, get: both, location)
    }

    private func check(
        xml body: String, _ status: Int, _ meaning: StorageErrorReply.Meaning,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let reply = StorageErrorReply(xml: status, body: Array(body.utf8))
        #expect(reply.meaning == meaning, sourceLocation: location)
    }

    @Test("a missing bucket is 404 notFound to a listing, and leaves a get open")
    func aMissingBucketIs404NotFound() {
        check(
            json: json(404, "notFound", "There is no such bucket."), 404, list: .refused(.noSuchBucket),
            get: .somethingMissing)
        check(xml: xml("NoSuchBucket", "There is none."), 404, .refused(.noSuchBucket))
        check(xml: xml("NoSuchKey", "There is none."), 404, .noSuchObject)
    }

    @Test("a private bucket is 401 required")
    func aPrivateBucketIs401Required() {
        check(json: json(401, "required", "Anonymous callers may not."), 401, .refused(.denied))
        check(xml: xml("AccessDenied", "Access denied.", details: "Anonymous callers may not."), 403, .refused(.denied))
    }

    @Test("requester pays is 400 required")
    func requesterPaysIs400Required() {
        check(json: json(400, "required", "The reader pays here."), 400, .refused(.requesterPays))
        check(xml: xml("UserProjectMissing", "The reader pays here."), 400, .refused(.requesterPays))
    }

    @Test("billing that is off is 403 accountDisabled, in its own words")
    func billingThatIsOffIs403() {
        let refusal = StorageRefusal.billingDisabled(message: "The account is closed.")
        check(json: json(403, "accountDisabled", "The account is closed."), 403, .refused(refusal))
        check(xml: xml("UserProjectAccountProblem", "The account is closed."), 403, .refused(refusal))
    }

    @Test("a bad name is only believed when the XML API names the bucket")
    func aBadNameIsOnlyBelieved() throws {
        let message = "Not a name: 'X'"
        let first = json(400, "invalid", message)
        check(json: first, 400, .ambiguous)
        let second = xml("InvalidBucketName", message)
        check(xml: second, 400, .refused(.badBucketName(message: message)))
        let reply = StorageErrorReply(json: 400, body: Array(first.utf8), to: .list)
        let opinion = StorageErrorReply(xml: 400, body: Array(second.utf8))
        #expect(reply.refusal(confirmedBy: opinion) == .badBucketName(message: message))
        let other = StorageErrorReply(xml: 400, body: Array(xml("InvalidArgument", "Something").utf8))
        #expect(reply.refusal(confirmedBy: other) == nil)
    }

    @Test(
        "an error without a reason needs the XML API's opinion",
        arguments: ["Access is denied.", "", "<html>", "[]", #"{"error": "denied"}"#, #"{"error": {"errors": {}}}"#])
    func anErrorWithoutAReasonNeeds(body: String) {
        check(json: body, 400, .ambiguous)
        check(json: body, 401, .ambiguous)
        check(json: body, 403, .ambiguous)
        check(json: body, 404, list: .ambiguous, get: .somethingMissing)
    }

    @Test("forbidden says less than the table wants, and needs the XML API's opinion")
    func forbiddenSaysLessThanTheTable() {
        check(json: json(403, "forbidden", "No."), 403, .ambiguous)
        check(json: json(404, "Not Found", "No."), 404, list: .ambiguous, get: .unusable)
    }

    @Test(
        "a 403 of a rate or a quota may pass",
        arguments: ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"])
    func a403OfARateA(reason: String) {
        check(json: json(403, reason, "Too much."), 403, .transient)
    }

    @Test("what may pass is no verdict, whatever reason it names", arguments: [408, 429, 500, 502, 503, 504, 599])
    func whatMayPassIsNoVerdict(status: Int) {
        for reason in ["required", "notFound", "accountDisabled", "backendError"] {
            check(json: json(status, reason, "Later."), status, .transient)
        }
        check(json: "", status, .transient)
        for code in ["AccessDenied", "NoSuchBucket", "InternalError"] {
            check(xml: xml(code, "Later."), status, .transient)
        }
    }

    @Test(
        "statuses that the table does not have decide nothing",
        arguments: [204, 206, 301, 302, 304, 307, 308, 405, 410, 412, 416, 418])
    func statusesThatTheTableDoesNot(status: Int) {
        check(json: json(status, "notFound", "Well."), status, .unusable)
        check(xml: xml("NoSuchBucket", "Well."), status, .unusable)
    }

    @Test("a reason under another status than the table's decides nothing")
    func aReasonUnderAnotherStatusThan() {
        check(json: json(401, "authError", "Bad credentials."), 401, .unusable)
        check(json: json(401, "accountDisabled", "Off."), 401, .unusable)
        check(json: json(403, "required", "Who?"), 403, .unusable)
        check(json: json(403, "somethingNew", "Why?"), 403, .unusable)
        check(json: json(400, "notFound", "What?"), 400, .unusable)
        check(xml: xml("AccessDenied", "No."), 401, .unusable)
        check(xml: xml("NoSuchBucket", "No."), 403, .unusable)
        check(xml: "AccessDenied", 403, .unusable)
    }

    @Test("the wording decides nothing")
    func theWordingDecidesNothing() {
        check(json: json(403, "quotaExceeded", "The specified bucket does not exist."), 403, .transient)
        check(
            json: json(404, "notFound", "No such object: b/o"), 404, list: .refused(.noSuchBucket),
            get: .somethingMissing)
    }

    @Test("two answers that do not fit together refuse nothing")
    func twoAnswersThatDoNotFit() {
        let pairs: [(Int, String, Int, String, StorageRefusal?)] = [
            (403, "forbidden", 403, "AccessDenied", .denied),
            (403, "forbidden", 404, "NoSuchBucket", nil),
            (403, "forbidden", 404, "NoSuchKey", nil),
            (403, "forbidden", 400, "UserProjectMissing", nil),
            (400, "invalid", 400, "UserProjectMissing", .requesterPays),
            (400, "invalid", 403, "AccessDenied", nil),
            (404, "Not Found", 404, "NoSuchBucket", .noSuchBucket),
            (404, "Not Found", 403, "AccessDenied", nil),
            (401, "required", 403, "AccessDenied", nil),
        ]
        for (status, reason, xmlStatus, code, expected) in pairs {
            let first = StorageErrorReply(json: status, body: Array(json(status, reason, "x").utf8), to: .list)
            let second = StorageErrorReply(xml: xmlStatus, body: Array(xml(code, "x").utf8))
            #expect(first.refusal(confirmedBy: second) == expected, "\(reason), \(code)")
        }
    }

    @Test("the message is the first line, trimmed and bounded")
    func theMessageIsTheFirstLine() {
        func message(_ text: String) -> String {
            StorageErrorReply(json: 404, body: Array(text.utf8), to: .get).message
        }
        #expect(message("\r\n  No such object: b/o \r\nand more") == "No such object: b/o")
        #expect(message("") == "")
        #expect(message(String(repeating: "é", count: 4000)).count == 500)
        #expect(message(json(404, "notFound", #"one\ntwo"#)) == "one")
        #expect(message(#"{"error": {"errors": [{"reason": "notFound", "message": "inner"}]}}"#) == "inner")
        let details = xml("AccessDenied", "No.", details: "\n a &lt;b&gt; &amp;lt; c\nmore")
        #expect(StorageErrorReply(xml: 403, body: Array(details.utf8)).message == "a <b> &lt; c")
    }

    @Test("the summary has status and reason, and a long reason is cut")
    func theSummaryHasStatusAndReason() {
        let reply = StorageErrorReply(json: 503, body: Array(json(503, "backendError", "x").utf8), to: .list)
        #expect(reply.summary == "HTTP 503 (backendError)")
        #expect(StorageErrorReply(xml: 307, body: []).summary == "a redirect, HTTP 307")
        let long = json(500, String(repeating: "r", count: 10_000), "x")
        #expect(StorageErrorReply(json: 500, body: Array(long.utf8), to: .get).summary.count == 71)
    }

    @Test("no bytes trap")
    func noBytesTrap() {
        let bodies: [[UInt8]] = [
            [0xFF, 0xFE, 0x00], Array(String(repeating: "[", count: 100_000).utf8),
            Array(String(repeating: #"{"error":"#, count: 100_000).utf8), [UInt8](repeating: 0x20, count: 200_000),
            Array("<Error><Code>".utf8), Array("<Error></Code><Code>".utf8), Array(#"{"error":{"code":1e999}}"#.utf8),
            Array(#"{"error":{"code":404,"code":404,"errors":[null,1,[]]}}"#.utf8),
        ]
        for body in bodies {
            for status in [-1, 0, 200, 400, 401, 403, 404, 500, Int.max] {
                #expect(StorageErrorReply(json: status, body: body, to: .list).message.count <= 500)
                #expect(StorageErrorReply(xml: status, body: body).message.count <= 500)
            }
        }
    }
}
