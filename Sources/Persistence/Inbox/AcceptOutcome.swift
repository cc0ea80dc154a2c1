/// What became of one delivery that was offered to the inbox.
public enum AcceptOutcome: Hashable, Sendable {
    /// It is new and durable, and a worker can take something up because of it.
    case stored
    /// It is new and durable; who works on those before it in its lane comes to it by itself.
    case queued
    /// It is new and durable, and nobody has to work on it.
    case settled
    /// It was there before; nothing has changed.
    case duplicate
    /// It was parked, and now waits again at the end of its lane.
    case takenUpAgain
    /// The inbox holds as many as it may; nothing was stored.
    case refused

    /// Whether it was not there before, and is there now.
    public var isNew: Bool {
        switch self {
        case .stored, .queued, .settled: true
        case .duplicate, .takenUpAgain, .refused: false
        }
    }
}
