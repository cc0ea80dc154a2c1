public import struct Foundation.Date

/// What GitHub said of a contact, a person or a team, when it was asked last.
///
/// A name is all that the registry has, and names pass from one account to another: with the number that was seen under
/// the name, whoever was renamed is found again, and whoever took the name over is not taken for the contact.
///
/// Source: https://docs.github.com/en/rest/users/users#get-a-user-using-their-id
public struct KnownContact: Hashable, Sendable, Codable {
    /// The account's number when the name was first asked for; nil for a team, and where there never was an account.
    public var accountID: Int64?
    /// Whether the account, or the team, is there under its name.
    public var isPresent: Bool
    /// Whether the account is a person's, and no organization's or program's; nil where that was never noted.
    public var isPerson: Bool?
    /// What the account of that number is called by now; nil where it is called as before, or is gone.
    public var currentName: String?
    /// When that was asked.
    public var askedAt: Date
    /// Whether the account was a member of the organization; nil where that was never answered.
    public var isMember: Bool?
    /// When that was asked; nil where it was never answered.
    public var memberAskedAt: Date?
    /// When it was last seen to be a member; nil for never.
    public var memberSeenAt: Date?

    /// Days after which it is asked again.
    public static let askAgainDays = 3.0
    /// Days for which an answer is believed where no newer one comes.
    public static let believedDays = 14.0
    private static let secondsPerDay = 86_400.0

    /// What was answered about an account or a team.
    public init(accountID: Int64? = nil, isPresent: Bool, currentName: String? = nil, askedAt: Date) {
        self.accountID = accountID
        self.isPresent = isPresent
        self.currentName = currentName
        self.askedAt = askedAt
    }

    /// Notes what was answered about the membership.
    public mutating func note(isMember: Bool, at time: Date) {
        self.isMember = isMember
        memberAskedAt = time
        if isMember { memberSeenAt = time }
    }

    /// Whether it is time to ask again.
    public func isDue(now: Date) -> Bool {
        // A time that is to come is that of a clock that was ahead.
        askedAt > now || now.timeIntervalSince(askedAt) >= Self.askAgainDays * Self.secondsPerDay
    }

    /// Whether an answer of a time still counts.
    private static func isBelieved(_ time: Date, now: Date) -> Bool {
        now.timeIntervalSince(time) <= believedDays * secondsPerDay
    }

    /// What is to be thought of a contact of this name.
    ///
    /// Nobody has to be a member to be a contact. Who was one and is not any more has departed; and who stands in an OWNERS
    /// file has been one, since the repository's own tests want that.
    ///
    /// - Parameters:
    ///   - source: Where the name stands.
    ///   - now: The present.
    /// - Returns: Unknown where the last answer is too old.
    public func standing(in source: Contact.Source, now: Date) -> Observation<ContactStanding> {
        guard Self.isBelieved(askedAt, now: now) else {
            return .unknown(reason: "GitHub has not answered for a while")
        }
        if let currentName { return .seen(.renamed(to: currentName)) }
        guard isPresent else { return .seen(.gone) }
        if isMember == false, let memberAskedAt, Self.isBelieved(memberAskedAt, now: now),
            memberSeenAt != nil || source == .owners
        {
            return .seen(.departed)
        }
        return .seen(.present)
    }
}

/// How a contact stands who is named in the registry.
public enum ContactStanding: Hashable, Sendable {
    /// There is such an account or team.
    case present
    /// The account has another name by now.
    case renamed(to: String)
    /// There is no such account or team.
    case gone
    /// The account is there, and is no member of the organization any more.
    case departed

    /// Whether the name leads to somebody who may answer.
    public var isReachable: Bool { self == .present }
}

extension Contact {
    /// What a person or team is known by, whatever the case of the letters: `login:octocat`, `team:acme/images`.
    public static func key(_ kind: Kind, _ value: String) -> String { "\(kind.rawValue):\(value.lowercased())" }

    /// What it is known by.
    public var key: String { Self.key(kind, value) }
}
