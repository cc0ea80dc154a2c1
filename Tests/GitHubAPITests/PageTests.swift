import CurlHTTP
import GitHubAPI
import Testing

@Suite("Lists that come in pages")
struct PageTests {
    private func files(_ numbers: Range<Int>) -> String {
        let sha = String(repeating: "b", count: 40)
        return "[" + numbers.map { #"{"filename":"f\#($0)","status":"added","sha":"\#(sha)"}"# }.joined(separator: ",")
            + "]"
    }

    private func next(_ path: String) -> String {
        #"<https://github.test/api/v3\#(path)>; rel="next", <https://github.test/api/v3/x>; rel="last""#
    }

    @Test("All pages are read, by the addresses that GitHub gives")
    func pages() async throws {
        let script = GitHubScript()
        script.on(
            "GET /repos/o/r/pulls/3/files?per_page=100",
            .json(files(0..<2), ["Link": next("/repositories/1/pulls/3/files?per_page=100&page=2")]))
        script.on("GET /repositories/1/pulls/3/files?per_page=100&page=2", .json(files(2..<3)))
        let files = try await repository(script.owner()).pullRequests.files(of: 3)
        #expect(files.map(\.path) == ["f0", "f1", "f2"])
        #expect(files.first?.change == .added)
    }

    @Test("A list that goes on for ever is given up at the bound")
    func bound() async throws {
        let script = GitHubScript()
        for page in 1...3 {
            let query = page == 1 ? "per_page=100" : "page=\(page)"
            script.on(
                "GET /repos/o/r/pulls/3/comments?\(query)",
                .json("[]", ["Link": next("/repos/o/r/pulls/3/comments?page=\(page + 1)")]))
        }
        let comments = try repository(script.owner { $0.maxPages = 3 }).reviewComments
        #expect(try await gitHubError { try await comments.list(on: 3) }.kind == .tooManyPages(limit: 3))
        #expect(script.requests.count == 3)
    }

    @Test("Of a pull request's files no more than thirty pages are asked for")
    func filesBound() async throws {
        let script = GitHubScript()
        for page in 1...30 {
            let query = page == 1 ? "per_page=100" : "page=\(page)"
            script.on(
                "GET /repos/o/r/pulls/3/files?\(query)",
                .json(files(page..<page + 1), ["Link": next("/repos/o/r/pulls/3/files?page=\(page + 1)")]))
        }
        #expect(try await repository(script.owner()).pullRequests.files(of: 3).count == 30)
        #expect(script.requests.count == 30)
    }

    @Test(
        "A next page that is the same one, or none, is a malformed answer",
        arguments: ["/repos/o/r/pulls/3/reviews?per_page=100", "/a/../b", ""])
    func circle(link: String) async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/pulls/3/reviews?per_page=100", .json("[]", ["Link": next(link)]))
        let reviews = try repository(script.owner()).reviews
        #expect(try await gitHubError { try await reviews.list(on: 3) }.kind == .malformed)
    }

    @Test("The deliveries of an App are read page by page, by the cursor")
    func cursor() async throws {
        let script = GitHubScript()
        let delivery =
            #"[{"id":9007199254740993,"guid":"g-1","delivered_at":"2026-01-01T00:00:00Z","redelivery":false,"#
            + #""status_code":502,"event":"ping","action":null,"installation_id":null}]"#
        script.on(
            "GET /app/hook/deliveries?per_page=100",
            .json(delivery, ["Link": next("/app/hook/deliveries?per_page=100&cursor=v1_1%3D%3D")]))
        script.on("GET /app/hook/deliveries?per_page=100&cursor=v1_1%3D%3D", .json("[]"))
        let deliveries = try await script.app().app.deliveries
        let first = try await deliveries.page()
        #expect(first.nextCursor == "v1_1==")
        #expect(first.deliveries.first?.id == 9_007_199_254_740_993)
        #expect(first.deliveries.first?.isAccepted == false)
        let second = try await deliveries.page(after: first.nextCursor)
        #expect(second.nextCursor == nil)
        #expect(second.deliveries.isEmpty)
    }
}
