public import struct Foundation.Date

/// What a pause holds up.
public struct PauseKey: Hashable, Sendable {
    /// Whose limit was met, as in `installation:42`.
    public var credential: String
    /// Which of its requests wait, as in `search`, or `*` for all.
    public var scope: String

    /// A key.
    public init(credential: String, scope: String) {
        self.credential = credential
        self.scope = scope
    }
}

/// A time until which requests wait.
public struct Pause: Hashable, Sendable {
    /// What it holds up.
    public let key: PauseKey
    /// When it is over.
    public let until: Date
    /// What GitHub said.
    public let reason: String

    /// A pause.
    public init(key: PauseKey, until: Date, reason: String) {
        self.key = key
        self.until = until
        self.reason = reason
    }
}

/// Pauses that GitHub asked for; they outlive the process and hold for every process that shares the store.
public protocol Pauses: Sendable {
    /// Sets a pause. One that lasts longer already stays as it is.
    ///
    /// - Returns: What holds now.
    func pause(_ pause: Pause, now: Date) async throws -> Pause

    /// Those that are not over, in the order in which they end.
    func active(now: Date) async throws -> [Pause]

    /// Ends a pause early.
    func lift(_ key: PauseKey) async throws
}
