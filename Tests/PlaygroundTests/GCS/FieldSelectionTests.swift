import Foundation
import Playground
import Testing

@Suite("Partial responses of the stand-in")
struct FieldSelectionTests {
    private static let object = StandInObject(
        "logs/a/1.txt", "gs://b/x", at: someDay, metadata: ["link": "gs://b/x", "other": "y"])
    private let world = StandInWorld([
        StandInBucket("acme-results", objects: [Self.object, StandInObject("logs/b/x", "y", at: someDay)])
    ])

    private func text(_ fields: String) -> String {
        let parameters = [("prefix", "logs/a/"), ("fields", fields)]
        return world.answer(to: StorageRequest(listing("acme-results", parameters))).text
    }

    @Test(
        "Only what is asked for is sent",
        arguments: [
            ("items(name)", #"{"items":[{"name":"logs/a/1.txt"}]}"#),
            ("items/name", #"{"items":[{"name":"logs/a/1.txt"}]}"#),
            ("items(name,size),prefixes,nextPageToken", #"{"items":[{"name":"logs/a/1.txt","size":"8"}]}"#),
            ("items(size),items/name", #"{"items":[{"name":"logs/a/1.txt","size":"8"}]}"#),
            ("items/metadata/link", #"{"items":[{"metadata":{"link":"gs://b/x"}}]}"#),
            ("items(metadata(link))", #"{"items":[{"metadata":{"link":"gs://b/x"}}]}"#),
            ("kind", #"{"kind":"storage#objects"}"#),
            ("nextPageToken,prefixes", "{}"),
            ("items(md5Hash)", #"{"items":[{}]}"#),
        ])
    func selections(fields: String, expected: String) {
        #expect(text(fields) == expected)
    }

    @Test("Times have milliseconds, sizes are texts, and a stored encoding is named")
    func values() throws {
        var bucket = StandInBucket("acme-results")
        bucket.put(StandInObject("log", "hello", at: Date(timeIntervalSince1970: 951_782_400.25), isGzipped: true))
        let reply = StandInWorld([bucket]).answer(to: StorageRequest(listing("acme-results")))
        let item = try #require(try reply.page().items?.first)
        #expect(item.timeCreated == "2000-02-29T00:00:00.250Z")
        #expect(item.updated == item.timeCreated)
        #expect(item.contentEncoding == "gzip")
        #expect(item.size == "28")
    }

    @Test("Without a choice, or with a star, everything is sent", arguments: ["", "*", "items,kind"])
    func everything(fields: String) throws {
        let parameters = fields.isEmpty ? [] : [("fields", fields)]
        let reply = world.answer(to: StorageRequest(listing("acme-results", parameters)))
        let items = try reply.object()["items"] as? [[String: Any]]
        #expect(items?.first?["bucket"] as? String == "acme-results")
        #expect(items?.first?["generation"] as? String == "1780000000000000")
        #expect(
            items?.first?["selfLink"] as? String
                == "https://storage.googleapis.com/storage/v1/b/acme-results/o/logs%2Fa%2F1.txt")
    }

    @Test(
        "What is no selection is refused",
        arguments: ["items(name", "items)name", "items(nome)", "item", "(name)", "items(,)", "items(name)size", ","])
    func mistakes(fields: String) {
        let reply = world.answer(to: StorageRequest(listing("acme-results", [("fields", fields)])))
        #expect(reply.status == 400)
        #expect(reply.text.contains("Invalid field selection"))
    }

    @Test("One object's resource can be chosen from as well")
    func oneObject() {
        let target = "/storage/v1/b/acme-results/o/logs%2Fa%2F1.txt?fields=name,contentType"
        let reply = world.answer(to: StorageRequest(target))
        #expect(reply.text == #"{"name":"logs/a/1.txt","contentType":"text/plain; charset=utf-8"}"#)
    }
}
