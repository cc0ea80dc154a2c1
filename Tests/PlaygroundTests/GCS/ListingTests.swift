import Foundation
import Playground
import TestSupport
import Testing

@Suite("Listings of the stand-in")
struct ListingTests {
    private func bucket(_ names: [String]) -> StandInBucket {
        StandInBucket("acme-results", objects: names.map { StandInObject(ObjectName($0), "x", at: someDay) })
    }

    private func page(_ names: [String], _ parameters: [(String, String)]) throws -> JSONPage {
        try StandInWorld([bucket(names)]).answer(to: StorageRequest(listing("acme-results", parameters))).page()
    }

    @Test("A delimiter folds what lies deeper, and objects beside it stay")
    func delimiter() throws {
        let page = try page(
            ["logs/1/a", "logs/1/b", "logs/10/a", "logs/2/a", "logs/latest-build.txt", "other"],
            [("prefix", "logs/"), ("delimiter", "/")])
        #expect(page.prefixes == ["logs/1/", "logs/10/", "logs/2/"])
        #expect(page.items?.map(\.name) == ["logs/latest-build.txt"])
        #expect(page.nextPageToken == nil)
    }

    @Test("A prefix in the middle of a name folds up to the next delimiter")
    func openPrefix() throws {
        let page = try page(["logs/1/a", "logs/10/a", "logs/2/a"], [("prefix", "logs/1"), ("delimiter", "/")])
        #expect(page.prefixes == ["logs/1/", "logs/10/"])
    }

    @Test("A delimiter may have more than one character")
    func longDelimiter() throws {
        let page = try page(["a--b--c", "a--d", "a-b", "b"], [("delimiter", "--")])
        #expect(page.prefixes == ["a--"])
        #expect(page.items?.map(\.name) == ["a-b", "b"])
    }

    @Test("The start is included, the end is not, for objects and directories alike")
    func offsets() throws {
        let names = ["d/1/a", "d/2/a", "d/2/b", "d/3/a", "d/4", "d/5"]
        let both = [("prefix", "d/"), ("delimiter", "/"), ("startOffset", "d/2/"), ("endOffset", "d/5")]
        #expect(try page(names, both).names == ["d/4", "d/2/", "d/3/"])
        let inside = [("prefix", "d/"), ("delimiter", "/"), ("startOffset", "d/2/b")]
        #expect(try page(names, inside).names == ["d/4", "d/5", "d/3/"])
        #expect(try page(names, [("startOffset", "d/2/b"), ("endOffset", "d/4")]).names == ["d/2/b", "d/3/a"])
        #expect(try page(names, [("prefix", "d/"), ("startOffset", "e")]).names == [])
        #expect(try page(names, [("prefix", "d/"), ("startOffset", "a")]).names.count == 6)
    }

    @Test("An empty listing is an empty object where fields are chosen, and has its kind where not")
    func empty() {
        let world = StandInWorld([bucket([])])
        #expect(world.answer(to: StorageRequest(listing("acme-results", [("fields", "prefixes")]))).text == "{}")
        #expect(
            world.answer(to: StorageRequest(listing("acme-results"))).text == #"{"kind":"storage#objects"}"#)
    }

