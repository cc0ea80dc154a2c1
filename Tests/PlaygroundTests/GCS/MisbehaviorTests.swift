import Foundation
import Testing

@testable import Playground

@Suite("A stand-in that misbehaves")
struct MisbehaviorTests {
    private let standIn = GCSStandIn([
        StandInBucket("acme-results", objects: [StandInObject("logs/a/1/started.json", "{}", at: someDay)]),
        StandInBucket("other-results"),
    ])

    private func statuses(_ targets: [String]) -> [Int] {
        targets.map { standIn.reply(to: StorageRequest($0)).status }
    }

    @Test("It fails so many times and is fine after that")
    func times() {
        standIn.misbehave(.failure(.tooManyRequests(retryAfterSeconds: 7)), times: 2)
        let first = standIn.reply(to: StorageRequest(listing("acme-results")))
        #expect(first.status == 429)
        #expect(first.header("Retry-After") == "7")
        #expect(statuses([listing("acme-results"), listing("acme-results")]) == [429, 200])
    }

    @Test("It fails where it is told to, and only there")
    func targets() {
        standIn.misbehave(.failure(.trouble(status: 503)), on: .init(bucket: "other-results"))
        standIn.misbehave(.failure(.forbidden(reason: "quotaExceeded")), on: .init(routes: [.read], suffix: "d.json"))
        let object = "logs/a/1/started.json"
        #expect(
            statuses([
                listing("other-results"), "/other-results", listing("acme-results"), media("acme-results", object),
                media("acme-results", "logs/none"), "/acme-results/\(object)",
            ]) == [503, 503, 200, 403, 404, 200])
    }

    @Test("It can be right for a while first, and be told to behave")
    func skips() {
        standIn.misbehave(.failure(.trouble(status: 500)), skipCount: 2)
        #expect(statuses(Array(repeating: listing("acme-results"), count: 4)) == [200, 200, 500, 500])
        standIn.behave()
        #expect(statuses([listing("acme-results")]) == [200])
    }

    @Test("Latencies add up, and leave the answer alone")
    func latency() {
        standIn.misbehave(.latency(.milliseconds(50)))
        standIn.misbehave(.latency(.milliseconds(20)), on: .init(routes: [.list]), times: 1)
        standIn.misbehave(.failure(.trouble(status: 502)), skipCount: 1, times: 1)
        let replies = (0..<3).map { _ in standIn.reply(to: StorageRequest(listing("acme-results"))) }
        #expect(replies.map(\.latency) == [.milliseconds(70), .milliseconds(50), .milliseconds(50)])
        #expect(replies.map(\.status) == [200, 502, 200])
    }

    @Test("A listing that never ends goes round and round with ever new tokens")
    func endlessListing() throws {
        standIn.update(bucket: "acme-results") { $0.put(StandInObject("logs/b", "x", at: someDay)) }
        standIn.misbehave(.endlessListing)
        var tokens: Set<String> = []
        var names: [String] = []
        var target = listing("acme-results", [("maxResults", "1")])
        for _ in 0..<6 {
            let page = try standIn.reply(to: StorageRequest(target)).page()
            names += page.names
            let token = try #require(page.nextPageToken)
            tokens.insert(token)
            target = listing("acme-results", [("maxResults", "1"), ("pageToken", token)])
        }
        #expect(names == Array(repeating: ["logs/a/1/started.json", "logs/b"], count: 3).flatMap(\.self))
        #expect(tokens.count >= 4)
    }

    @Test("What goes wrong on the wire is marked in the reply")
    func wire() {
        let kinds: [(Misbehavior.Kind, StandInReply.Delivery)] = [
            (.truncatedBody(afterBytes: 3), .truncated(afterBytes: 3)), (.reset, .reset), (.silence, .silence),
            (.endlessBody, .endless),
        ]
        for (kind, delivery) in kinds {
            standIn.misbehave(kind, times: 1)
            #expect(standIn.reply(to: StorageRequest(listing("acme-results"))).delivery == delivery)
        }
    }

    @Test("The journal keeps every request, counts them by kind, and shows the unexpected ones")
    func journal() {
        let headers = [StorageRequest.Header(name: "User-Agent", value: "test")]
        let targets = [
            listing("acme-results", [("prefix", "a b")]), "/nothing-here/x", "/storage/v1/b/acme-results/iam",
        ]
        for target in targets { _ = standIn.reply(to: StorageRequest(target, headers: headers)) }
        let journal = standIn.journal
        #expect(journal.count == 3)
        #expect(journal.counts == [.list: 1, .readXML: 1, .unknown: 1])
        #expect(journal.unexpected.map(\.path) == ["/storage/v1/b/acme-results/iam"])
        #expect(journal.requests(.list).map { $0.parameter("prefix") } == ["a b"])
        #expect(journal.requests(toBucket: "nothing-here").map { $0.header("user-agent") } == ["test"])
        #expect(journal.mostAtOnce == 3)
        for _ in targets { standIn.didAnswer() }
        standIn.clearJournal()
        #expect(standIn.journal.count == 0)
        #expect(standIn.journal.mostAtOnce == 0)
    }

    @Test("Gzip is sent to those who accept it, and unpacked for others")
    func gzip() throws {
        standIn.update(bucket: "acme-results") { $0.put(StandInObject("log", "hello", at: someDay, isGzipped: true)) }
        let plain = standIn.reply(to: StorageRequest("/acme-results/log"))
        #expect(plain.text == "hello")
        #expect(plain.header("Content-Encoding") == nil)
        let headers = [StorageRequest.Header(name: "Accept-Encoding", value: "br, gzip")]
        let packed = standIn.reply(to: StorageRequest("/acme-results/log", headers: headers))
        #expect(packed.header("Content-Encoding") == "gzip")
        #expect(packed.body.count == 28)
        #expect(packed.body.prefix(2) == [0x1f, 0x8b])
    }
}
