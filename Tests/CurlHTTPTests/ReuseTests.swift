import CurlHTTP
import Glibc
import Synchronization
import Testing

@Suite("Connections, names and handles are reused")
struct ReuseTests {
    @Test("one request after the other takes one connection, one handle and one look-up")
    func keepAlive() async throws {
        try await withServer({ $0.answerAll { _ in "fine" } }) { server in
            try await withTransport { transport in
                for _ in 0..<10 {
                    let response = try await transport.send(HTTPRequest(.get, "http://localhost:\(server.port)/"))
                    #expect(response.head.version == "1.1")
                }
                let counters = transport.counters
                #expect(counters.requests == 10)
                #expect(counters.connectionsOpened == 1)
                #expect(counters.connectionsReused == 9)
                #expect(counters.nameLookups == 1)
                #expect(counters.handlesCreated == 1)
                #expect(counters.handlesReused == 9)
                #expect(counters.http2Streams == 0)
                #expect(counters.bytesIn == 10 * "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine".utf8.count)
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test("a name is looked up once for several connections")
    func nameCache() async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.answer("fine", headers: ["Connection: close"])
        }) { server in
            try await withTransport { transport in
                for _ in 0..<3 { _ = try await transport.send(HTTPRequest(.get, "http://localhost:\(server.port)/")) }
                #expect(transport.counters.connectionsOpened == 3)
                #expect(transport.counters.nameLookups == 1)
            }
        }
    }

    @Test("two hundred requests at once are all answered, no more of them at a time than allowed")
    func manyAtOnce() async throws {
        let running = Mutex((now: 0, most: 0))
        try await withServer({ peer in
            while let request = peer.readRequest() {
                running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                sched_yield()
                running.withLock { $0.now -= 1 }
                peer.answer(request.firstLine)
            }
        }) { server in
            try await withTransport(.with { $0.maxConnections = 16 }) { transport in
                let texts = try await withThrowingTaskGroup { group in
                    for number in 0..<200 {
                        group.addTask { try await transport.send(HTTPRequest(.get, server.url + "/\(number)")).text }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(texts == Set((0..<200).map { "GET /\($0) HTTP/1.1" }))
                #expect(running.withLock { $0.most } <= 16)
                #expect(transport.counters.handlesCreated <= 16)
                #expect(transport.counters.connectionsReused > 100)
            }
        }
    }

    @Test("so many connections to one host, and another host need not wait for it")
    func perHost() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            arrival.yield()
            peer.waitForEnd()
        }) { slow in
            try await withServer({ $0.answerAll { _ in "fine" } }) { quick in
                let configuration = CurlConfiguration.with {
                    $0.maxConnections = 4
                    $0.maxConnectionsPerHost = 2
                }
                try await withTransport(configuration) { transport in
                    try await withThrowingTaskGroup { group in
                        for _ in 0..<10 {
                            group.addTask { await failure(of: HTTPRequest(.get, slow.url), transport) }
                        }
                        var iterator = arrivals.makeAsyncIterator()
                        for _ in 0..<2 { await iterator.next() }
                        for _ in 0..<5 {
                            #expect(try await transport.send(HTTPRequest(.get, quick.url)).text == "fine")
                        }
                        await transport.close()
                        for try await error in group { #expect(error == .canceled) }
                    }
                    #expect(slow.connectionCount == 2)
                }
            }
        }
    }

    @Test("thousands of requests, failures among them, leave no handle behind")
    func thousands() async throws {
        try await withServer({ peer in
            while let request = peer.readRequest() {
                if request.firstLine.contains("/broken") { return }
                peer.answer("fine")
            }
        }) { server in
            let (silent, refused) = try bindToLoopback()
            defer { close(silent) }
            try await withTransport(.with { $0.maxConnections = 8 }) { transport in
                await withTaskGroup { group in
                    for worker in 0..<16 {
                        group.addTask {
                            for number in 0..<200 {
                                let url =
                                    switch (worker + number) % 20 {
                                    case 0: server.url + "/broken"
                                    case 1: "http://127.0.0.1:\(refused)/"
                                    default: server.url + "/fine"
                                    }
                                do throws(TransportError) {
                                    _ = try await transport.send(HTTPRequest(.get, url))
                                    #expect(url.hasSuffix("/fine"))
                                } catch {
                                    #expect(!url.hasSuffix("/fine"))
                                }
                            }
                        }
                    }
                }
                let counters = transport.counters
                #expect(counters.requests == 3_200)
                #expect(counters.handlesCreated <= 8)
                #expect(counters.handlesCreated + counters.handlesReused == 3_200)
                #expect(counters.connectionsReused > 2_000)
            }
        }
    }
}
