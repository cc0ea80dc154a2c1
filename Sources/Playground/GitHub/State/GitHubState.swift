internal import struct Foundation.Date

/// Everything that the stand-in holds but git's objects.
struct GitHubState {
    var accounts: [Int: StandInAccount] = [:]
    var repositories: [Int: StandInRepository] = [:]
    var apps: [Int: StandInApp] = [:]
    var installations: [Int: StandInInstallation] = [:]
    var tokens: [String: StandInToken] = [:]
    var teams: [Int: StandInTeam] = [:]
    /// The members of organizations by the organization.
    var members: [Int: Set<Int>] = [:]
    var deliveries: [StandInDelivery] = []
    var usage: [String: RateWindow] = [:]
    var misbehaviors: [GitHubMisbehavior] = []
    var journal = GitHubJournal()
    private var lastID = 1_000

    /// A number that nothing else has.
    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    /// The account of this name, whatever its case.
    func account(_ login: String) -> StandInAccount? { accounts.values.first { $0.isCalled(login) } }

    /// The account of this number; one that is gone is GitHub's ghost.
    func account(_ id: Int) -> StandInAccount {
        accounts[id] ?? StandInAccount(id: 10_137, login: "ghost", kind: .user)
    }

    /// The repository of this name, whatever its case.
    func repository(_ owner: String, _ name: String) -> StandInRepository? {
        repositories.values.first {
            account($0.ownerID).isCalled(owner) && $0.name.lowercased() == name.lowercased()
        }
    }

    /// `OWNER/NAME` of a repository.
    func fullName(_ repository: StandInRepository) -> String {
        "\(account(repository.ownerID).login)/\(repository.name)"
    }

    /// What an account may do in a repository.
    func permission(of accountID: Int, in repository: StandInRepository) -> StandInPermission {
        if accountID == repository.ownerID { return .admin }
        if let given = repository.permissions[accountID] { return given }
        return repository.isPrivate ? .none : .read
    }

    /// How an account stands to a repository, in the word of comments.
    func association(of accountID: Int, with repository: StandInRepository) -> String {
        if accountID == repository.ownerID { return "OWNER" }
        if members[repository.ownerID]?.contains(accountID) == true { return "MEMBER" }
        if repository.permissions[accountID] != nil { return "COLLABORATOR" }
        return "NONE"
    }
}

/// What a token has used of its hour.
struct RateWindow {
    /// When the hour began.
    var start: Date
    var used = 0
    /// Requests that made content, by their second since 1970, for the limit a minute.
    var contentSeconds: [Int64] = []
}
