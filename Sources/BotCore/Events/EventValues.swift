/// An account as a payload shows it.
public struct EventAccount: Hashable, Sendable {
    /// Its number.
    public let id: AccountID
    /// Its name at that time.
    public let login: String
    /// Whether GitHub says that no person is behind it (`type` is `Bot`).
    public let isBot: Bool

    /// Makes an account of its parts.
    public init(id: AccountID, login: String, isBot: Bool) {
        self.id = id
        self.login = login
        self.isBot = isBot
    }

    init(_ object: PayloadObject) throws(EventProblem) {
        id = AccountID(rawValue: try object.number("id"))
        login = try object.text("login")
        isBot = try object.textIfAny("type") == "Bot"
    }
}

/// A repository as a payload shows it.
public struct EventRepository: Hashable, Sendable {
    /// Its number.
    public let id: RepositoryID
    /// Its name at that time.
    public let name: RepositoryName
    /// Whether only some may see it.
    public let isPrivate: Bool

    /// Makes a repository of its parts.
    public init(id: RepositoryID, name: RepositoryName, isPrivate: Bool) {
        self.id = id
        self.name = name
        self.isPrivate = isPrivate
    }

    init(_ object: PayloadObject) throws(EventProblem) {
        id = RepositoryID(rawValue: try object.number("id"))
        name = try object.read("full_name", as: "OWNER/NAME") { RepositoryName($0) }
        isPrivate = try object.flag("private")
    }
}

/// One end of a pull request.
public struct EventBranch: Hashable, Sendable {
    /// The branch without `refs/heads/`.
    public let ref: String
    /// Its newest commit when the event happened.
    public let sha: ObjectSHA
    /// Where it is; nil where that repository, a deleted fork, is no more.
    public let repository: RepositoryName?

    /// Makes an end of its parts.
    public init(ref: String, sha: ObjectSHA, repository: RepositoryName?) {
        self.ref = ref
        self.sha = sha
        self.repository = repository
    }

    init(_ object: PayloadObject) throws(EventProblem) {
        ref = try object.text("ref")
        sha = try object.read("sha", as: "the name of a commit") { ObjectSHA($0) }
        guard let home = try object.objectIfAny("repo") else {
            repository = nil
            return
        }
        repository = try home.read("full_name", as: "OWNER/NAME") { RepositoryName($0) }
    }
}

extension PayloadObject {
    /// The installation that the delivery was made for; nil in what Prow and a repository's own hook send.
    func installationID() throws(EventProblem) -> InstallationID? {
        guard let installation = try objectIfAny("installation") else { return nil }
        return InstallationID(rawValue: try installation.number("id"))
    }

    /// The account under `key`, or nil where it is no more.
    func accountIfAny(_ key: String) throws(EventProblem) -> EventAccount? {
        guard let account = try objectIfAny(key) else { return nil }
        return try EventAccount(account)
    }

    /// The number of a pull request or an issue.
    func conversationNumber(_ key: String = "number") throws(EventProblem) -> Int {
        let number = try number(key)
        guard let small = Int(exactly: number) else {
            throw .unfit(path: "\(path).\(key)", expected: "the number of a conversation", found: "\(number)")
        }
        return small
    }
}
