internal import Synchronization

/// Does a piece of work once for all who want its result at the same time.
///
/// The first who comes does the work in its own task, and the others wait for it. Where the first is canceled, one of
/// those who wait takes over, so that nobody's cancellation is another's failure.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private enum Ending {
        case value(Value)
        case failure(any Error)
        case abandoned
    }

    private struct State {
        var nextTicket: UInt64 = 0
        var flights: [Key: [UInt64: CheckedContinuation<Ending, Never>]] = [:]
    }

    private let state = Mutex(State())

    /// How many wait for a key now, beside the one who works.
    func waitingCount(for key: Key) -> Int { state.withLock { $0.flights[key]?.count ?? 0 } }

    /// How many wait now for any key.
    var waitingCount: Int { state.withLock { $0.flights.values.reduce(0) { $0 + $1.count } } }

    /// Gives the result of the work under way, or does it.
    ///
    /// - Parameters:
    ///   - key: What makes two pieces of work the same.
    ///   - work: Called where nobody does it already.
    /// - Returns: The result.
    /// - Throws: What the work threw, or `CancellationError` where the calling task is canceled.
    func run(_ key: Key, _ work: () async throws -> Value) async throws -> Value {
        while true {
            try Task.checkCancellation()
            if begin(key) {
                do {
                    let value = try await work()
                    end(key, .value(value))
                    return value
                } catch let error as CancellationError {
                    end(key, .abandoned)
                    throw error
                } catch {
                    end(key, .failure(error))
                    throw error
                }
            }
            switch await ending(of: key) {
            case .value(let value): return value
            case .failure(let error): throw error
            case .abandoned: continue
            }
        }
    }

    private func begin(_ key: Key) -> Bool {
        state.withLock { state in
            guard state.flights[key] == nil else { return false }
            state.flights[key] = [:]
            return true
        }
    }

    private func end(_ key: Key, _ ending: Ending) {
        let waiting = state.withLock { $0.flights.removeValue(forKey: key) ?? [:] }
        for continuation in waiting.values { continuation.resume(returning: ending) }
    }

    private func ending(of key: Key) async -> Ending {
        let ticket = state.withLock { state in
            state.nextTicket &+= 1
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard !Task.isCancelled, state.flights[key] != nil else { return false }
                    state.flights[key]?[ticket] = continuation
                    return true
                }
                if !waits { continuation.resume(returning: .abandoned) }
            }
        } onCancel: {
            let continuation = state.withLock { $0.flights[key]?.removeValue(forKey: ticket) }
            continuation?.resume(returning: .abandoned)
        }
    }
}
