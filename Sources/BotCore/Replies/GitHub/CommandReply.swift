public import struct Foundation.Date

/// What became of a command, for the person who gave it.
public enum CommandAnswer: Sendable {
    /// It was looked at, and this was found.
    case checked(PullRequestCheck)
    /// There is nothing to look at: the pull request adds and changes no entry, or nothing is named in an issue.
    case nothingToCheck
    /// The pull request is closed, and nothing of it is looked at.
    case closed
    /// The command cannot be carried out as it is written.
    case misused(CommandMisuse)
    /// The list of commands.
    case help
    /// The registry has no such entry.
    case unknownEntry(UnknownSelector)
    /// The person may not use the command like this.
    case notAllowed(CommandTable.Entry)
    /// Whether the person may use the command could not be found out.
    case permissionUnknown(CommandTable.Entry)
    /// Too many commands came from this person, or for this pull request.
    case tooOften(again: Date)
    /// The command means something only on a pull request that the bot opened to remove entries.
    case nothingToRemove(CommandTable.Name)
    /// What became of `/keep` or `/restore`.
    case removal(RemovalAnswer)
    /// It was tried several times, and something of ours did not work.
    case gaveUp
}

/// Writes the reply to one command.
public struct CommandReply {
    private let templates: Templates
    private let texts: RuleTexts

    /// How to write replies.
    public init(templates: Templates, texts: RuleTexts) {
        self.templates = templates
        self.texts = texts
    }

    /// The marker by which the reply to a command is found again.
    ///
    /// - Parameters:
    ///   - kind: Which of GitHub's two kinds of comments the command stands in.
    ///   - comment: The comment's number.
    ///   - command: The command as it was written.
    /// - Returns: The same for the same command of the same comment.
    public static func marker(
        _ kind: CommentEvent.Kind, comment: CommentID, command: WrittenCommand
    ) -> Marker {
        let name = kind == .conversation ? "comment" : "review-comment"
        let print = TextPrint(of: command.line).text
        return Marker(kind: "reply", fields: [name: "\(comment.rawValue)", "command": print])
    }

    /// The reply: the marker, the command, the answer.
    ///
    /// - Parameters:
    ///   - answer: What became of it.
    ///   - command: The command as it was written.
    ///   - marker: What `marker` gave for it.
    ///   - omittedCount: Commands of the same comment that were left out.
    /// - Returns: A whole comment.
    public func text(
        of answer: CommandAnswer, to command: WrittenCommand, marker: Marker, omittedCount: Int = 0
    ) -> String {
        let quote = "> " + Markdown.code(command.line)
        var parts = [marker.text + "\n" + quote, body(of: answer)]
        if omittedCount > 0 {
            let value = [
                "count": counted(omittedCount, "more command", "more commands"), "limit": "\(CommentCommands.limit)",
            ]
            parts.append(text("reply-omitted", value))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func text(_ name: String, _ value: [String: any Sendable]) -> String {
        templates.text("github/" + name, value).trimmingWhitespace()
    }

    private func body(of answer: CommandAnswer) -> String {
        switch answer {
        case .checked(let check):
            let words = CheckWords(of: check, templates: templates)
            if check.entries.isEmpty, check.findings.isEmpty, check.counts.locationsLeftOut == 0 {
                return text("reply-no-results", [:])
            }
            let blocks = CheckBlocks(of: check, templates: templates, texts: texts, isTimeShown: true).all()
            return words.assembled(
                head: "", blocks: blocks, isTimeShown: true, byteLimit: CheckComment.byteLimit - 6_000
            )
            .trimmingWhitespace()
        case .nothingToCheck: return text("reply-nothing", ["usage": usage(.checkBucket)])
        case .closed: return text("reply-closed", ["usage": usage(.checkBucket)])
        case .misused(let misuse): return self.misuse(misuse)
        case .help: return help
        case .unknownEntry(let unknown):
            return text(
                "reply-unknown-entry",
                [
                    "selector": Markdown.code(unknown.selector.description), "hasNear": !unknown.near.isEmpty,
                    "near": unknown.near.map { ["name": Markdown.code($0)] },
                    "isUnread": !unknown.unreadable.isEmpty,
                    "files": unknown.unreadable.prefix(3).map { Markdown.code($0) }.joined(separator: ", "),
                    "isCut": unknown.unreadable.count > 3,
                ])
        case .notAllowed(let entry):
            return text("reply-not-allowed", who(entry))
        case .permissionUnknown(let entry):
            return text("reply-permission-unknown", who(entry))
        case .tooOften(let again):
            return text("reply-too-often", ["time": CivilTime(again)?.readable ?? "a while"])
        case .nothingToRemove(let name):
            return text("reply-nothing-to-remove", ["command": Markdown.code("/\(name.rawValue)")])
        case .removal(let answer): return RemovalReplies(templates: templates).text(of: answer).trimmingWhitespace()
        case .gaveUp: return text("reply-gave-up", [:])
        }
    }

    private func who(_ entry: CommandTable.Entry) -> [String: any Sendable] {
        [
            "usage": Markdown.code(entry.usage), "whoMay": entry.restrictedTo ?? entry.whoMay,
            "isCheck": entry.name == .checkBucket,
        ]
    }

    private func misuse(_ misuse: CommandMisuse) -> String {
        let suggestion = misuse.suggestion.map { Markdown.block([Markdown.cut($0, AdviceText.copiedCharacters)]) }
        return text(
            "reply-misused",
            [
                "problem": problem(misuse.problem), "usage": usage(misuse.command),
                "hasSuggestion": suggestion != nil, "suggestion": suggestion ?? "",
            ])
    }

    private func problem(_ problem: CommandMisuse.Problem) -> String {
        var value: [String: any Sendable] = [:]
        switch problem {
        case .unknownName(let name):
            value["isName"] = true
            value["found"] = Markdown.code("/" + name)
        case .unknownArgument(let argument):
            value["isArgument"] = true
            value["found"] = Markdown.code(argument)
        case .tooManyArguments: value["isTooMany"] = true
        case .quotes: value["isQuotes"] = true
        case .date(let day):
            value["isDate"] = true
            value["hasFound"] = !day.isEmpty
            value["found"] = Markdown.code(day)
        case .location(let location, let reason):
            value["isLocation"] = true
            value["found"] = Markdown.code(location)
            value["reason"] = Markdown.prose(reason)
        }
        return Markdown.oneLine(text("misuse", value))
    }

    private func usage(_ name: CommandTable.Name) -> String {
        Markdown.block(CommandTable.entries(of: name).map(\.usage))
    }

    private var help: String {
        let entries: [[String: any Sendable]] = CommandTable.all.map { entry in
            [
                "usage": Markdown.code(entry.usage), "help": entry.help, "whoMay": entry.whoMay,
                "example": Markdown.code(entry.example), "hasExample": entry.example != entry.usage,
            ]
        }
        return text("reply-help", ["entries": entries])
    }
}
