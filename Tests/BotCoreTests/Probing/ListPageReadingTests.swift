import BotCore
import Foundation
import Testing

/// What the body of a listing becomes.
@Suite struct ListPageReadingTests {
    private func page(_ text: String) throws(ListPage.Refusal) -> ListPage { try ListPage(json: Array(text.utf8)) }

    private func refusal(_ bytes: [UInt8]) -> String? {
        do throws(ListPage.Refusal) {
            _ = try ListPage(json: bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    private func onlyObject(_ fields: String) throws -> StoredObject {
        let page = try page(#"{"items": [{"name": "a", \#(fields)}]}"#)
        return try #require(page.objects.first)
    }

    @Test("a page has objects, prefixes and the way on")
    func aPageHasObjectsPrefixesAnd() throws {
        let page = try page(
            """
            {"items": [{"name": "logs/job/latest-build.txt", "size": "20", "updated": "2021-03-09T22:46:45.070Z",
              "timeCreated": "2021-03-09T22:46:45Z", "metadata": {"link": "gs://b/x"}, "contentEncoding": "gzip"}],
             "prefixes": ["logs/job/1/", "logs/job/10/"], "nextPageToken": "Cg=="}
            """)
        let object = try #require(page.objects.first)
        #expect(page.objects.count == 1)
        #expect(object.name == "logs/job/latest-build.txt")
        #expect(object.size == 20)
        #expect(object.updated == Date(timeIntervalSince1970: 1_615_330_005.07))
        #expect(object.timeCreated == Date(timeIntervalSince1970: 1_615_330_005))
        #expect(object.metadata == ["link": "gs://b/x"])
        #expect(object.contentEncoding == "gzip")
        #expect(page.prefixes == ["logs/job/1/", "logs/job/10/"])
        #expect(page.nextPageToken == "Cg==")
    }

    @Test(
        "an empty listing is a page",
        arguments: ["{}", " {} ", #"{"kind": "storage#objects"}"#, #"{"items": []}"#, #"{"nextPageToken": ""}"#])
    func anEmptyListingIsAPage(text: String) throws {
        #expect(try page(text) == ListPage(objects: [], prefixes: [], nextPageToken: nil))
    }

    @Test("a page may have nothing but the way on")
    func aPageMayHaveNothingBut() throws {
        #expect(try page(#"{"nextPageToken": "t"}"#).nextPageToken == "t")
    }

    @Test(
        "what is no listing is refused, and not read as empty",
        arguments: [
            "", "{", "null", "true", "7", #""text""#, "[]", #"{"items": [{"name": "a"}"#, "<html>Sign in</html>",
            #"{"foo": 1}"#, #"{"error": {"code": 404}}"#, #"{"kind": "storage#buckets"}"#, #"{"kind": 1}"#,
            #"{"items": {}}"#, #"{"items": null}"#, #"{"items": ["a"]}"#, #"{"items": [{"size": "1"}]}"#,
            #"{"items": [{"name": 1}]}"#, #"{"items": [{"name": ""}]}"#, #"{"prefixes": "a/"}"#,
            #"{"prefixes": [1]}"#, #"{"prefixes": [""]}"#, #"{"nextPageToken": 5}"#, #"{"items": [], }"# + "x",
        ])
    func whatIsNoListingIsRefused(text: String) {
        #expect(refusal(Array(text.utf8)) != nil)
    }

    @Test("nesting without end is refused")
    func nestingWithoutEndIsRefused() {
        let depth = 100_000
        #expect(refusal(Array(String(repeating: "[", count: depth).utf8)) != nil)
        #expect(refusal(Array(String(repeating: #"{"items":"#, count: depth).utf8)) != nil)
        let nested =
            #"{"items": [{"name": "a", "metadata": "# + String(repeating: "[", count: depth)
            + String(repeating: "]", count: depth) + "}]}"
        #expect(refusal(Array(nested.utf8)) != nil)
    }

    @Test("more bytes than a page can have are not parsed")
    func moreBytesThanAPageCan() {
        let bytes = [UInt8](repeating: 0x20, count: ListPage.bodyByteLimit - 2) + Array("{}".utf8)
        #expect(refusal(bytes) == nil)
        #expect(refusal(bytes + [0x20])?.contains("bytes") == true)
    }

    @Test(
        "a size that is no decimal string of 64 bits is not known",
        arguments: [#""-1""#, #""+5""#, #""1.5""#, #""0x10""#, #""99999999999999999999""#, #""""#, "12", "1e400", "{}"])
    func aSizeThatIsNoDecimal(value: String) throws {
        // A number that no computer holds makes the whole page no JSON; that is refused, and no trap.
        guard value != "1e400" else {
            #expect(refusal(Array(#"{"items": [{"name": "a", "size": 1e400}]}"#.utf8)) != nil)
            return
        }
        #expect(try onlyObject(#""size": \#(value)"#).size == nil)
    }

    @Test("the largest size is read")
    func theLargestSizeIsRead() throws {
        #expect(try onlyObject(#""size": "9223372036854775807""#).size == .max)
        #expect(try onlyObject(#""size": "0""#).size == 0)
    }

    @Test(
        "a time that cannot be true is not known",
        arguments: [#""1970-01-01T00:00:00Z""#, #""2101-01-01T00:00:00Z""#, #""yesterday""#, "1615330005", "null"])
    func aTimeThatCannotBeTrue(value: String) throws {
        let object = try onlyObject(#""updated": \#(value), "timeCreated": \#(value)"#)
        #expect(object.updated == nil)
        #expect(object.timeCreated == nil)
    }

    @Test("metadata that is not text is left out")
    func metadataThatIsNotTextIs() throws {
        #expect(try onlyObject(#""metadata": {"a": "1", "b": 2, "c": null, "d": {}}"#).metadata == ["a": "1"])
        #expect(try onlyObject(#""metadata": "x""#).metadata == [:])
        #expect(try onlyObject(#""contentEncoding": 5"#).contentEncoding == nil)
    }

    @Test("names keep their control characters and their form")
    func namesKeepTheirControlCharactersAnd() throws {
        let page = try page(#"{"items": [{"name": "a\u0000\u001b[31m\n\u202e b"}, {"name": "e\u0301"}]}"#)
        #expect(
            page.objects.map(\.name).map { Array($0.utf8) }
                == ["a\0\u{1B}[31m\n\u{202E} b", "e\u{301}"].map { Array($0.utf8) })
    }

    @Test("a key that stands twice counts once")
    func aKeyThatStandsTwiceCounts() throws {
        let page = try page(#"{"items": [{"name": "a", "name": "b"}], "prefixes": ["x/"], "prefixes": ["x/"]}"#)
        #expect(page.objects.count == 1)
        #expect(page.prefixes == ["x/"])
    }

    @Test("no bytes trap")
    func noBytesTrap() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        let seed = Array(#"{"items": [{"name": "a\u00e9", "size": "12", "updated": "2021-03-09T22:46:45.070Z"}]}"#.utf8)
        for _ in 0..<2000 {
            var bytes = seed
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            _ = refusal(bytes)
        }
        #expect(refusal([0xFF, 0xFE, 0x7B]) != nil)
    }
}