    @Test("Names come in the order of their bytes, not of their letters")
    func order() throws {
        let names = ["a", "B", "z", "\u{e9}", "e\u{301}", "\u{1F600}", "\u{fb01}"]
        #expect(
            try page(names, []).names.map { Array($0.utf8) }
                == names.map { Array($0.utf8) }.sorted {
                    $0.lexicographicallyPrecedes($1)
                })
    }

    @Test("Pages put together are the whole listing, whatever their size")
    func pages() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let names = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    ["a", "b", "/", "1", "10", "-"].randomElement(using: &random) ?? ""
                }.joined()
            }
            var base: [(String, String)] = []
            if Bool.random(using: &random) { base.append(("delimiter", "/")) }
            if Bool.random(using: &random) {
                base.append(("prefix", ["a", "a/", "1"].randomElement(using: &random) ?? ""))
            }
            if Bool.random(using: &random) { base.append(("startOffset", names.randomElement(using: &random) ?? "b")) }
            let whole = try page(names, base)
            let expected = model(names, base)
            #expect(whole.items?.map(\.name) ?? [] == expected.items, "seed \(seed)")
            #expect(whole.prefixes ?? [] == expected.prefixes, "seed \(seed)")

            let size = Int.random(in: 1...5, using: &random)
            var together = JSONPage(items: [], prefixes: [], nextPageToken: nil)
            var token: String?
            repeat {
                let next = token.map { [("pageToken", $0)] } ?? []
                let part = try page(names, base + next + [("maxResults", "\(size)")])
                #expect(part.names.count == size || part.nextPageToken == nil, "seed \(seed)")
                together.items? += part.items ?? []
                together.prefixes? += part.prefixes ?? []
                token = part.nextPageToken
            } while token != nil
            #expect(together.items?.map(\.name) == expected.items, "seed \(seed)")
            #expect(together.prefixes == expected.prefixes, "seed \(seed)")
        }
    }

    /// The whole listing, computed the slow way.
    private func model(
        _ names: [String], _ parameters: [(String, String)]
    ) -> (items: [String], prefixes: [String]) {
        func value(_ name: String) -> String { parameters.first { $0.0 == name }?.1 ?? "" }
        let (prefix, delimiter, start) = (value("prefix"), value("delimiter"), value("startOffset"))
        var items: Set<String> = []
        var prefixes: Set<String> = []
        for name in names where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if !delimiter.isEmpty, let cut = rest.range(of: delimiter) {
                let folded = prefix + rest[..<cut.upperBound]
                if folded >= start { prefixes.insert(folded) }
            } else if name >= start {
                items.insert(name)
            }
        }
        return (items.sorted(), prefixes.sorted())
    }

    @Test("A page holds at most a thousand, objects and directories counted together")
    func largestPage() throws {
        let names = (0..<700).map { "a\($0)" } + (0..<700).map { "d\($0)/x" }
        let first = try page(names, [("delimiter", "/"), ("maxResults", "5000")])
        #expect(first.items?.count == 700)
        #expect(first.prefixes?.count == 300)
        #expect(first.nextPageToken != nil)
        #expect(try page(names, []).items?.count == 1000)
    }

    @Test(
        "Parameters that do not fit are refused, and named",
        arguments: [
            ("maxResults", "0"), ("maxResults", "-1"), ("maxResults", "many"), ("pageToken", "x!"), ("fields", "nam"),
        ]
    )
    func badParameter(name: String, value: String) throws {
        let request = StorageRequest(listing("acme-results", [(name, value)]))
        let reply = StandInWorld([bucket([])]).answer(to: request)
        #expect(reply.status == 400)
        #expect(try reply.failure().errors.map(\.location) == [name])
    }

    @Test("An XML listing goes on behind its marker")
    func xml() {
        let world = StandInWorld([bucket(["d/1/a", "d/2/a", "d/2/b", "d/3", "d/4&5"])])
        let first = world.answer(to: StorageRequest("/acme-results?prefix=d/&delimiter=/&max-keys=2"))
        #expect(first.header("Content-Type")?.hasPrefix("application/xml") == true)
        #expect(first.text.contains("<CommonPrefixes><Prefix>d/1/</Prefix></CommonPrefixes>"))
        #expect(first.text.contains("<NextMarker>d/2/</NextMarker>"))
        #expect(first.text.contains("<IsTruncated>true</IsTruncated>"))
        let second = world.answer(to: StorageRequest("/acme-results?prefix=d/&delimiter=/&marker=d%2F2%2F"))
        #expect(!second.text.contains("<CommonPrefixes>"))
        #expect(second.text.contains("<Key>d/3</Key>"))
        #expect(second.text.contains("<Key>d/4&amp;5</Key>"))
        #expect(second.text.contains("<IsTruncated>false</IsTruncated>"))
    }
}
