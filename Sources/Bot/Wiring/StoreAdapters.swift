internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Keeps GitHub's answers in the store.
struct StoredAnswers: AnswerStore {
    let cache: any ResponseCache

    func find(_ key: AnswerKey, now: Date) async throws -> StoredAnswer? {
        guard let found = try await cache.find(ResponseKey(key), now: now) else { return nil }
        return StoredAnswer(etag: found.etag, status: found.status, headers: found.headers, body: found.body)
    }

    func save(_ answer: StoredAnswer, for key: AnswerKey, now: Date) async throws {
        let response = CachedResponse(
            etag: answer.etag, status: answer.status, headers: answer.headers, body: answer.body)
        try await cache.save(response, for: ResponseKey(key), now: now)
    }
}

extension ResponseKey {
    /// A request as the store knows it.
    init(_ key: AnswerKey) {
        self.init(method: key.method, url: key.url, accept: key.accept, credential: key.credential)
    }
}

/// Keeps what GitHub asked to wait for in the store.
struct StoredPauses: PauseStore {
    let pauses: any Pauses

    func save(_ pause: RequestPause, now: Date) async throws {
        let key = PauseKey(credential: pause.credential, scope: pause.scope)
        _ = try await pauses.pause(Pause(key: key, until: pause.until, reason: pause.reason), now: now)
    }

    func active(now: Date) async throws -> [RequestPause] {
        try await pauses.active(now: now).map {
            RequestPause(credential: $0.key.credential, scope: $0.key.scope, until: $0.until, reason: $0.reason)
        }
    }
}

/// Keeps contents of files in the store.
struct StoredBlobs: BlobStore {
    let cache: any BlobCache

    func find(_ ids: [GitObjectID], now: Date) async throws -> [GitObjectID: [UInt8]] {
        var found: [GitObjectID: [UInt8]] = [:]
        for (id, bytes) in try await cache.find(ids.map { BlobID($0.text) }, now: now) {
            guard let id = GitObjectID(id.text) else { continue }
            found[id] = bytes
        }
        return found
    }

    func save(_ blobs: [GitObjectID: [UInt8]], now: Date) async throws {
        var kept: [BlobID: [UInt8]] = [:]
        for (id, bytes) in blobs { kept[BlobID(id.text)] = bytes }
        try await cache.save(kept, now: now)
    }
}

extension ClientStores {
    /// Everything that the client keeps, in one store.
    init(_ store: any Store) {
        self.init(
            answers: StoredAnswers(cache: store.responseCache), pauses: StoredPauses(pauses: store.pauses),
            blobs: StoredBlobs(cache: store.blobCache))
    }
}
