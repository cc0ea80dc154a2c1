internal import BotCore
internal import GitHubAPI

/// Asks GitHub whether somebody may decide about entries: their contact, an owner of their file, a member, or who may
/// write.
struct RemovalPermission: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Where the entries stand, or stood.
    let registry: Registry

    /// What is known of somebody's permission.
    struct Answer: Hashable, Sendable {
        /// What they may decide about.
        var allowed: [Selector]
        /// Whether a question got no answer, so that they may be allowed more.
        var isUnknown: Bool
    }

    /// About which entries somebody may decide.
    ///
    /// - Parameters:
    ///   - person: Who wants to.
    ///   - selectors: The entries.
    /// - Returns: What is known.
    /// - Throws: `GitHubError` of a rate limit; `CancellationError`.
    func ask(for person: EventAccount, about selectors: [Selector]) async throws -> Answer {
        let permission = CommandPermission(github: github)
        let isSame = try await permission.isSame(person).value
        guard isSame == true else { return Answer(allowed: [], isUnknown: isSame == nil) }
        switch try await permission.ask(aboutLogin: person.login) {
        case .allowed: return Answer(allowed: selectors, isUnknown: false)
        case .refused: return try await named(person, selectors, isUnknown: false)
        case .unknown: return try await named(person, selectors, isUnknown: true)
        }
    }

    /// The entries that name somebody, or a team that somebody is in.
    private func named(
        _ person: EventAccount, _ selectors: [Selector], isUnknown: Bool
    ) async throws -> Answer {
        var answer = Answer(allowed: [], isUnknown: isUnknown)
        let login = person.login.lowercased()
        var teams: [String: Bool?] = [:]
        for selector in selectors {
            let people = registry.contacts(of: selector) + registry.owners(of: selector)
            var isNamed = people.contains { $0.kind == .login && $0.value.lowercased() == login }
            for team in people where !isNamed && team.kind == .team {
                if teams[team.value] == nil { teams[team.value] = try await isMember(login, of: team.value) }
                switch teams[team.value] ?? nil {
                case true?: isNamed = true
                case false?: break
                case nil: answer.isUnknown = true
                }
            }
            if isNamed { answer.allowed.append(selector) }
        }
        if !answer.allowed.isEmpty { answer.isUnknown = false }
        return answer
    }

    private func isMember(_ login: String, of team: String) async throws -> Bool? {
        var isUnknown = false
        for slug in TeamSlugs.of(team, in: github.name.owner) {
            let owner = github.name.owner
            switch try await answered({ try await github.people.membership(of: login, inTeam: slug, of: owner) }) {
            case .seen(.member?): return true
            case .seen: break
            case .unknown: isUnknown = true
            }
        }
        return isUnknown ? nil : false
    }
}
