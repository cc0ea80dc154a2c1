/// The App was installed somewhere, taken away, or may now see other repositories.
///
/// Sources: https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation and
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation_repositories
public struct InstallationEvent: Hashable, Sendable {
    /// What happened.
    public enum Change: Hashable, Sendable {
        case installed
        case uninstalled
        case suspended
        case unsuspended
        /// Permissions that the App had asked for were granted.
        case permissionsAccepted
        /// The repositories that it may see changed.
        case repositoriesChanged
    }

    /// What happened.
    public let change: Change
    /// The installation.
    public let installationID: InstallationID
    /// The account that it is on.
    public let account: EventAccount
    /// Repositories that it may see and could not before; only the account's own, since no installation has others.
    public let added: [EventRepository]
    /// Repositories that it could see and may not any more.
    public let removed: [EventRepository]

    init(_ change: Change, _ payload: PayloadObject) throws(EventProblem) {
        self.change = change
        let installation = try payload.object("installation")
        installationID = InstallationID(rawValue: try installation.number("id"))
        account = try EventAccount(installation.object("account"))
        // What a delivery may speak for was judged by its scope, so it must not tell of anybody else.
        guard try EventScope(payload).owner?.lowercased() == account.login.lowercased() else {
            throw .unfit(
                path: "installation.account.login", expected: "the account that the delivery speaks for",
                found: JSONValue.string(account.login).summary)
        }
        // `installation` names those it is about under one key, `installation_repositories` under two.
        let named = try Self.repositories("repositories", of: account, payload)
        added = try Self.repositories("repositories_added", of: account, payload) + (change == .installed ? named : [])
        removed =
            try Self.repositories("repositories_removed", of: account, payload) + (change == .uninstalled ? named : [])
    }

    private static func repositories(
        _ key: String, of account: EventAccount, _ payload: PayloadObject
    ) throws(EventProblem) -> [EventRepository] {
        var repositories: [EventRepository] = []
        for object in try payload.objects(key) {
            let repository = try EventRepository(object)
            guard repository.name.owner.lowercased() == account.login.lowercased() else { continue }
            repositories.append(repository)
        }
        return repositories
    }
}
