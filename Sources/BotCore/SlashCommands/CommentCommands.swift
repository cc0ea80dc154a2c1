/// The commands of one comment, in their order, each once.
///
/// A command is a line that starts with a slash, outside of code, quotes and HTML comments. Other bots' commands are
/// not ours to judge and are passed over.
public struct CommentCommands: Hashable, Sendable {
    /// Commands of one comment that are carried out; the rest is counted.
    public static let limit = 10

    /// What was asked for.
    public let commands: [WrittenCommand]
    /// Commands over the limit.
    public let omittedCount: Int

    /// The commands of a new comment.
    ///
    /// - Parameter body: The comment's Markdown.
    public init(in body: String) { self.init(Self.every(in: body)) }

    /// The commands that an edit added: what the comment said before has been heard already.
    ///
    /// - Parameters:
    ///   - body: The comment's Markdown now.
    ///   - oldBody: Its Markdown before the edit.
    public init(in body: String, addedTo oldBody: String) {
        let heard = Set(Self.every(in: oldBody).map(\.command))
        self.init(Self.every(in: body).filter { !heard.contains($0.command) })
    }

    /// The commands that an event brings.
    public init(of event: CommentEvent) {
        switch event.action {
        case .created: self.init(in: event.body)
        case .edited(let oldBody): self.init(in: event.body, addedTo: oldBody)
        }
    }

    private init(_ every: [WrittenCommand]) {
        commands = Array(every.prefix(Self.limit))
        omittedCount = max(0, every.count - Self.limit)
    }

    private static func every(in body: String) -> [WrittenCommand] {
        var seen: Set<SlashCommand> = []
        return CommandLines.lines(of: body).compactMap { line in
            guard let command = CommandReader.command(in: line), seen.insert(command).inserted else { return nil }
            return WrittenCommand(line: line, command: command)
        }
    }
}

/// A command and the line that it was read from.
public struct WrittenCommand: Hashable, Sendable {
    /// The line, without white space at its end.
    public let line: String
    /// What it asks for.
    public let command: SlashCommand

    /// A command.
    public init(line: String, command: SlashCommand) {
        self.line = line
        self.command = command
    }
}
