import CurlHTTP
import Glibc
import Synchronization
import Testing

@Suite("Requests go through a proxy where there is one")
struct ProxyTests {
    @Test("https asks the proxy for a tunnel; one that it refuses leaves the server unreachable")
    func tunnel() async throws {
        let seen = Mutex<[String]>([])
        try await withServer({ peer in
            guard let request = peer.readRequest() else { return }
            seen.withLock { $0 += [request.firstLine, request.headers["authorization"] ?? "no token"] }
            peer.answer("no", status: "403 Forbidden")
        }) { server in
            try await withTransport(.with { $0.proxy = .url(server.url) }) { transport in
                let request = HTTPRequest(.get, "https://storage.test/bucket", headers: ["Authorization": "Bearer abc"])
                #expect(await failure(of: request, transport)?.isUnreachable == true)
            }
        }
        #expect(seen.withLock { $0 } == ["CONNECT storage.test:443 HTTP/1.1", "no token"])
    }

    @Test("plain http to a configured root goes through it by its whole address")
    func plain() async throws {
        try await withServer({ $0.answerAll { $0.firstLine } }) { server in
            let configuration = CurlConfiguration.with {
                $0.proxy = .url(server.url)
                $0.plainHTTPRoots = ["http://Storage.test:4443/some/path"]
            }
            try await withTransport(configuration) { transport in
                let response = try await transport.send(HTTPRequest(.get, "http://storage.test:4443/bucket"))
                #expect(response.text == "GET http://storage.test:4443/bucket HTTP/1.1")
                let elsewhere = HTTPRequest(.get, "http://storage.test:4444/bucket")
                #expect(await failure(of: elsewhere, transport)?.isNotAllowed == true)
            }
        }
    }

    @Test("the environment names it, and loopback is reached without it")
    func environment() async {
        // In a process of its own: the environment belongs to all tests.
        await #expect(processExitsWith: .success) {
            try await withServer({ $0.answerAll { $0.firstLine } }) { server in
                setenv("http_proxy", server.url, 1)
                setenv("no_proxy", "direct.test", 1)
                try await withTransport(.with { $0.plainHTTPRoots = ["http://storage.test", "http://direct.test"] }) {
                    let proxied = try await $0.send(HTTPRequest(.get, "http://storage.test/bucket"))
                    #expect(proxied.text == "GET http://storage.test/bucket HTTP/1.1")
                    let direct = try await $0.send(HTTPRequest(.get, server.url + "/loopback"))
                    #expect(direct.text == "GET /loopback HTTP/1.1")
                    let excepted = await failure(of: HTTPRequest(.get, "http://direct.test/"), $0)
                    #expect(excepted?.isUnreachable == true)
                }
            }
        }
    }
}
