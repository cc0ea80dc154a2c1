public import struct Foundation.Date

/// What a line of a comment asks of us; `CommandTable` says it to people.
public enum SlashCommand: Hashable, Sendable {
    /// Look at what the pull request brings, or at what is named; nil for the former.
    case checkBucket(CheckSubject?)
    /// Say which commands there are.
    case help
    /// Keep an entry that is proposed for removal; nil for all that the pull request removes.
    case keep(Selector?, until: Date?, reason: String?)
    /// Put removed entries back; nil for all that the pull request removed.
    case restore(Selector?)
    /// One of our commands, or nearly one, that cannot be carried out as it is written.
    case misused(CommandMisuse)
}

/// What a person wants to have looked at.
public enum CheckSubject: Hashable, Sendable, CustomStringConvertible {
    /// Something of the registry.
    case selector(Selector)
    /// A place in a bucket.
    case location(BucketLocation)

    /// As it is written in a command, without quotes.
    public var description: String {
        switch self {
        case .selector(let selector): selector.description
        case .location(let location): location.description
        }
    }
}

/// Why a command cannot be carried out, and what was perhaps meant.
public struct CommandMisuse: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// There is no command of this name, and one of ours is nearly the same.
        case unknownName(String)
        /// It is neither a selector nor a location.
        case unknownArgument(String)
        /// There is more than the command takes.
        case tooManyArguments
        /// A quotation mark has no second one, or something follows right behind the second.
        case quotes
        /// `until` is not followed by a day such as 2027-03-01.
        case date(String)
        /// A location that cannot be one, with the reason.
        case location(String, reason: String)
    }

    /// The command that it was, or was nearly.
    public let command: CommandTable.Name
    /// What is wrong.
    public let problem: Problem
    /// The whole line that was perhaps meant; nil where nothing is near.
    public let suggestion: String?

    /// A misuse.
    public init(command: CommandTable.Name, problem: Problem, suggestion: String? = nil) {
        self.command = command
        self.problem = problem
        self.suggestion = suggestion
    }
}
