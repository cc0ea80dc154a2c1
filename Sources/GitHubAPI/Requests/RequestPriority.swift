/// Who goes first where requests have to wait, and who may use what is kept in reserve.
public enum RequestPriority: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// Somebody waits for the answer: a pull request, a command.
    case interactive
    /// What makes up for lost deliveries, and repeated probes.
    case background
    /// A pass over everything.
    case sweep

    /// Whether the left one goes first.
    public static func < (left: RequestPriority, right: RequestPriority) -> Bool { left.rawValue < right.rawValue }
}
