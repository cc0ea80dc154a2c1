import CurlHTTP
import Synchronization
import Testing

@Suite("A canceled request is let go of at once")
struct CancellationTests {
    @Test("while it waits for an answer: the server sees the connection close")
    func waiting() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            event.yield("asked")
            peer.waitForEnd()
            event.yield("gone")
        }) { server in
            try await withTransport { transport in
                let task = Task { await failure(of: HTTPRequest(.get, server.url, deadline: .seconds(600)), transport) }
                var iterator = events.makeAsyncIterator()
                #expect(await iterator.next() == "asked")
                task.cancel()
                #expect(await task.value == .canceled)
                #expect(await iterator.next() == "gone")
            }
        }
    }

    @Test("within the body")
    func withinBody() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
            peer.waitForEnd()
            event.yield("gone")
        }) { server in
            try await withTransport { transport in
                let task = Task {
                    try await transport.withResponse(to: HTTPRequest(.get, server.url, deadline: .seconds(600))) {
                        _, body in
                        for try await _ in body { event.yield("read") }
                    }
                }
                var iterator = events.makeAsyncIterator()
                #expect(await iterator.next() == "read")
                task.cancel()
                await #expect(throws: TransportError.canceled) { try await task.value }
                #expect(await iterator.next() == "gone")
            }
        }
    }

    @Test("while it waits in line, and before it began; neither is ever sent")
    func inLine() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        try await withServer({ peer in
            while let request = peer.readRequest() {
                event.yield(request.firstLine)
                if request.firstLine.contains("/slow") { peer.waitForEnd() }
                peer.answer("fine")
            }
        }) { server in
            try await withTransport(.with { $0.maxConnections = 1 }) { transport in
                let slow = Task { await failure(of: HTTPRequest(.get, server.url + "/slow"), transport) }
                var iterator = events.makeAsyncIterator()
                #expect(await iterator.next() == "GET /slow HTTP/1.1")
                let waiting = Task { await failure(of: HTTPRequest(.get, server.url + "/waiting"), transport) }
                let never = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await failure(of: HTTPRequest(.get, server.url + "/never"), transport)
                }
                #expect(await never.value == .canceled)
                waiting.cancel()
                #expect(await waiting.value == .canceled)
                slow.cancel()
                #expect(await slow.value == .canceled)
                let last = try await transport.send(HTTPRequest(.get, server.url + "/last"))
                #expect(last.text == "fine")
                #expect(await iterator.next() == "GET /last HTTP/1.1")
            }
        }
    }

    @Test("closing ends what runs and what waits, more than once, and for good")
    func closing() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            arrival.yield()
            peer.waitForEnd()
        }) { server in
            let transport = try CurlTransport(.with { $0.maxConnections = 4 })
            await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { await failure(of: HTTPRequest(.get, server.url), transport) }
                }
                var iterator = arrivals.makeAsyncIterator()
                for _ in 0..<4 { await iterator.next() }
                async let other: Void = transport.close()
                await transport.close()
                await other
                for await error in group { #expect(error == .canceled) }
            }
            #expect(await failure(of: HTTPRequest(.get, server.url), transport) == .canceled)
            await transport.close()
        }
    }

    @Test("a transport that is dropped without being closed closes its connections")
    func dropped() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await withServer({ peer in
            peer.answerAll { _ in "fine" }
            end.yield()
        }) { server in
            let response = try await CurlTransport().send(HTTPRequest(.get, server.url))
            #expect(response.text == "fine")
            var iterator = ends.makeAsyncIterator()
            await iterator.next()
        }
    }

    @Test("cancellation at any moment loses nobody")
    func storm() async throws {
        try await withServer({ $0.answerAll { _ in String(repeating: "x", count: 50_000) } }) { server in
            try await withTransport(.with { $0.maxConnections = 8 }) { transport in
                let outcomes = await withTaskGroup { group in
                    for number in 0..<400 {
                        group.addTask {
                            let task = Task { () throws(TransportError) -> Int in
                                try await transport.send(HTTPRequest(.get, server.url)).body.count
                            }
                            for _ in 0..<(number % 40) { await Task.yield() }
                            if number % 2 == 0 { task.cancel() }
                            return await task.result
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count == 400)
                for outcome in outcomes {
                    switch outcome {
                    case .success(let count): #expect(count == 50_000)
                    case .failure(let error): #expect(error as? TransportError == .canceled)
                    }
                }
                #expect(transport.counters.handlesCreated <= 8)
            }
        }
    }
}
