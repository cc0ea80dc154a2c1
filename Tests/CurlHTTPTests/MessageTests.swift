import CurlHTTP
import Synchronization
import Testing

@Suite("A request arrives as it was written, or is not sent")
struct MessageTests {
    @Test(
        "methods, headers and bodies arrive",
        arguments: [
            (HTTPRequest.Method.get, nil), (.delete, nil), (.post, [UInt8]("{}".utf8)), (.post, nil), (.put, [1, 2]),
            (.patch, Array(repeating: 7, count: 300_000)), (.delete, [3]),
        ])
    func arrives(method: HTTPRequest.Method, body: [UInt8]?) async throws {
        let seen = Mutex<RawRequest?>(nil)
        try await withServer({ peer in
            let request = peer.readRequest()
            seen.withLock { $0 = request }
            peer.answer("fine", headers: ["X-Answer: a", "x-answer:  b "])
        }) { server in
            try await withTransport { transport in
                let headers: HTTPHeaders = ["Accept": "application/json", "X-Empty": "", "Authorization": "Bearer abc"]
                let request = HTTPRequest(method, server.url + "/a/../b?c=%20d", headers: headers, body: body)
                let response = try await transport.send(request)
                #expect(response.head.headers.all("X-ANSWER") == ["a", "b"])
            }
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.firstLine == "\(method.rawValue) /a/../b?c=%20d HTTP/1.1")
        #expect(request.body == body ?? [])
        #expect(request.headers["accept"] == "application/json")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["authorization"] == "Bearer abc")
        #expect(request.headers["user-agent"] == "bucketbot")
        #expect(request.headers["content-type"] == nil)
        #expect(request.headers["expect"] == nil)
    }

    @Test("a redirect is an answer")
    func redirect() async throws {
        try await withServer({ peer in
            while peer.readRequest() != nil {
                peer.answer("", status: "301 Moved Permanently", headers: ["Location: http://127.0.0.1:1/"])
            }
        }) { server in
            try await withTransport { transport in
                let response = try await transport.send(HTTPRequest(.get, server.url))
                #expect(response.head.status == 301)
                #expect(response.head.headers["Location"] == "http://127.0.0.1:1/")
            }
        }
    }

    @Test("interim answers are passed over, trailers dropped")
    func interim() async throws {
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
            peer.write("Trailer: X-Late\r\n\r\n2\r\nhi\r\n0\r\nX-Late: yes\r\n\r\n")
        }) { server in
            try await withTransport { transport in
                let response = try await transport.send(HTTPRequest(.get, server.url))
                #expect(response.head.status == 200)
                #expect(response.head.headers["Link"] == nil)
                #expect(response.head.headers["X-Late"] == nil)
                #expect(response.text == "hi")
            }
        }
    }

    @Test(
        "what would break the message, or goes where it must not, is not sent",
        arguments: [
            HTTPRequest(.get, "http://127.0.0.1:1/a b"),
            HTTPRequest(.get, "http://127.0.0.1:1/a\r\nX-Injected: yes"),
            HTTPRequest(.get, "http://127.0.0.1:1/a\0b"),
            HTTPRequest(.get, "http://127.0.0.1:1/ä"),
            HTTPRequest(.get, "http://user:secret@127.0.0.1:1/"),
            HTTPRequest(.get, "127.0.0.1:1/"),
            HTTPRequest(.get, ""),
            HTTPRequest(.get, "file:///etc/passwd"),
            HTTPRequest(.get, "ftp://127.0.0.1/"),
            HTTPRequest(.get, "gopher://127.0.0.1/"),
            HTTPRequest(.get, "http://example.com/"),
            HTTPRequest(.get, "http://127.evil.test/"),
            HTTPRequest(.get, "http://127.0.0.1.evil.test/"),
            HTTPRequest(.get, "http://128.0.0.1/"),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-A": "b\r\nX-Injected: yes"]),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-A": "b\nc"]),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-A": "b\0c"]),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X-A\r\nX-Injected": "c"]),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["X A": "c"]),
            HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["": "c"]),
            HTTPRequest(.post, "http://127.0.0.1:1/", headers: ["content-length": "5"], body: [1]),
            HTTPRequest(.post, "http://127.0.0.1:1/", headers: ["Transfer-Encoding": "chunked"], body: [1]),
            HTTPRequest(.get, "http://127.0.0.1:1/", body: [1]),
            HTTPRequest(.get, "http://127.0.0.1:1/", byteLimit: -1),
            HTTPRequest(.get, "http://127.0.0.1:1/" + String(repeating: "a", count: 70_000)),
        ])
    func notAllowed(request: HTTPRequest) async throws {
        try await withTransport { transport in
            #expect(await failure(of: request, transport)?.isNotAllowed == true)
            #expect(transport.counters.requests == 0)
        }
    }

    @Test("a configuration that cannot work is refused when the transport is made")
    func badConfiguration() {
        let changes: [(inout CurlConfiguration) -> Void] = [
            { $0.maxConnections = 0 }, { $0.streamBufferBytes = 1 }, { $0.caFile = "/nowhere/ca.pem" },
            { $0.plainHTTPRoots = ["storage"] }, { $0.userAgent = "a\r\nb" }, { $0.lowSpeedSeconds = -1 },
        ]
        for change in changes {
            do throws(TransportError) {
                _ = try CurlTransport(.with(change))
                Issue.record("accepted")
            } catch {
                #expect(error.isNotAllowed)
            }
        }
    }
}
