import CurlHTTP
import Synchronization
import TestSupport
import Testing

@Suite("No answer is larger than its request allows")
struct LimitTests {
    @Test(
        "one byte too many is refused, however its length is told",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\n\r\nhello world",
        ])
    func tooLarge(answer: String) async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write(answer)
        }) { server in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.get, server.url, byteLimit: 10), transport)
                #expect(error == .tooLarge(limitBytes: 10))
                let response = try await transport.send(HTTPRequest(.get, server.url, byteLimit: 11))
                #expect(response.text == "hello world")
            }
        }
    }

    @Test("the length of what HEAD only announces is no matter")
    func headIsFree() async throws {
        try await withServer({ peer in
            while peer.readRequest() != nil { peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n") }
        }) { server in
            try await withTransport { transport in
                let response = try await transport.send(HTTPRequest(.head, server.url, byteLimit: 0))
                #expect(response.head.headers["content-length"] == "1000000")
                #expect(response.body.isEmpty)
            }
        }
    }

    @Test(
        "a gzip bomb stops at the limit, read whole, streamed, and streamed with pauses",
        arguments: [64 << 10, 1 << 20])
    func gzipBomb(streamBufferBytes: Int) async throws {
        let zeros = "head -c 67108864 /dev/zero | gzip -9"
        let bomb = try await output(of: "/bin/sh", ["-c", zeros], package: "gzip")
        #expect(bomb.count < 300_000)
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
            peer.write(bomb)
        }) { server in
            try await withTransport(.with { $0.streamBufferBytes = streamBufferBytes }) { transport in
                let request = HTTPRequest(.get, server.url, byteLimit: 1 << 20)
                #expect(await failure(of: request, transport) == .tooLarge(limitBytes: 1 << 20))
                var seen = 0
                await #expect(throws: TransportError.tooLarge(limitBytes: 1 << 20)) {
                    try await transport.withResponse(to: request) { _, body in
                        for try await piece in body { seen += piece.count }
                    }
                }
                #expect(seen <= 1 << 20)
            }
        }
    }

    @Test("gzip is asked for and undone")
    func gzip() async throws {
        let packed = try await output(of: "/bin/sh", ["-c", "printf 'hello world' | gzip"], package: "gzip")
        let asked = Mutex<String?>(nil)
        try await withServer({ peer in
            let request = peer.readRequest()
            asked.withLock { $0 = request?.headers["accept-encoding"] }
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
            peer.write(packed)
        }) { server in
            try await withTransport { transport in
                let response = try await transport.send(HTTPRequest(.get, server.url))
                #expect(response.text == "hello world")
            }
        }
        #expect(asked.withLock { $0 } == "gzip")
    }

    @Test(
        "a head over the limit is refused, in one line or in many",
        arguments: [(1, 70_000), (1, 200_000), (2_000, 60)])
    func largeHead(lineCount: Int, lineBytes: Int) async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\n")
            for _ in 0..<lineCount { peer.write("X-Long: " + String(repeating: "a", count: lineBytes) + "\r\n") }
            peer.write("Content-Length: 0\r\n\r\n")
            peer.waitForEnd()
        }) { server in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.get, server.url), transport)
                #expect(error == .tooLarge(limitBytes: 64 << 10))
            }
        }
    }

    @Test("an endless row of interim answers is a head over the limit")
    func interimAnswers() async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            while peer.write("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n") {}
        }) { server in
            try await withTransport { transport in
                let error = await failure(of: HTTPRequest(.get, server.url), transport)
                #expect(error == .tooLarge(limitBytes: 64 << 10))
            }
        }
    }
}
