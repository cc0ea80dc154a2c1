internal import Synchronization

internal import struct Foundation.Date

/// The pauses that hold, known here and in the store.
///
/// The store is read again every few seconds, because other processes write to it, too.
final class PauseBook: Sendable {
    private struct State {
        var pauses: [Place: RequestPause] = [:]
        var readAt: Date?
    }

    private struct Place: Hashable {
        let credential: String
        let scope: String
    }

    private static let rereadSeconds = 5.0

    private let state = Mutex(State())
    private let store: (any PauseStore)?
    private let counter: RequestCounter

    /// A book without pauses of its own.
    init(store: (any PauseStore)?, counter: RequestCounter) {
        self.store = store
        self.counter = counter
    }

    /// The pause that holds up a request for the longest time; `nil` where none does.
    ///
    /// - Throws: `CancellationError`.
    func pause(for credential: String, resource: String, now: Date) async throws -> RequestPause? {
        try await readStore(now: now)
        return state.withLock { state in
            [resource, RequestPause.everything]
                .compactMap { state.pauses[Place(credential: credential, scope: $0)] }
                .filter { $0.until > now }
                .max { $0.until < $1.until }
        }
    }

    /// Notes a pause here and in the store.
    ///
    /// - Throws: `CancellationError`.
    func note(_ pause: RequestPause, now: Date) async throws {
        state.withLock { Self.add(pause, to: &$0, now: now) }
        guard let store else { return }
        do {
            try await store.save(pause, now: now)
        } catch let error as CancellationError {
            throw error
        } catch {
            // It holds in this process all the same.
            counter.count { $0.storeFailures += 1 }
        }
    }

    private func readStore(now: Date) async throws {
        guard let store else { return }
        let isDue = state.withLock { state in
            // A clock that was set back reads at once.
            if let readAt = state.readAt, (0..<Self.rereadSeconds).contains(now.timeIntervalSince(readAt)) {
                return false
            }
            state.readAt = now
            return true
        }
        guard isDue else { return }
        do {
            let pauses = try await store.active(now: now)
            state.withLock { state in
                for pause in pauses { Self.add(pause, to: &state, now: now) }
            }
        } catch let error as CancellationError {
            state.withLock { $0.readAt = nil }
            throw error
        } catch {
            // What is known here has to do until the next reading.
            counter.count { $0.storeFailures += 1 }
        }
    }

    private static func add(_ pause: RequestPause, to state: inout State, now: Date) {
        state.pauses = state.pauses.filter { $0.value.until > now }
        let place = Place(credential: pause.credential, scope: pause.scope)
        if let known = state.pauses[place], known.until >= pause.until { return }
        state.pauses[place] = pause
    }
}
