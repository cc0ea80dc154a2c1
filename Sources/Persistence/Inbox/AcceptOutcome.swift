/// What became of one delivery that was offered to the inbox.
public enum AcceptOutcome: Hashable, Sendable {
    /// It is new, and durable.
    case stored
    /// It was there before; nothing has changed.
    case duplicate
    /// It was parked, and now waits again at the end of its lane.
    case takenUpAgain
    /// The inbox holds as many as it may; nothing was stored.
    case refused
}
