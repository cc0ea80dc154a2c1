public import struct Foundation.Date

/// How often commands were given within the last hour, by one person or in one conversation.
///
/// Shape when stored: `COMMAND@SECONDS` of each, joined by commas. Each is known by a word that stands for one command of one
/// comment, so that a delivery that comes again is not counted again, and an edit that brings another command is.
public struct CommandRate: Hashable, Sendable {
    /// Commands of one person in an hour, in all repositories.
    public static let perPersonPerHour = 20
    /// Commands in one pull request or issue in an hour.
    public static let perConversationPerHour = 30
    /// Seconds for which a command counts.
    static let windowSeconds = 3600

    private var uses: [(command: String, at: Date)] = []

    /// None so far.
    public init() {}

    /// Reads what was stored; what cannot be read is left out.
    public init(stored text: String) {
        for part in text.split(separator: ",") {
            let fields = part.split(separator: "@")
            guard fields.count == 2, let seconds = Int64(fields[1]), (0...4_102_444_800).contains(seconds) else {
                continue
            }
            uses.append((String(fields[0]), Date(timeIntervalSince1970: Double(seconds))))
        }
    }

    /// What is stored.
    public var stored: String {
        uses.map { "\($0.command)@\(Int64($0.at.timeIntervalSince1970.rounded(.down)))" }.joined(separator: ",")
    }

    /// Counts a command, if there is room.
    ///
    /// - Parameters:
    ///   - command: Stands for the command, in letters and digits; one that was counted already has room.
    ///   - limit: How many there may be in an hour.
    ///   - now: The present.
    /// - Returns: Nil where there is room, else when there will be.
    public mutating func take(command: String, limit: Int, now: Date) -> Date? {
        uses.removeAll { now.timeIntervalSince($0.at) >= Double(Self.windowSeconds) }
        if uses.contains(where: { $0.command == command }) { return nil }
        guard uses.count < limit else {
            let oldest = uses.map(\.at).min() ?? now
            return oldest.addingTimeInterval(Double(Self.windowSeconds))
        }
        uses.append((command, now))
        return nil
    }

    /// Whether two have counted the same.
    public static func == (left: CommandRate, right: CommandRate) -> Bool { left.stored == right.stored }

    /// By what was counted.
    public func hash(into hasher: inout Hasher) { hasher.combine(stored) }
}
