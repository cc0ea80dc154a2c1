internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// What GitHub said of the contacts of one owner's repositories; asks again where that is some days old.
///
/// Each answer is stored as it comes. What GitHub does not answer changes nothing that is known.
struct ContactBook: Sendable {
    /// As whom it is asked.
    let github: GitHubRepository
    /// The present.
    let now: Date
    /// What is known, by `Contact.key`.
    private(set) var known: [String: KnownContact] = [:]
    /// Those who were asked for now without an answer, by the same.
    private(set) var unanswered: Set<String> = []
    private let contacts: any Contacts

    /// Days after which it is forgotten who is named nowhere any more.
    static let forgottenAfterDays = 180.0

    /// What is known so far.
    ///
    /// - Parameters:
    ///   - github: As whom it is asked.
    ///   - contacts: Where it is stored.
    ///   - now: The present.
    /// - Throws: `StoreError`.
    init(_ github: GitHubRepository, _ contacts: any Contacts, now: Date) async throws {
        (self.github, self.contacts, self.now) = (github, contacts, now)
        for (person, stored) in try await contacts.all(of: github.name.owner) {
            do {
                known[person] = try JSONDecoder().decode(KnownContact.self, from: Data(stored.record))
            } catch {
                // A record of another version's form: that person is asked for anew.
            }
        }
    }

    /// Judges by what is known.
    func health(in registry: Registry) -> ContactHealth {
        ContactHealth(
            registry: registry, owner: github.name.owner, known: known, unanswered: unanswered, now: now)
    }

    /// Whether an answer about somebody is missing or too old.
    func isDue(_ contact: Contact) -> Bool { known[contact.key]?.isDue(now: now) ?? true }

    // MARK: - Asking

    /// Asks whether an account is there, and where it is not, what the account is called that was there.
    ///
    /// - Parameter login: Its name.
    /// - Throws: `GitHubError` of a rate limit; `StoreError`; `CancellationError`.
    mutating func ask(login: String) async throws {
        let key = Contact.key(.login, login)
        let old = known[key]
        let answer = try await answer { try await github.people.account(login) }
        guard case .seen(let account) = answer else {
            unanswered.insert(key)
            return
        }
        var next = old ?? KnownContact(isPresent: false, askedAt: now)
        (next.askedAt, next.currentName, next.isPresent) = (now, nil, account != nil)
        if let account, account.login.lowercased() != login.lowercased() { next.currentName = account.login }
        let id = account.map { Int64($0.id.value) }
        if let oldID = old?.accountID, id != oldID, let number = Int(exactly: oldID) {
            // The name has passed on, or nobody has it: the number still leads to the contact.
            let byNumber = try await self.answer { try await github.people.account(GitHubAPI.AccountID(number)) }
            guard case .seen(let same) = byNumber else {
                unanswered.insert(key)
                return
            }
            if let same {
                next.currentName = same.login
            } else if let id {
                // Who took the name may be the same person with another account: nothing is known against them.
                next = KnownContact(accountID: id, isPresent: true, askedAt: now)
            }
        } else if let id {
            next.accountID = id
        }
        try await save(next, as: key)
    }

    /// Asks whether an account that is there is a member of the organization.
    ///
    /// It is not asked of an account that may be gone by now, of which GitHub says the same as of one that has left.
    ///
    /// - Throws: As `ask(login:)`.
    mutating func ask(membershipOf login: String) async throws {
        let key = Contact.key(.login, login)
        guard !unanswered.contains(key), var next = known[key], next.isPresent, next.currentName == nil,
            next.isMembershipDue(now: now)
        else { return }
        let isMember = try await answered {
            switch try await github.people.membership(of: login, in: github.name.owner) {
            case .member: true
            case .notMember: false
            case .notVisible: nil
            }
        }
        guard let isMember else { return }
        next.note(isMember: isMember, at: now)
        try await save(next, as: key)
    }

    /// Asks whether a team of the organization is there.
    ///
    /// To be asked only where teams can be seen: GitHub says of a hidden one that it is not there.
    ///
    /// - Parameter slug: Its name in addresses.
    /// - Throws: As `ask(login:)`.
    mutating func ask(team slug: String) async throws {
        let owner = github.name.owner
        let key = Contact.key(.team, "\(owner)/\(slug)")
        let isThere = try await answered {
            _ = try await github.people.team(slug, of: owner)
            return true
        }
        guard let isThere else {
            unanswered.insert(key)
            return
        }
        try await save(KnownContact(isPresent: isThere, askedAt: now), as: key)
    }

    /// Forgets who has not been asked for in a long time.
    func forgetOld() async throws {
        try await contacts.forget(askedBefore: now.addingTimeInterval(-86_400 * Self.forgottenAfterDays))
    }

    /// An account; nil where there is none, unknown where GitHub does not say.
    private func answer(_ question: () async throws -> GitHubAccount) async throws -> Observation<GitHubAccount?> {
        do {
            return .seen(try await question())
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound, .gone: return .seen(nil)
            case .rateLimited: throw error
            default: return .unknown(reason: error.description)
            }
        }
    }

    private mutating func save(_ next: KnownContact, as key: String) async throws {
        unanswered.remove(key)
        known[key] = next
        try await contacts.save(
            StoredContact(
                owner: github.name.owner, person: key, record: Array(try JSONEncoder().encode(next)), askedAt: now))
    }
}
