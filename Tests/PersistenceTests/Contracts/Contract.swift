import Persistence
import Testing

/// One thing that every store promises, whatever engine it is built on.
struct Contract: Sendable, CustomTestStringConvertible {
    /// A sentence.
    let promise: String
    /// What the store is opened with.
    let limits: StoreLimits
    /// Holds a fresh store to the promise.
    let hold: @Sendable (any Store) async throws -> Void

    var testDescription: String { promise }

    init(
        _ promise: String, _ change: (inout StoreLimits) -> Void = { _ in },
        hold: @escaping @Sendable (any Store) async throws -> Void
    ) {
        var limits = StoreLimits()
        change(&limits)
        self.promise = promise
        self.limits = limits
        self.hold = hold
    }

    /// Everything that a store promises.
    static let all = inboxAccepting + inboxWorking + outbox + caches + timers + sweeps + removals + contacts
}
