public import struct Foundation.Date

/// What an App can ask about itself; personal tokens are refused.
public struct GitHubApp: Sendable {
    let requester: Requester

    /// The App.
    ///
    /// Source: https://docs.github.com/en/rest/apps/apps#get-the-authenticated-app
    public func details() async throws -> AppDetails { try await requester.get(["app"]) }

    /// Where the App is installed.
    ///
    /// Source: https://docs.github.com/en/rest/apps/apps#list-installations-for-the-authenticated-app
    public func installations() async throws -> [Installation] {
        try await requester.list(["app", "installations"]) { (page: [Installation]) in page }
    }

    /// What was sent to the App's webhook.
    public var deliveries: AppDeliveries { AppDeliveries(requester: requester) }

    /// Any installation; `nil` where there is none.
    func firstInstallation() async throws -> Installation? {
        let found: [Installation] = try await requester.get(["app", "installations"], query: [("per_page", "1")])
        return found.first
    }
}

/// An App.
public struct AppDetails: Hashable, Sendable, Decodable {
    /// Its id, which is not its account's.
    public let id: Int
    /// Its name in addresses; its account is called `SLUG[bot]`.
    public let slug: String
    /// What it may do, as in `issues: write`.
    public let permissions: [String: String]
    /// What it is told of, as in `pull_request`.
    public let events: [String]
}

/// One place where an App is installed.
public struct Installation: Hashable, Sendable, Decodable {
    /// Its id.
    public let id: InstallationID
    /// The account that installed it; `nil` where that is an enterprise.
    public let account: GitHubAccount?
    /// What it may do there, as in `issues: write`.
    public let permissions: [String: String]
    /// When it was suspended; `nil` where it works.
    public let suspendedAt: Date?

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(InstallationID.self, forKey: .id)
        // An enterprise has a slug instead of a login.
        let holder = try container.decodeIfPresent(Holder.self, forKey: .account)
        account = holder?.login == nil ? nil : try container.decodeIfPresent(GitHubAccount.self, forKey: .account)
        permissions = try container.decodeIfPresent([String: String].self, forKey: .permissions) ?? [:]
        suspendedAt = try container.decodeIfPresent(Date.self, forKey: .suspendedAt)
    }

    private struct Holder: Decodable {
        let login: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id, account, permissions
        case suspendedAt = "suspended_at"
    }
}
