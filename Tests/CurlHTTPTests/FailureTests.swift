import CurlHTTP
import Glibc
import Synchronization
import Testing

@Suite("A failure is named by what the caller can do")
struct FailureTests {
    @Test("nobody listens: unreachable")
    func refused() async throws {
        try await withSilentPort { port in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.get, "http://127.0.0.1:\(port)/"), transport)
                #expect(error?.isUnreachable == true)
            }
        }
    }

    @Test("a name that cannot exist: unreachable")
    func noSuchName() async throws {
        let label = String(repeating: "a", count: 64)  // One more than a label may have, so no server is asked.
        try await withTransport(.with { $0.proxy = .none }) { transport in
            let error = await failure(of: HTTPRequest(.get, "https://\(label).test/"), transport)
            #expect(error?.isUnreachable == true)
        }
    }

    @Test("a server that accepts no connection: unreachable after the connect timeout, not timed out")
    func connectTimeout() async throws {
        let (listener, port) = try listenOnLoopback(backlog: 0)
        defer { close(listener) }
        try await withTransport(.with { $0.connectTimeoutSeconds = 1 }) { transport in
            // TLS never begins, because nobody answers; that counts as connecting.
            let error = await failure(of: HTTPRequest(.get, "https://127.0.0.1:\(port)/"), transport)
            #expect(error?.isUnreachable == true)
        }
    }

    @Test("the server goes after it has read the request: interrupted")
    func closedWithoutAnswer() async throws {
        try await withServer({ peer in _ = peer.readRequest() }) { server in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.post, server.url, body: [1, 2, 3]), transport)
                #expect(error?.isInterrupted == true)
            }
        }
    }

    @Test(
        "an answer that breaks off or makes no sense: interrupted",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
            "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 5\r\n\r\nhello",
            "this is not HTTP\r\n",
            "",
        ])
    func broken(answer: String) async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write(answer)
        }) { server in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.get, server.url), transport)
                #expect(error?.isInterrupted == true, "\(String(describing: error))")
            }
        }
    }

    @Test("a connection reset within the body: interrupted, after the bytes that came")
    func reset() async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
            _ = peer.readRequest()
        }) { server in
            try await withTransport { transport in
                var seen: [UInt8] = []
                do {
                    try await transport.withResponse(to: HTTPRequest(.get, server.url)) { head, body in
                        #expect(head.status == 200)
                        for try await piece in body {
                            seen += piece
                            server.stop()
                        }
                    }
                    Issue.record("the body came to an end")
                } catch let error as TransportError {
                    #expect(error.isInterrupted)
                }
                #expect(seen == Array("hello".utf8))
            }
        }
    }

    @Test("a server that says nothing meets the deadline")
    func deadline() async throws {
        try await withServer({ $0.waitForEnd() }) { server in
            try await withTransport { transport in
                let request = HTTPRequest(.get, server.url, deadline: .milliseconds(200))
                #expect(await failure(of: request, transport) == .timedOut(seconds: 0.2))
            }
        }
    }

    @Test("time in line counts: a request that never gets its turn meets its deadline")
    func deadlineInLine() async throws {
        try await withServer({ $0.waitForEnd() }) { server in
            try await withTransport(.with { $0.maxConnections = 1 }) { transport in
                async let first = failure(of: HTTPRequest(.get, server.url, deadline: .seconds(2)), transport)
                let second = HTTPRequest(.get, server.url, deadline: .milliseconds(200))
                let error = await failure(of: second, transport)
                #expect(error == .timedOut(seconds: 0.2))
                #expect(await first == .timedOut(seconds: 2))
            }
        }
    }

    @Test("a transfer that crawls is given up before its deadline")
    func lowSpeed() async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nh")
            peer.waitForEnd()
        }) { server in
            let configuration = CurlConfiguration.with {
                $0.lowSpeedSeconds = 1
                $0.lowSpeedBytesPerSecond = 1_000
            }
            try await withTransport(configuration) { transport in
                let error = await failure(of: HTTPRequest(.get, server.url, deadline: .seconds(60)), transport)
                #expect(error == .timedOut(seconds: 1))
            }
        }
    }

    @Test("no more than so many requests may wait")
    func lineIsFull() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            arrival.yield()
            peer.waitForEnd()
        }) { server in
            let configuration = CurlConfiguration.with {
                $0.maxConnections = 1
                $0.maxWaitingRequests = 0
            }
            try await withTransport(configuration) { transport in
                async let first = failure(of: HTTPRequest(.get, server.url, deadline: .seconds(60)), transport)
                var iterator = arrivals.makeAsyncIterator()
                await iterator.next()
                #expect(await failure(of: HTTPRequest(.get, server.url), transport)?.isUnreachable == true)
                await transport.close()
                #expect(await first == .canceled)
            }
        }
    }

    @Test("what may have been carried out is not sent again; a GET over a dead connection is")
    func repeats() async throws {
        let seen = Mutex<[String]>([])
        try await withServer({ peer in
            guard let request = peer.readRequest() else { return }
            seen.withLock { $0.append(request.firstLine) }
            peer.answer("fine")
            // The second request of a connection is read, and perhaps carried out, but never answered.
            guard let next = peer.readRequest() else { return }
            seen.withLock { $0.append(next.firstLine) }
        }) { server in
            for method in [HTTPRequest.Method.post, .patch, .put, .delete] {
                try await withTransport { transport in
                    _ = try await transport.send(HTTPRequest(.get, server.url + "/first"))
                    let error = await failure(of: HTTPRequest(method, server.url + "/\(method)", body: [1]), transport)
                    #expect(error?.isInterrupted == true)
                    // libcurl opens another connection before it notices that it cannot begin the body anew.
                    #expect(transport.counters.connectionsOpened == 2)
                }
                #expect(seen.withLock { $0.filter { $0.contains("/\(method)") }.count } == 1)
            }
            try await withTransport { transport in
                _ = try await transport.send(HTTPRequest(.get, server.url + "/first"))
                #expect(try await transport.send(HTTPRequest(.post, server.url + "/empty")).head.status == 200)
                #expect(transport.counters.connectionsOpened == 2)  // Without a body nothing else would stop libcurl.
            }
            try await withTransport { transport in
                _ = try await transport.send(HTTPRequest(.get, server.url + "/first"))
                #expect(try await transport.send(HTTPRequest(.get, server.url + "/again")).text == "fine")
            }
            #expect(seen.withLock { $0.filter { $0.contains("/again") }.count } == 2)
        }
    }
}
