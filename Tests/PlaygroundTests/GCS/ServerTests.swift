import CurlHTTP
import Foundation
import Logging
import Playground
import ServiceLifecycle
import Testing

@Suite("The stand-in behind HTTP")
struct ServerTests {
    private static let text = "hello hello hello hello"

    /// Serves one bucket, and calls it with the transport that the program uses.
    private func withServer(_ body: (GCSStandIn, String, CurlTransport) async throws -> Void) async throws {
        let job = SyntheticJob("logs/huge/", ids: .sequential(), count: 100_000, newest: someDay)
        let packed = StandInObject("logs/a b/build-log.txt", Self.text, at: someDay, isGzipped: true)
        let standIn = GCSStandIn([StandInBucket("acme-results", objects: [packed], jobs: [job])])
        let transport = try CurlTransport()
        try await withGCSStandIn(standIn) { standIn, root in try await body(standIn, root, transport) }
        await transport.close()
    }

    @Test("Objects and listings come over the wire, packed where both ends like it")
    func answers() async throws {
        try await withServer { standIn, root, transport in
            let read = try await transport.send(HTTPRequest(.get, root + "/acme-results/logs/a%20b/build-log.txt"))
            #expect(read.head.status == 200)
            #expect(String(decoding: read.body, as: UTF8.self) == Self.text)
            let list = try await transport.send(
                HTTPRequest(.get, root + listing("acme-results", [("prefix", "logs/"), ("delimiter", "/")])))
            #expect(list.head.headers["content-type"] == "application/json; charset=UTF-8")
            let page = try JSONDecoder().decode(JSONPage.self, from: Data(list.body))
            #expect(page.prefixes == ["logs/a b/", "logs/huge/"])
            let missing = try await transport.send(HTTPRequest(.get, root + "/acme-results/none"))
            #expect(missing.head.status == 404)
            #expect(standIn.journal.counts == [.readXML: 2, .list: 1])
            #expect(standIn.journal.unexpected == [])
        }
    }

    @Test("The head of an object comes without its content")
    func head() async throws {
        try await withServer { _, root, transport in
            let url = root + "/acme-results/logs/huge/7/started.json"
            let head = try await transport.send(HTTPRequest(.head, url))
            let read = try await transport.send(HTTPRequest(.get, url))
            #expect(head.head.status == 200)
            #expect(head.body == [])
            #expect(head.head.headers["content-length"] == "\(read.body.count)")
        }
    }

    @Test("Credentials on the wire are refused")
    func credentials() async throws {
        try await withServer { _, root, transport in
            let request = HTTPRequest(.get, root + listing("acme-results"), headers: ["Authorization": "Bearer x"])
            let answer = try await transport.send(request)
            #expect(answer.head.status == 401)
        }
    }

    @Test("A broken answer breaks the exchange", arguments: [Misbehavior.Kind.truncatedBody(afterBytes: 4), .reset])
    func broken(kind: Misbehavior.Kind) async throws {
        try await withServer { standIn, root, transport in
            standIn.misbehave(kind)
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(HTTPRequest(.get, root + "/acme-results/logs/huge/7/started.json"))
            }
            guard case .interrupted = error else {
                Issue.record("not interrupted, but \(String(describing: error))")
                return
            }
            standIn.behave()
            let again = try await transport.send(HTTPRequest(.get, root + "/acme-results/logs/huge/7/started.json"))
            #expect(again.head.status == 200)
        }
    }

    @Test("Silence lasts until the client gives up")
    func silence() async throws {
        try await withServer { standIn, root, transport in
            standIn.misbehave(.silence)
            let request = HTTPRequest(.get, root + listing("acme-results"), deadline: .milliseconds(200))
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error == .timedOut(seconds: 0.2))
        }
    }

    @Test(
        "A body without end, and one that unpacks without measure, meet the reader's limit",
        arguments: [Misbehavior.Kind.endlessBody, .gzipBomb(unpackedBytes: 4 << 20)])
    func tooLarge(kind: Misbehavior.Kind) async throws {
        try await withServer { standIn, root, transport in
            standIn.misbehave(kind)
            let url = root + "/acme-results/logs/huge/7/started.json"
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(HTTPRequest(.get, url, byteLimit: 1 << 20))
            }
            #expect(error == .tooLarge(limitBytes: 1 << 20))
        }
    }

    @Test("A gzip bomb that is small enough unpacks to zeros")
    func smallBomb() async throws {
        try await withServer { standIn, root, transport in
            standIn.misbehave(.gzipBomb(unpackedBytes: 100_000))
            let answer = try await transport.send(HTTPRequest(.get, root + "/acme-results/logs/huge/7/started.json"))
            #expect(answer.body.count >= 100_000)
            #expect(answer.body.allSatisfy { $0 == 0 })
        }
    }

    @Test("Requests that wait out a latency neither wait for one another nor hold up the end")
    func latency() async throws {
        try await withServer { standIn, root, transport in
            standIn.misbehave(.latency(.seconds(600)))
            await withTaskGroup(of: Void.self) { tasks in
                for index in 1...32 {
                    let url = root + "/acme-results/logs/huge/\(index)/started.json"
                    tasks.addTask {
                        await #expect(throws: TransportError.canceled) {
                            try await transport.send(HTTPRequest(.get, url, deadline: .seconds(600)))
                        }
                    }
                }
                while standIn.journal.count < 32 { await Task.yield() }
                tasks.cancelAll()
            }
            #expect(standIn.journal.mostAtOnce == 32)
        }
    }

    @Test("A service group runs it, and its shutdown ends even a silent request")
    func service() async throws {
        let standIn = GCSStandIn([StandInBucket("acme-results")])
        standIn.misbehave(.silence)
        let (roots, continuation) = AsyncStream.makeStream(of: String.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = GCSStandInServer(standIn, logger: logger) { continuation.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        let transport = try CurlTransport()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            var iterator = roots.makeAsyncIterator()
            let root = try #require(await iterator.next())
            tasks.addTask {
                await #expect(throws: TransportError.self) {
                    try await transport.send(HTTPRequest(.get, root + listing("acme-results")))
                }
            }
            while standIn.journal.count == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        await transport.close()
    }
}
