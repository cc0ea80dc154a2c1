import Foundation
import Persistence
import Testing

/// A request whose parts can be varied.
private func request(_ url: String, accept: String = "a", credential: String = "c") -> ResponseKey {
    ResponseKey(method: "GET", url: url, accept: accept, credential: credential)
}

/// An answer of some size.
private func answer(_ etag: String, bytes: Int = 10) -> CachedResponse {
    CachedResponse(
        etag: etag, status: 200, headers: ["Link": "<x>; rel=\"next\""], body: Array(repeating: 7, count: bytes))
}

extension Contract {
    /// What the two caches promise.
    static let caches: [Contract] = [
        Contract("an answer is found again by all parts of its key") { store async throws in
            let cache = store.responseCache
            try await cache.save(answer("1"), for: request("u"), now: at(0))
            #expect(try await cache.find(request("u"), now: at(1)) == answer("1"))
            let others = [
                request("v"), request("u", accept: "b"), request("u", credential: "d"),
                ResponseKey(method: "HEAD", url: "u", accept: "a", credential: "c"),
            ]
            for other in others { #expect(try await cache.find(other, now: at(1)) == nil) }
            try await cache.save(answer("2"), for: request("u"), now: at(2))
            #expect(try await cache.find(request("u"), now: at(3)) == answer("2"))
            try await cache.remove(request("u"))
            #expect(try await cache.find(request("u"), now: at(4)) == nil)
            #expect(try await cache.byteCount() == 0)
        },
        Contract("the answer that was not used for the longest time goes first", { $0.responseCacheBytes = 40_000 }) {
            let cache = $0.responseCache
            for index in 0..<3 {
                try await cache.save(answer("e", bytes: 12_000), for: request("\(index)"), now: at(Double(index)))
            }
            #expect(try await cache.find(request("0"), now: at(7_200)) != nil)
            try await cache.save(answer("e", bytes: 12_000), for: request("3"), now: at(7_201))
            #expect(try await cache.byteCount() <= 40_000)
            #expect(try await cache.find(request("0"), now: at(7_202)) != nil)
            #expect(try await cache.find(request("1"), now: at(7_202)) == nil)
            #expect(try await cache.find(request("2"), now: at(7_202)) != nil)
            #expect(try await cache.find(request("3"), now: at(7_202)) != nil)
        },
        Contract(
            "what is larger than the whole cache is not kept, nor what it replaces", { $0.responseCacheBytes = 9_000 }
        ) {
            let cache = $0.responseCache
            try await cache.save(answer("1"), for: request("u"), now: at(0))
            try await cache.save(answer("other"), for: request("v"), now: at(0))
            try await cache.save(answer("2", bytes: 9_000), for: request("u"), now: at(1))
            #expect(try await cache.find(request("u"), now: at(2)) == nil)
            #expect(try await cache.find(request("v"), now: at(2)) != nil)
        },
        Contract("files are found by their hashes, many at once") { store async throws in
            let cache = store.blobCache
            let blobs = Dictionary(
                uniqueKeysWithValues: (0..<300).map { (BlobID("\($0)"), [UInt8](repeating: 1, count: $0)) })
            try await cache.save(blobs, now: at(0))
            try await cache.save(blobs, now: at(1))
            #expect(try await cache.find(Array(blobs.keys) + [BlobID("none")], now: at(2)) == blobs)
            #expect(try await cache.find([], now: at(2)) == [:])
        },
        Contract("files are given up when there is no room, the unused first", { $0.blobCacheBytes = 10_000 }) {
            store in
            let cache = store.blobCache
            let body = [UInt8](repeating: 1, count: 3_000)
            for index in 0..<3 { try await cache.save([BlobID("\(index)"): body], now: at(Double(index))) }
            #expect(try await cache.find([BlobID("0")], now: at(7_200)).count == 1)
            try await cache.save(
                [BlobID("3"): body, BlobID("huge"): Array(repeating: 1, count: 10_000)], now: at(7_201))
            let all = ["0", "1", "2", "3", "huge"].map { BlobID($0) }
            #expect(Set(try await cache.find(all, now: at(7_202)).keys) == [BlobID("0"), BlobID("2"), BlobID("3")])
            #expect(try await cache.byteCount() <= 10_000)
        },
    ]
}
