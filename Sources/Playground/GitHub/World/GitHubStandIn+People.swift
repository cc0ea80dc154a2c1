public import OpenSSLCrypto

public import struct Foundation.Date

extension GitHubStandIn {
    /// Adds a person, a bot or an organization.
    @discardableResult
    public func addAccount(_ login: String, _ kind: StandInAccount.Kind = .user) -> StandInAccount {
        change { state in
            let account = StandInAccount(id: state.nextID(), login: login, kind: kind)
            state.accounts[account.id] = account
            return account
        }
    }

    /// Deletes an account; what it wrote stays.
    public func removeAccount(_ account: StandInAccount) { change { $0.accounts[account.id] = nil } }

    /// Renames an account; its number stays.
    public func rename(_ account: StandInAccount, to login: String) {
        change { $0.accounts[account.id]?.login = login }
    }

    /// Makes people members of an organization.
    public func addMembers(_ people: [StandInAccount], to organization: StandInAccount) {
        change { $0.members[organization.id, default: []].formUnion(people.map(\.id)) }
    }

    /// Makes somebody a member no more.
    public func removeMember(_ person: StandInAccount, of organization: StandInAccount) {
        change { $0.members[organization.id]?.subtract([person.id]) }
    }

    /// Adds a team of an organization.
    ///
    /// - Parameters:
    ///   - slug: Its name in addresses.
    ///   - organization: Whose it is.
    ///   - people: Its members.
    public func addTeam(_ slug: String, of organization: StandInAccount, _ people: [StandInAccount]) {
        change { state in
            let id = state.nextID()
            state.teams[id] = StandInTeam(
                id: id, organizationID: organization.id, slug: slug, memberIDs: Set(people.map(\.id)))
        }
    }

    /// Deletes a team of an organization.
    public func removeTeam(_ slug: String, of organization: StandInAccount) {
        change { state in
            state.teams = state.teams.filter { $0.value.organizationID != organization.id || $0.value.slug != slug }
        }
    }

    /// Says what somebody may do in a repository.
    public func grant(
        _ permission: StandInPermission, to account: StandInAccount, in repository: RepositoryReference
    ) {
        change { $0.repositories[repository.id]?.permissions[account.id] = permission }
    }

    /// Adds an App with a key.
    ///
    /// - Parameters:
    ///   - slug: Its name in addresses; its account is `SLUG[bot]`.
    ///   - owner: Whose it is.
    ///   - permissions: By the permission's name, `read` or `write`.
    ///   - events: The events that it is sent.
    /// - Returns: What it needs to act.
    /// - Throws: Why no key could be made.
    public func addApp(
        _ slug: String, owner: StandInAccount, permissions: [String: String], events: [String]
    ) throws -> AppCredentials {
        let keys = try StandInKeys.pair.get()
        let bot = addAccount("\(slug)[bot]", .bot)
        let id = change { state in
            let id = state.nextID()
            state.apps[id] = StandInApp(
                id: id, slug: slug, ownerID: owner.id, botID: bot.id, publicKey: keys.publicKey,
                permissions: permissions, events: events, createdAt: now)
            return id
        }
        return AppCredentials(appID: id, privatePEM: keys.privatePEM, bot: bot)
    }

    /// Changes what an App may do; tokens that it has keep what they were given.
    public func setPermissions(_ permissions: [String: String], of appID: Int) {
        change { $0.apps[appID]?.permissions = permissions }
    }

    /// Installs an App in an organization, for some of its repositories.
    ///
    /// - Returns: The installation's number.
    @discardableResult
    public func install(_ appID: Int, in account: StandInAccount, for repositories: [RepositoryReference]) -> Int {
        change { state in
            let id = state.nextID()
            state.installations[id] = StandInInstallation(
                id: id, appID: appID, accountID: account.id, repositoryIDs: Set(repositories.map(\.id)),
                createdAt: now)
            return id
        }
    }

    /// Takes an App away; its tokens are worth nothing from then on.
    public func uninstall(_ installationID: Int) { change { $0.installations[installationID] = nil } }

    /// Makes a personal token, which lives for ever unless it is told when it ends.
    public func addToken(for account: StandInAccount, expiresAt: Date? = nil) -> Secret {
        change { state in
            let text = "ghp_personal\(state.nextID())"
            state.tokens[text] = StandInToken(
                holder: .person(account.id), permissions: nil, repositoryIDs: nil, expiresAt: expiresAt,
                acceptedFrom: nil)
            return Secret(text)
        }
    }

    /// Makes every token of installations worthless at once, as where one was revoked.
    public func revokeInstallationTokens() {
        change { state in
            state.tokens = state.tokens.filter { entry in
                if case .installation = entry.value.holder { false } else { true }
            }
        }
    }
}

/// The one key of all Apps in this process: it takes long to make, and nothing is gained by a second.
private enum StandInKeys {
    static let pair = Result { try RSAKeyPair() }
}
