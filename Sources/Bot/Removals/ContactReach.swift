internal import BotCore
internal import GitHubAPI
internal import Persistence

/// Finds out who of the contacts of entries would hear of a mention now.
///
/// GitHub tells people of a mention where they may read; in a repository of an organization it tells members alone.
/// Source: https://docs.github.com/en/account-and-profile/managing-subscriptions-and-notifications-on-github
struct ContactReach: Sendable {
    /// What is known of each who was asked for, by `Contact.key`.
    private(set) var presence: [String: RemovalPings.Presence] = [:]
    /// What each team that was asked for is called in a mention, by `Contact.key`.
    private(set) var teamNames: [String: String] = [:]
    private var book: ContactBook
    private let sight: ContactSight
    private var questions = 0

    /// Names that are asked for at once; nothing is known of more.
    static let questionLimit = 200

    /// Who asks.
    ///
    /// - Parameters:
    ///   - github: The repository in which people are mentioned.
    ///   - ours: Our own account.
    ///   - parts: Where answers are kept.
    /// - Throws: `GitHubError` of a rate limit; `StoreError`; `CancellationError`.
    init(_ github: GitHubRepository, ours: GitHubAccount, parts: HandlerParts) async throws {
        book = try await ContactBook(github, parts.store.contacts, now: parts.now())
        sight = try await ContactSight(github, ours: ours)
    }

    /// Asks for the contacts of entries, each once.
    ///
    /// - Parameter contacts: Those of each entry, strongest first.
    /// - Returns: The same; teams as they are mentioned.
    /// - Throws: As `init`.
    mutating func ask(_ contacts: [[Contact]]) async throws -> [[Contact]] {
        var asked: [[Contact]] = []
        for candidates in contacts {
            var found: [Contact] = []
            for contact in candidates {
                let name = try await ask(contact.kind, contact.value)
                found.append(Contact(kind: contact.kind, value: name, source: contact.source, place: contact.place))
            }
            asked.append(found)
        }
        return asked
    }

    /// Asks again for those of a record of whom nothing was known, as far as they are concerned by now.
    ///
    /// - Parameter record: Of an open pull request.
    /// - Throws: As `init`.
    mutating func askAgain(for record: RemovalRecord) async throws {
        for contact in record.contacts where contact.reach == .unknown && record.concerns(contact) {
            _ = try await ask(contact.kind, contact.value)
        }
    }

    /// Asks for one name, and gives it as it is mentioned.
    private mutating func ask(_ kind: Contact.Kind, _ value: String) async throws -> String {
        let key = Contact.key(kind, value)
        if let name = teamNames[key] { return name }
        guard kind != .email, presence[key] == nil, questions < Self.questionLimit else { return value }
        questions += 1
        switch kind {
        case .email: return value
        case .login:
            presence[key] = try await account(value)
            return value
        case .team:
            let (name, found) = try await team(value)
            teamNames[key] = name
            presence[Contact.key(.team, name)] = found
            return name
        }
    }

    private mutating func account(_ login: String) async throws -> RemovalPings.Presence {
        guard case .seen(let known) = try await book.ask(login: login) else { return .unknown }
        // Whoever has the name of somebody who was renamed is somebody else.
        guard known.isPresent, known.isPerson == true, known.currentName == nil else { return .missing }
        guard case .seen(let hasMembers) = sight.hasMembers else { return .unknown }
        guard hasMembers else { return .reachable }
        switch try await book.ask(membershipOf: login) {
        // What is never shown to us must not keep everybody from being asked.
        case .seen(.member), .seen(.notVisible): return .reachable
        case .seen(.notMember): return .outside
        case .unknown: return .unknown
        }
    }

    /// A team by `org/team`, or the leads of a special interest group by its name.
    private mutating func team(_ name: String) async throws -> (name: String, presence: RemovalPings.Presence) {
        let owner = book.github.name.owner
        let slugs = TeamSlugs.of(name, in: owner)
        guard !slugs.isEmpty, sight.hasMembers.value != false else { return (name, .missing) }
        guard sight.seesTeams else { return (name, .unknown) }
        for slug in slugs {
            switch try await book.ask(team: slug) {
            case .seen(let known): if known.isPresent { return ("\(owner)/\(slug)", .reachable) }
            case .unknown: return (name, .unknown)
            }
        }
        return (name.contains("/") ? name : "\(owner)/\(name)", .missing)
    }
}
