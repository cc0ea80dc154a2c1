internal import BotCore
internal import GitHubAPI

/// Finds out who of the contacts of entries can be mentioned.
struct ContactReach: Sendable {
    /// As whom it is asked.
    let github: GitHubRepository

    /// Names that are asked for at once; nothing is known of more.
    static let questionLimit = 200

    /// What was found out.
    struct Answer: Sendable {
        /// The contacts of each entry; teams as they are mentioned.
        var contacts: [[Contact]]
        /// What is known of each, by `Contact.key`.
        var presence: [String: RemovalPings.Presence]
    }

    /// Asks for the contacts of entries, each once.
    ///
    /// - Parameter contacts: Those of each entry, strongest first.
    /// - Returns: What is known; what was not answered is unknown.
    /// - Throws: `GitHubError` of a rate limit; `CancellationError`.
    func ask(_ contacts: [[Contact]]) async throws -> Answer {
        var answer = Answer(contacts: [], presence: [:])
        var teams: [String: String] = [:]
        var questions = 0
        for candidates in contacts {
            var found: [Contact] = []
            for candidate in candidates {
                var contact = candidate
                let first = candidate.key
                switch candidate.kind {
                case .email: break
                case .login:
                    guard answer.presence[first] == nil, questions < Self.questionLimit else { break }
                    questions += 1
                    answer.presence[first] = try await account(candidate.value)
                case .team:
                    if teams[first] == nil, questions < Self.questionLimit {
                        questions += 1
                        let (name, presence) = try await team(candidate.value)
                        teams[first] = name
                        answer.presence[Contact.key(.team, name)] = presence
                    }
                    contact = Contact(
                        kind: .team, value: teams[first] ?? candidate.value, source: candidate.source,
                        place: candidate.place)
                }
                found.append(contact)
            }
            answer.contacts.append(found)
        }
        return answer
    }

    private func account(_ login: String) async throws -> RemovalPings.Presence {
        try await presence {
            switch try await github.people.account(login).kind {
            case .user: true
            case .bot, .organization, .other: false
            }
        }
    }

    /// A team by `org/team`, or the leads of a special interest group by its name.
    private func team(_ name: String) async throws -> (name: String, presence: RemovalPings.Presence) {
        let owner = github.name.owner
        var last = RemovalPings.Presence.missing
        for slug in TeamSlugs.of(name, in: owner) {
            last = try await presence {
                _ = try await github.people.team(slug, of: owner)
                return true
            }
            if last != .missing { return ("\(owner)/\(slug)", last) }
        }
        return (name.contains("/") ? name : "\(owner)/\(name)", last)
    }

    private func presence(_ question: () async throws -> Bool?) async throws -> RemovalPings.Presence {
        switch try await answered(question) {
        case true?: .reachable
        case false?: .missing
        case nil: .unknown
        }
    }
}
