import CurlHTTP
import Foundation
import Persistence
import Testing

@testable import Bot

@Suite("What went wrong, in words")
struct ErrorSentenceTests {
    private enum Odd: Error { case secret(String) }

    private struct Told: Error, CustomStringConvertible { let description = "the moon is full" }

    private struct Shape: Decodable { let list: [Int] }

    private func decoding(_ text: String) throws -> any Error {
        try #require(
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Shape.self, from: Data(text.utf8)) })
    }

    @Test("errors of our own say it themselves, and others show nothing of what they hold")
    func words() throws {
        #expect(sentence(of: Told()) == "the moon is full")
        #expect(sentence(of: StoreError.busy) == StoreError.busy.description)
        #expect(sentence(of: Odd.secret("token")) == "something that was not expected (Odd)")
        #expect(sentence(of: TransportError.timedOut(seconds: 9)) == "no whole answer within 9.0 seconds")
        #expect(sentence(of: TransportError.unreachable(reason: "no route")) == "no route")
        #expect(sentence(of: POSIXError(.ENOSPC)) == "No space left on device")
        #expect(sentence(of: CancellationError()) == "it was broken off")
    }

    @Test("JSON that is not as expected is named by its place")
    func json() throws {
        #expect(sentence(of: try decoding("{}")) == "JSON is not as expected: list is missing")
        #expect(
            sentence(of: try decoding(#"{"list": [1, "x"]}"#))
                == "JSON is not as expected: list.[1] is of another kind than expected")
        #expect(sentence(of: try decoding("no JSON")) == "JSON is not as expected: the whole cannot be read")
    }

    @Test("what Foundation says of a file has no domain and no code")
    func foundation() throws {
        let error = try #require(
            #expect(throws: (any Error).self) { try Data(contentsOf: URL(filePath: "/does/not/exist")) })
        #expect(!sentence(of: error).contains("Domain"))
        #expect(!sentence(of: error).contains("Error"))
    }
}
