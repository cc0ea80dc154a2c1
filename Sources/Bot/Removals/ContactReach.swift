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
        /// What is known of each, by `RemovalPings.key`.
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
                let first = RemovalPings.key(candidate.kind, candidate.value)
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
                        answer.presence[RemovalPings.key(.team, name)] = presence
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
            case .user: .reachable
            case .bot, .organization, .other: .missing
            }
        }
    }

    /// A team by `org/team`, or the leads of a special interest group by its name.
    private func team(_ name: String) async throws -> (name: String, presence: RemovalPings.Presence) {
        let parts = name.split(separator: "/").map(String.init)
        let candidates: [String]
        if parts.count == 2 {
            // Who is in another organization's team is not told of what happens here.
            guard parts[0].lowercased() == github.name.owner.lowercased() else { return (name, .missing) }
            candidates = [parts[1]]
        } else {
            candidates = [name + "-leads", name]
        }
        var last = RemovalPings.Presence.missing
        for slug in candidates {
            last = try await presence {
                _ = try await github.people.team(slug, of: github.name.owner)
                return .reachable
            }
            if last != .missing { return ("\(github.name.owner)/\(slug)", last) }
        }
        return (parts.count == 2 ? name : "\(github.name.owner)/\(name)", last)
    }

    private func presence(
        _ question: () async throws -> RemovalPings.Presence
    ) async throws -> RemovalPings.Presence {
        do {
            return try await question()
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound, .gone: return .missing
            case .rateLimited: throw error
            default: return .unknown
            }
        }
    }
}
