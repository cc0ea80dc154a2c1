internal import HummingbirdCore
internal import Logging

/// Counts connections, and says so when there is no place for another.
struct ConnectionPlaces: AvailableConnectionsDelegate {
    private let maxConnections: Int
    private let logger: Logger
    private var count = 0
    private var toldAt: ContinuousClock.Instant?

    /// How long nothing more is said of it: who takes up all places does so for a while.
    private static let silence = Duration.seconds(60)

    /// All places free.
    init(_ maxConnections: Int, logger: Logger) {
        self.maxConnections = maxConnections
        self.logger = logger
    }

    /// Takes a place.
    mutating func connectionOpened() {
        count += 1
        guard count >= maxConnections else { return }
        let now = ContinuousClock.now
        if let toldAt, now - toldAt < Self.silence { return }
        toldAt = now
        logger.warning(
            "All connections that may be open at once are open; others wait to be accepted.",
            metadata: ["connections": "\(count)"])
    }

    /// Gives it back.
    mutating func connectionClosed() { count -= 1 }

    /// Whether there is one left.
    func isAcceptingNewConnections() -> Bool { count < maxConnections }
}
