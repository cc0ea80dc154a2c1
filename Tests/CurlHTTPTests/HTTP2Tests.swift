import CurlHTTP
import Testing

@Suite("HTTP/2 and TLS against nginx")
struct HTTP2Tests {
    @Test("requests at once share one connection")
    func multiplexing() async throws {
        try await withNginx { nginx in
            try await withTransport(.with { $0.caFile = nginx.certificate }) { transport in
                let texts = try await withThrowingTaskGroup { group in
                    for number in 0..<50 {
                        group.addTask {
                            let response = try await transport.send(HTTPRequest(.get, nginx.url + "/echo?\(number)"))
                            #expect(response.head.version == "2")
                            return response.text
                        }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(texts == Set((0..<50).map { "GET \($0) HTTP/2.0" }))
                let counters = transport.counters
                #expect(counters.http2Streams == 50)
                #expect(counters.connectionsOpened == 1)
                #expect(counters.connectionsReused == 49)
            }
        }
    }

    @Test("a certificate is believed only by the authority that the configuration names")
    func trust() async throws {
        try await withNginx { nginx in
            let url = nginx.url + "/echo"
            try await withTransport { transport in
                #expect(await failure(of: HTTPRequest(.get, url), transport)?.isUnreachable == true)
            }
            try await withTransport(.with { $0.caFile = nginx.otherCertificate }) { transport in
                #expect(await failure(of: HTTPRequest(.get, url), transport)?.isUnreachable == true)
            }
            try await withTransport(.with { $0.caFile = nginx.certificate }) { transport in
                let response = try await transport.send(HTTPRequest(.get, url))
                #expect(response.head.status == 200)
                let wrongName = HTTPRequest(.get, "https://127.0.0.2:\(nginx.port)/echo")
                #expect(await failure(of: wrongName, transport)?.isUnreachable == true)
            }
        }
    }

    @Test("large bodies are gathered, sent and dropped over the one connection")
    func largeBodies() async throws {
        try await withNginx { nginx in
            let configuration = CurlConfiguration.with {
                $0.caFile = nginx.certificate
                $0.streamBufferBytes = 64 << 20
            }
            try await withTransport(configuration) { transport in
                let large = HTTPRequest(.get, nginx.url + "/files/large", byteLimit: 64 << 20)
                #expect(try await transport.send(large).body.count == Nginx.largeFileBytes)
                let upload = HTTPRequest(.post, nginx.url + "/upload", body: Array(repeating: 1, count: 3 << 20))
                #expect(try await transport.send(upload).text == "3145728 bytes")
                for _ in 0..<5 {
                    let first = try await transport.withResponse(to: large) { _, body in
                        var iterator = body.makeAsyncIterator()
                        return try await iterator.next()
                    }
                    #expect(first?.isEmpty == false)
                }
                #expect(try await transport.send(large).body.count == Nginx.largeFileBytes)
                #expect(transport.counters.connectionsOpened == 1)
                #expect(transport.counters.http2Streams == 8)
            }
        }
    }

    @Test("a slow reader has a connection of its own and holds up nobody")
    func slowReader() async throws {
        try await withNginx { nginx in
            try await withTransport(.with { $0.caFile = nginx.certificate }) { transport in
                let large = HTTPRequest(.get, nginx.url + "/files/large", byteLimit: 64 << 20)
                let small = HTTPRequest(.get, nginx.url + "/echo?small")
                for _ in 0..<2 {
                    let count = try await transport.withResponse(to: large) { head, body in
                        #expect(head.version == "1.1")
                        var count = 0
                        for try await piece in body {
                            if count == 0 {
                                let response = try await transport.send(small)
                                #expect(response.text == "GET small HTTP/2.0")
                            }
                            count += piece.count
                        }
                        return count
                    }
                    #expect(count == Nginx.largeFileBytes)
                }
                #expect(transport.counters.connectionsReused >= 1)
            }
        }
    }

    @Test("gzip by nginx is undone")
    func gzip() async throws {
        try await withNginx { nginx in
            try await withTransport(.with { $0.caFile = nginx.certificate }) { transport in
                let request = HTTPRequest(.get, nginx.url + "/packed/large", byteLimit: 64 << 20)
                let response = try await transport.send(request)
                #expect(response.head.headers["Content-Encoding"] == "gzip")
                #expect(response.body.count == Nginx.largeFileBytes)
                #expect(transport.counters.bytesIn < Nginx.largeFileBytes / 2)
            }
        }
    }
}
