import Testing

import struct Foundation.URL

@testable import GitHubAPI

@Suite("Addresses below GitHub's root")
struct AddressTests {
    private func roots(_ rest: String) throws -> GitHubRoots { GitHubRoots(rest: try #require(URL(string: rest))) }

    @Test("Each part of a path is encoded, so that none can change the path")
    func encoding() throws {
        let address = try #require(Address(["users", "a/b?c#d é%[bot]"], query: [("q", "x y&z=1")]))
        #expect(address.path == "/users/a%2Fb%3Fc%23d%20%C3%A9%25%5Bbot%5D")
        #expect(address.query == "q=x%20y%26z%3D1")
        #expect(
            address.url(below: try roots("https://h/api/v3/").rest.absoluteString)
                == "https://h/api/v3/users/a%2Fb%3Fc%23d%20%C3%A9%25%5Bbot%5D?q=x%20y%26z%3D1")
    }

    @Test("A part that is empty or leads upwards makes no address", arguments: ["", ".", ".."])
    func escaping(part: String) {
        #expect(Address(["repos", part, "x"]) == nil)
    }

    @Test(
        "A link of GitHub's is asked of our own root, whatever host it names",
        arguments: [
            ("https://api.github.com", "https://api.github.com/repositories/1/pulls?page=2", "/repositories/1/pulls"),
            ("https://ghe.test/api/v3", "https://ghe.test/api/v3/repositories/1/pulls?page=2", "/repositories/1/pulls"),
            ("http://ghproxy", "https://api.github.com/repositories/1/pulls?page=2", "/repositories/1/pulls"),
            ("http://ghproxy", "https://ghe.test/api/v3/repositories/1/pulls?page=2", "/repositories/1/pulls"),
            ("https://api.github.com", "https://evil.test/repositories/1/pulls?page=2", "/repositories/1/pulls"),
            ("https://api.github.com", "/repositories/1/pulls?page=2", "/repositories/1/pulls"),
        ])
    func links(rest: String, link: String, path: String) throws {
        let roots = try roots(rest)
        let address = try #require(Address(link: link, roots: roots))
        #expect(address.path == path)
        #expect(address.query == "page=2")
        #expect(address.url(below: roots.rest.absoluteString).hasPrefix(roots.rest.absoluteString + "/"))
    }

    @Test(
        "What is no address of the web, or leads upwards, is refused",
        arguments: [
            "", "ftp://h/x", "https://h", "//evil.test/x", "https://h/a/../b", "https://h/a/%2e%2E/b", "https://h//x",
            "https://h/a b", "https://h/\u{7F}", "javascript:alert(1)", "https://h/é",
        ])
    func refused(link: String) throws {
        #expect(Address(link: link, roots: try roots("https://api.github.com")) == nil)
    }

    @Test("A part of the query is found by its name alone")
    func queryValues() throws {
        let address = try #require(
            Address(link: "https://h/x?xcursor=1&cursor=v1_2%3D&per_page=3", roots: roots("https://h")))
        #expect(address.value(of: "cursor") == "v1_2%3D")
        #expect(address.value(of: "page") == nil)
    }
}

@Suite("The Link header")
struct LinkHeaderTests {
    @Test(
        "The next page is found among the others",
        arguments: [
            (#"<https://h/a?page=2>; rel="next", <https://h/a?page=9>; rel="last""#, "https://h/a?page=2"),
            (#"<https://h/a?page=1>; rel="prev", <https://h/a?page=3>; rel="next""#, "https://h/a?page=3"),
            (#"<https://h/a?x=1,2&page=2>;rel=next"#, "https://h/a?x=1,2&page=2"),
            (#"<https://h/a>; title="x"; REL="last next""#, "https://h/a"),
            (#"<https://h/a>; rel="prev",<https://h/b>; rel="next""#, "https://h/b"),
        ])
    func found(header: String, next: String) {
        #expect(LinkHeader.next(in: header) == next)
    }

    @Test(
        "There is no next page in anything else",
        arguments: [nil, "", "<", "<>", "rel=next", #"<https://h/a>; rel="last""#, "<https://h/a>; rel", ">;rel=next<"])
    func absent(header: String?) {
        #expect(LinkHeader.next(in: header) == nil)
    }
}
