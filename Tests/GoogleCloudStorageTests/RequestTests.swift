import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Testing

/// What is sent.
@Suite struct RequestTests {
    private func listURL(_ question: ListQuestion) async throws -> String {
        let scripted = ScriptedClient(.answer(200, "{}"))
        _ = try await scripted.client.list(question)
        return try #require(scripted.script.requests.first?.url)
    }

    private func readURL(bucket: String = "b", _ object: String) async throws -> String {
        let scripted = ScriptedClient(.answer(200, "x"))
        _ = try await scripted.client.read(bucket: bucket, object: object, byteLimit: 10)
        return try #require(scripted.script.requests.first?.url)
    }

    @Test("no request carries a credential, nor any header at all")
    func anonymous() async throws {
        let scripted = ScriptedClient(
            .answer(401, "No."), .xml(403, "AccessDenied"), .json(404, "notFound"), .answer(200, "{}"))
        _ = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        _ = try await scripted.client.read(bucket: "b", object: "o", byteLimit: 10)
        #expect(scripted.script.requests.count == 4)
        for request in scripted.script.requests {
            #expect(request.headers.fields.isEmpty)
            #expect(request.method == .get)
            #expect(request.body == nil)
        }
    }

    @Test("a page is asked for with its offset, its token and its size")
    func page() async throws {
        let url = try await listURL(
            ListQuestion(
                bucket: "b", prefix: "logs/a&b/", startOffset: "logs/a&b/17", pageToken: "a/b+c=", maxResults: 7))
        #expect(
            url.contains(
                "prefix=logs/a%26b/&delimiter=/&startOffset=logs/a%26b/17&maxResults=7&pageToken=a%2Fb%2Bc%3D&"))
        let flat = try await listURL(ListQuestion(bucket: "b", prefix: "", isDelimited: false, maxResults: 0))
        #expect(flat.contains("/o?prefix=&maxResults=1&fields="))
        let many = try await listURL(ListQuestion(bucket: "b", prefix: "", maxResults: .max))
        #expect(many.contains("maxResults=1000&"))
    }

    @Test(
        "names are percent-encoded to the last slash",
        arguments: [
            ("logs/job/1/started.json", "logs%2Fjob%2F1%2Fstarted.json"), ("a b", "a%20b"), ("a#b", "a%23b"),
            ("a?b", "a%3Fb"), ("100%", "100%25"), ("%2F", "%252F"), ("a+b", "a%2Bb"), ("é", "%C3%A9"),
            ("e\u{301}", "e%CC%81"), ("日本", "%E6%97%A5%E6%9C%AC"), ("a\nb\u{0}", "a%0Ab%00"),
            ("a~b-c_d.e", "a~b-c_d.e"),
            ("../x", "..%2Fx"), ("a&b=c;d", "a%26b%3Dc%3Bd"), ("[x]*(y)!'", "%5Bx%5D%2A%28y%29%21%27"),
        ])
    func encoding(name: String, encoded: String) async throws {
        #expect(try await readURL(name) == "http://127.0.0.1:9/storage/v1/b/b/o/\(encoded)?alt=media")
        #expect(try await readURL(bucket: name, "o") == "http://127.0.0.1:9/storage/v1/b/\(encoded)/o/o?alt=media")
    }

    @Test("names that no URL can carry are not sent", arguments: ["", ".", ".."])
    func impossibleNames(name: String) async throws {
        let scripted = ScriptedClient()
        let listed = try await scripted.client.list(ListQuestion(bucket: name, prefix: ""))
        #expect(listed.outcome == .refused(.badBucketName(message: "no bucket can be named \"\(name)\"")))
        #expect(listed.counts == RequestCounts())
        #expect(listed.evidence.status == nil)
        let read = try await scripted.client.read(bucket: "b", object: name, byteLimit: 1)
        #expect(read.outcome.unknownReason != nil)
    }

    @Test("requests are counted over everything that is asked")
    func counting() async throws {
        let scripted = ScriptedClient(.json(503, "x"), .answer(200, "{}"), .answer(200, "x"))
        let counting = CountingStorage(scripted.client)
        _ = try await counting.list(ListQuestion(bucket: "b", prefix: ""))
        _ = try await counting.read(bucket: "b", object: "o", byteLimit: 1)
        #expect(counting.counts == RequestCounts(requests: 3, retries: 1))
    }
}
