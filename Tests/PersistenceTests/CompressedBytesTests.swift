import GRDB
import TestSupport
import Testing

@testable import Persistence

@Suite("Bodies are compressed before they are stored, and come back as they were signed")
struct CompressedBytesTests {
    private static let payload = Array(String(repeating: #"{"login":"jan","id":1},"#, count: 1_000).utf8)

    @Test("a batch stores less than it was given, and finds all of it")
    func stored() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            async let outcome = batcher.accept(delivery("g-1", body: Self.payload))
            #expect(await batcher.arrival())
            await batcher.commitOnce()
            #expect(try await outcome == .stored)
            let count = try await store.database.read { try $0.number("SELECT length(body) FROM deliveries") }
            #expect(try #require(count) < Self.payload.count / 5)
            #expect(try await store.inbox.find(DeliveryID("g-1"))?.record.body == Self.payload)
        }
    }

    @Test("a parked delivery that comes again in another form is read in that form")
    func takenUpAgain() async throws {
        try await withStore { store, _ in
            var parked = delivery("g-1", body: Self.payload)
            parked.compressBody()
            parked.parkedBecause = "no JSON"
            _ = try await store.inbox.accept([parked])
            #expect(try await store.inbox.accept([delivery("g-1", body: [91, 93])]) == [.takenUpAgain])
            #expect(try await store.inbox.find(DeliveryID("g-1"))?.record.body == [91, 93])
        }
    }

    @Test("what does not shrink is stored as it is")
    func random() {
        var generator = SplitMix64(seed: 7)
        #expect(CompressedBytes((0..<5_000).map { _ in UInt8.random(in: 0...255, using: &generator) }) == nil)
        #expect(CompressedBytes([]) == nil)
        #expect(CompressedBytes(Array(repeating: 7, count: 100)) == nil)
    }

    @Test("a damaged frame is a damaged store, wherever it is cut or changed")
    func damaged() throws {
        let frame = try #require(CompressedBytes(Self.payload)).frame
        for count in 0..<frame.count {
            #expect(throws: StoreError.self) { try CompressedBytes(frame: Array(frame.prefix(count))).expanded() }
        }
        // A frame that promises 2^63 bytes.
        let promise: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0]
        #expect(throws: StoreError.self) { try CompressedBytes(frame: promise).expanded() }
    }
}
