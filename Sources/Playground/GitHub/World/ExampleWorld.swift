public import Foundation
public import OpenSSLCrypto

/// The organization `kubernetes` with its repository `test-infra`, a contributor, a maintainer and the App of the bot.
public struct ExampleWorld: Sendable {
    /// The stand-in that holds it all.
    public let standIn: GitHubStandIn
    /// The organization.
    public let organization: StandInAccount
    /// The repository with the registry.
    public let repository: RepositoryReference
    /// Somebody who adds results, and has no rights.
    public let contributor: StandInAccount
    /// The contributor's fork of the repository.
    public let fork: RepositoryReference
    /// A member of the organization who may write to the repository.
    public let maintainer: StandInAccount
    /// The bot's App.
    public let app: AppCredentials
    /// The App's installation in the organization.
    public let installationID: Int
    /// What webhooks are signed with.
    public let webhookSecret: Secret

    /// What the bot is allowed.
    public static let permissions = [
        "metadata": "read", "contents": "write", "pull_requests": "write", "issues": "write", "checks": "write",
        "members": "read", "merge_queues": "read",
    ]
    /// What the bot hears of.
    public static let events = [
        "pull_request", "issue_comment", "pull_request_review_comment", "push", "installation",
        "installation_repositories", "check_run", "check_suite", "merge_group",
    ]

    /// Makes the world in an empty stand-in.
    ///
    /// - Parameters:
    ///   - standIn: The stand-in, which should be served already: its events hold addresses.
    ///   - registry: The folder whose files the repository starts with.
    /// - Throws: Why a file could not be read, or git refused.
    public init(in standIn: GitHubStandIn, registry: URL) async throws {
        try await self.init(in: standIn, files: try GitChanges(folder: registry))
    }

    /// Makes the world in an empty stand-in.
    ///
    /// - Parameters:
    ///   - standIn: The stand-in, which should be served already: its events hold addresses.
    ///   - files: What the repository starts with.
    /// - Throws: Why git refused.
    public init(in standIn: GitHubStandIn, files: GitChanges) async throws {
        self.standIn = standIn
        organization = standIn.addAccount("kubernetes", .organization)
        contributor = standIn.addAccount("acme-jdoe")
        maintainer = standIn.addAccount("spiffxp")
        standIn.addMembers([maintainer], to: organization)
        repository = try await standIn.addRepository("test-infra", of: organization, files)
        standIn.grant(.write, to: maintainer, in: repository)
        fork = try await standIn.fork(repository, by: contributor)
        app = try standIn.addApp(
            "bucketbot", owner: organization, permissions: Self.permissions, events: Self.events)
        installationID = standIn.install(app.appID, in: organization, for: [repository])
        webhookSecret = Secret("a secret that the stand-in and the bot share")
    }

    /// Pushes a branch to the contributor's fork and opens a pull request of it.
    ///
    /// - Parameters:
    ///   - changes: What it changes.
    ///   - branch: The branch's name.
    ///   - text: What the pull request says.
    /// - Returns: Which it is.
    /// - Throws: Why git refused.
    public func openPullRequest(
        _ changes: GitChanges, branch: String = "add-results", text: PullRequestText = PullRequestText()
    ) async throws -> IssueReference {
        // A fork may be older than the branch that it is for.
        let base = try await standIn.head(of: fork.branch("master"))
        try await standIn.push(changes, to: fork.branch(branch), by: contributor, on: base)
        return try await standIn.openPullRequest(
            text, from: fork.branch(branch), into: repository, by: contributor)
    }
}

extension GitChanges {
    /// All files of a folder, but those whose names start with a dot.
    ///
    /// - Throws: Why a file could not be read.
    public init(folder: URL) throws {
        let root = folder.path(percentEncoded: false)
        let prefix = root.hasSuffix("/") ? root : root + "/"
        var files: [String: [UInt8]?] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
            var isFolder: ObjCBool = false
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
                FileManager.default.fileExists(atPath: prefix + name, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            files[name] = try Array(Data(contentsOf: URL(fileURLWithPath: prefix + name)))
        }
        self.init(files)
    }
}
