/// A number by which GitHub knows something, kept apart from the numbers of everything else.
///
/// Range: 1 up to 2^63 - 1; what is decoded is checked.
public struct GitHubNumber<Subject>: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The number itself.
    public let value: Int

    /// Wraps a number.
    public init(_ value: Int) { self.value = value }

    /// Wraps a number that stands in the program.
    public init(integerLiteral value: Int) { self.value = value }

    /// The digits.
    public var description: String { "\(value)" }
}

extension GitHubNumber: Decodable {
    /// Reads a number, which must be positive.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let value = try container.decode(Int.self)
        guard value > 0 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the number is not positive")
        }
        self.value = value
    }
}

/// What each kind of number counts; there are no values of these.
public enum GitHubSubject {
    /// An issue or a pull request of one repository: they share their numbers.
    public enum Issue {}
    /// A comment below an issue or a pull request.
    public enum IssueComment {}
    /// A comment on lines of a pull request.
    public enum ReviewComment {}
    /// A review of a pull request.
    public enum Review {}
    /// A check run.
    public enum CheckRun {}
    /// A reaction.
    public enum Reaction {}
    /// A person, a bot or an organization.
    public enum Account {}
    /// An installation of a GitHub App.
    public enum Installation {}
    /// A repository, whatever it is called at the time.
    public enum Repository {}
    /// A delivery of a webhook.
    public enum Delivery {}
    /// A team of an organization.
    public enum Team {}
}

/// The number of an issue or a pull request.
public typealias IssueNumber = GitHubNumber<GitHubSubject.Issue>
/// The id of a comment below an issue or a pull request.
public typealias IssueCommentID = GitHubNumber<GitHubSubject.IssueComment>
/// The id of a comment on lines.
public typealias ReviewCommentID = GitHubNumber<GitHubSubject.ReviewComment>
/// The id of a review.
public typealias ReviewID = GitHubNumber<GitHubSubject.Review>
/// The id of a check run.
public typealias CheckRunID = GitHubNumber<GitHubSubject.CheckRun>
/// The id of a reaction.
public typealias ReactionID = GitHubNumber<GitHubSubject.Reaction>
/// The id of an account, which stays when its login changes.
public typealias AccountID = GitHubNumber<GitHubSubject.Account>
/// The id of an App's installation.
public typealias InstallationID = GitHubNumber<GitHubSubject.Installation>
/// The id of a repository, which stays when its name changes.
public typealias RepositoryID = GitHubNumber<GitHubSubject.Repository>
/// The id of one attempt to deliver a webhook; the GUID is the event's.
public typealias HookDeliveryID = GitHubNumber<GitHubSubject.Delivery>
/// The id of a team.
public typealias TeamID = GitHubNumber<GitHubSubject.Team>
