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
    /// - Returns: What is known now; unknown where GitHub did not answer.
    /// - Throws: `GitHubError` of a rate limit; `StoreError`; `CancellationError`.
    @discardableResult
    mutating func ask(login: String) async throws -> Observation<KnownContact> {
        let key = Contact.key(.login, login)
        let old = known[key]
        let account: GitHubAccount?
        switch try await answered({ try await github.people.account(login) }) {
        case .seen(let found): account = found
        case .unknown(let reason): return noAnswer(about: key, reason)
        }
        var next = old ?? KnownContact(isPresent: false, askedAt: now)
        (next.askedAt, next.currentName, next.isPresent) = (now, nil, account != nil)
        next.isPerson = account.map { $0.kind == .user }
        if let account, account.login.lowercased() != login.lowercased() { next.currentName = account.login }
        let id = account.map { Int64($0.id.value) }
        if let oldID = old?.accountID, id != oldID, let number = Int(exactly: oldID) {
            // The name has passed on, or nobody has it: the number still leads to the contact.
            let same: GitHubAccount?
            switch try await answered({ try await github.people.account(GitHubAPI.AccountID(number)) }) {
            case .seen(let found): same = found
            case .unknown(let reason): return noAnswer(about: key, reason)
            }
            if let same {
                next.currentName = same.login
            } else if let id {
                // Who took the name may be the same person with another account: nothing is known against them.
                let isPerson = next.isPerson
                next = KnownContact(accountID: id, isPresent: true, askedAt: now)
                next.isPerson = isPerson
            }
        } else if let id {
            next.accountID = id
        }
        try await save(next, as: key)
        return .seen(next)
    }

    /// Asks whether an account that is there is a member of the organization.
    ///
    /// It is not asked of an account that may be gone by now, of which GitHub says the same as of one that has left.
    ///
    /// - Returns: What GitHub says; unknown where it did not answer, or was not asked.
    /// - Throws: As `ask(login:)`.
    @discardableResult
    mutating func ask(membershipOf login: String) async throws -> Observation<Membership> {
        let key = Contact.key(.login, login)
        guard !unanswered.contains(key), var next = known[key], next.isPresent, next.currentName == nil else {
            return .unknown(reason: "nobody knows whether the account is there")
        }
        let answer = try await answered { try await github.people.membership(of: login, in: github.name.owner) }
        switch answer {
        case .seen(.notVisible?): return .seen(.notVisible)
        case .seen(let membership):
            next.note(isMember: membership == .member, at: now)
            try await save(next, as: key)
            return .seen(membership ?? .notMember)
        case .unknown(let reason): return .unknown(reason: reason)
        }
    }

    /// Asks whether a team of the organization is there.
    ///
    /// To be asked only where teams can be seen: GitHub says of a hidden one that it is not there.
    ///
    /// - Parameter slug: Its name in addresses.
    /// - Returns: What is known now; unknown where GitHub did not answer.
    /// - Throws: As `ask(login:)`.
    @discardableResult
    mutating func ask(team slug: String) async throws -> Observation<KnownContact> {
        let owner = github.name.owner
        let key = Contact.key(.team, "\(owner)/\(slug)")
        switch try await answered({ try await github.people.team(slug, of: owner) }) {
        case .seen(let team):
            let next = KnownContact(isPresent: team != nil, askedAt: now)
            try await save(next, as: key)
            return .seen(next)
        case .unknown(let reason): return noAnswer(about: key, reason)
        }
    }

    /// Forgets who has not been asked for in a long time.
    func forgetOld() async throws {
        try await contacts.forget(askedBefore: now.addingTimeInterval(-86_400 * Self.forgottenAfterDays))
    }

    private mutating func noAnswer(about key: String, _ reason: String) -> Observation<KnownContact> {
        unanswered.insert(key)
        return .unknown(reason: reason)
    }

    private mutating func save(_ next: KnownContact, as key: String) async throws {
        unanswered.remove(key)
        known[key] = next
        try await contacts.save(
            StoredContact(
                owner: github.name.owner, person: key, record: Array(try JSONEncoder().encode(next)), askedAt: now))
    }
}
