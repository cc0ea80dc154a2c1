public import BotCore

/// One repository on GitHub: what can be asked and told about it, one resource each.
public struct GitHubRepository: Sendable {
    /// The repository, as the caller named it.
    public let name: RepositoryName
    let requester: Requester

    /// A path below the repository's.
    func path(_ segments: String...) -> [String] { ["repos", name.owner, name.name] + segments }

    /// Pull requests.
    public var pullRequests: PullRequests { PullRequests(repository: self) }
    /// Issues, and pull requests as issues.
    public var issues: Issues { Issues(repository: self) }
    /// Labels of the repository and of its issues and pull requests.
    public var labels: Labels { Labels(repository: self) }
    /// Comments below issues and pull requests.
    public var issueComments: IssueComments { IssueComments(repository: self) }
    /// Comments on lines of pull requests.
    public var reviewComments: ReviewComments { ReviewComments(repository: self) }
    /// Reviews of pull requests.
    public var reviews: Reviews { Reviews(repository: self) }
    /// Check runs, which only Apps can make.
    public var checkRuns: CheckRuns { CheckRuns(repository: self) }
    /// Commit statuses.
    public var commitStatuses: CommitStatuses { CommitStatuses(repository: self) }
    /// Reactions to comments.
    public var reactions: Reactions { Reactions(repository: self) }
    /// Commits, trees and refs of git.
    public var git: GitData { GitData(repository: self) }
    /// Contents of files by their hashes.
    public var blobs: Blobs { Blobs(repository: self) }
    /// People, organizations and teams, as this repository's credentials see them.
    public var people: People { People(requester: requester) }
}
