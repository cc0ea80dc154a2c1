public import OpenSSLCrypto

/// Which repository is meant.
public struct RepositoryReference: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// `OWNER/NAME`.
    public let fullName: String
}

/// Which branch is meant.
public struct BranchReference: Hashable, Sendable {
    /// Whose it is.
    public let repository: RepositoryReference
    /// Its name without `refs/heads/`.
    public let name: String
}

extension RepositoryReference {
    /// A branch of this repository.
    public func branch(_ name: String) -> BranchReference { BranchReference(repository: self, name: name) }
}

/// What somebody writes who opens a pull request.
public struct PullRequestText: Hashable, Sendable {
    /// The title.
    public var title: String
    /// The text; nil for none.
    public var body: String?
    /// Whether it is a draft.
    public var isDraft: Bool

    /// A text.
    public init(title: String = "Add our results", body: String? = nil, isDraft: Bool = false) {
        self.title = title
        self.body = body
        self.isDraft = isDraft
    }
}

/// Which pull request or issue is meant.
public struct IssueReference: Hashable, Sendable {
    /// The repository that it was opened in.
    public let repository: RepositoryReference
    /// Its number there.
    public let number: Int

    /// An issue or pull request.
    public init(repository: RepositoryReference, number: Int) {
        self.repository = repository
        self.number = number
    }
}

/// What an App needs to act.
public struct AppCredentials: Sendable {
    /// The App's number.
    public let appID: Int
    /// Its private key as a PEM file.
    public let privatePEM: Secret
    /// The account in whose name it acts.
    public let bot: StandInAccount
}

/// A pull request before it has a number.
struct PullRequestDraft: Hashable {
    let title: String
    let body: String?
    let headRepositoryID: Int
    let headBranch: String
    let baseBranch: String
    let isDraft: Bool
}

extension StandInAccount {
    /// The address that GitHub puts into this account's commits.
    var commitMail: String { "\(id)+\(login)@users.noreply.github.com" }
}
