public import OpenSSLCrypto

/// Which repository is meant.
public struct RepositoryReference: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// `OWNER/NAME`.
    public let fullName: String
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
public struct PullRequestDraft: Hashable, Sendable {
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
