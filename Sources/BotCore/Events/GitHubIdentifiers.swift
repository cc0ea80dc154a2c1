/// The number of an account of GitHub: of a user, an organization or an App's bot.
///
/// A login can be given up and taken by somebody else; this number cannot.
public struct AccountID: RawRepresentable, Hashable, Sendable {
    /// Positive.
    public let rawValue: Int64

    /// Takes the number as GitHub gave it.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The number of a repository, which stays when it is renamed or moved.
public struct RepositoryID: RawRepresentable, Hashable, Sendable {
    /// Positive.
    public let rawValue: Int64

    /// Takes the number as GitHub gave it.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The number of a comment; comments of a conversation and comments on a line of code are counted apart.
public struct CommentID: RawRepresentable, Hashable, Sendable, Comparable {
    /// Positive, and greater for a younger comment.
    public let rawValue: Int64

    /// Takes the number as GitHub gave it.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Orders by age, the oldest first.
    public static func < (one: CommentID, other: CommentID) -> Bool { one.rawValue < other.rawValue }
}

/// The number of an App's installation on an account.
public struct InstallationID: RawRepresentable, Hashable, Sendable {
    /// Positive.
    public let rawValue: Int64

    /// Takes the number as GitHub gave it.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The name of a commit, a tree or a blob: 40 lower-case hexadecimal digits, or 64 of them.
///
/// It is put into the paths of requests, so nothing else can be one.
/// Source: https://git-scm.com/docs/hash-function-transition
public struct ObjectSHA: Hashable, Sendable, CustomStringConvertible {
    /// The digits.
    public let text: String

    /// `nil` where the text is anything but 40 or 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard [40, 64].contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.text = String(text)
    }

    /// The digits.
    public var description: String { text }
}
