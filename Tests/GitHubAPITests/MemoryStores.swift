import GitHubAPI
import Synchronization

import struct Foundation.Date

/// Stores in memory, which can be told to fail.
final class MemoryStores: AnswerStore, PauseStore, BlobStore {
    struct Broken: Error {}

    struct State {
        var answers: [AnswerKey: StoredAnswer] = [:]
        var pauses: [RequestPause] = []
        var blobs: [GitObjectID: [UInt8]] = [:]
        var isBroken = false
    }

    private let state = Mutex(State())

    init(isBroken: Bool = false) { state.withLock { $0.isBroken = isBroken } }

    var clientStores: ClientStores { ClientStores(answers: self, pauses: self, blobs: self) }

    var kept: State { state.withLock { $0 } }

    func find(_ key: AnswerKey, now: Date) async throws -> StoredAnswer? { try use { $0.answers[key] } }

    func save(_ answer: StoredAnswer, for key: AnswerKey, now: Date) async throws {
        try use { $0.answers[key] = answer }
    }

    func save(_ pause: RequestPause, now: Date) async throws { try use { $0.pauses.append(pause) } }

    func active(now: Date) async throws -> [RequestPause] { try use { $0.pauses.filter { $0.until > now } } }

    func find(_ ids: [GitObjectID], now: Date) async throws -> [GitObjectID: [UInt8]] {
        try use { state in state.blobs.filter { ids.contains($0.key) } }
    }

    func save(_ blobs: [GitObjectID: [UInt8]], now: Date) async throws {
        try use { $0.blobs.merge(blobs) { $1 } }
    }

    private func use<Value: Sendable>(_ body: (inout State) -> Value) throws -> Value {
        try state.withLock { state in
            guard !state.isBroken else { throw Broken() }
            return body(&state)
        }
    }
}
