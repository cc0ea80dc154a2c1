public import struct Foundation.Date

/// What the client takes from the world beside the wire; tests put their own in.
public struct ClientSurroundings: Sendable {
    /// The time.
    public let now: @Sendable () -> Date
    /// Waits, and throws `CancellationError` where the task is canceled meanwhile.
    public let pause: @Sendable (Duration) async throws -> Void
    /// A random number from 0 up to 1, for the jitter of repetitions.
    public let random: @Sendable () -> Double

    /// Surroundings; the program's own unless told otherwise, but for the clock.
    public init(
        now: @escaping @Sendable () -> Date,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.now = now
        self.pause = pause
        self.random = random
    }
}
