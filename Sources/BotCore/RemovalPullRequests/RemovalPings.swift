public import struct Foundation.Date

/// Decides who is mentioned because of a removal.
///
/// The strongest contact of each entry who can be reached; where none can, the owners of the file. An address is shown
/// and not written to. Nobody is mentioned more often in a week than the policy says.
public struct RemovalPings: Sendable {
    /// What is known of somebody's name.
    public enum Presence: Hashable, Sendable {
        /// There is such an account or team, and it may be mentioned.
        case reachable
        /// There is none.
        case missing
        /// There is such an account, and GitHub tells it nothing, since it is no member of the organization.
        case outside
        /// Nobody could tell.
        case unknown
    }

    /// Mentions in one week, by `Contact.key`: of every repository, earlier ones on the same pull request among them.
    public var recentPings: [String: Int]
    /// How often somebody may be mentioned in a week.
    public let perWeek: Int
    /// What is known of names, by `Contact.key`.
    public var presence: [String: Presence]
    /// What teams are called where they are mentioned, by the `Contact.key` of what they were called so far.
    public var teamNames: [String: String]

    /// Owners of a file who are mentioned where nobody else can be.
    public static let ownersMentioned = 2
    /// People whom one comment mentions; more wait for the next look.
    public static let mentionsPerComment = 30
    /// The week of the budget, in seconds.
    public static let weekSeconds = 7.0 * 86_400

    /// What is known.
    public init(
        recentPings: [String: Int], perWeek: Int, presence: [String: Presence], teamNames: [String: String] = [:]
    ) {
        self.recentPings = recentPings
        self.perWeek = perWeek
        self.presence = presence
        self.teamNames = teamNames
    }

    /// Whom to record for entries that are proposed.
    ///
    /// - Parameters:
    ///   - contacts: Those of each entry, strongest first, in the order of the record's entries.
    ///   - now: When they are mentioned.
    /// - Returns: Everybody whom it concerns, in the order of their first entries.
    public func contacts(_ contacts: [[Contact]], now: Date) -> [RecordedContact] {
        var found: [RecordedContact] = []
        var used: [String: Int] = [:]
        var mentions = 0
        for (index, candidates) in contacts.enumerated() {
            var isReached = false
            var owners = 0
            for candidate in candidates {
                let isOwner = candidate.source == .owners
                if isReached, !isOwner || owners == 0 { break }
                if isOwner, owners >= Self.ownersMentioned { break }
                let key = candidate.key
                let reach: RecordedContact.Reach
                switch candidate.kind {
                case .email: reach = .mail
                case .login, .team:
                    switch presence[key] ?? .unknown {
                    case .missing: reach = .missing
                    case .outside: reach = .outside
                    case .unknown: reach = .unknown
                    case .reachable:
                        isReached = true
                        if isOwner { owners += 1 }
                        let hasRoom = (recentPings[key] ?? 0) < perWeek && mentions < Self.mentionsPerComment
                        if hasRoom, used[key] == nil { mentions += 1 }
                        reach = hasRoom ? .pinged(at: now) : .waiting
                    }
                }
                if let place = used[key] {
                    found[place].entries.append(index)
                } else {
                    used[key] = found.count
                    found.append(RecordedContact(candidate, entries: [index], reach: reach))
                }
            }
        }
        return found
    }

    /// Whom of those that wait, or of whom nothing was known, can be mentioned now.
    ///
    /// Who turns out to be reachable only now, and would not have been asked beside those that were, is recorded no more.
    ///
    /// - Parameters:
    ///   - record: Of an open pull request.
    ///   - now: The present.
    /// - Returns: The record with their mentions.
    public func caughtUp(_ record: RemovalRecord, now: Date) -> RemovalRecord {
        var record = record
        var contacts: [RecordedContact] = []
        for (index, contact) in record.contacts.enumerated() {
            var contact = contact
            if contact.reach == .unknown, record.concerns(contact) {
                contact.value = teamNames[contact.key] ?? contact.value
                switch presence[contact.key] ?? .unknown {
                case .unknown: break
                case .missing: contact.reach = .missing
                case .outside: contact.reach = .outside
                case .reachable:
                    let weaker = record.contacts.dropFirst(index + 1)
                    guard Self.isWanted(contact, after: contacts, before: Array(weaker), in: record) else { continue }
                    contact.reach = .waiting
                }
            }
            // Two names may turn out to be those of one team.
            if let same = contacts.firstIndex(where: { $0.key == contact.key && $0.reach == contact.reach }) {
                contacts[same].entries = Set(contacts[same].entries).union(contact.entries).sorted()
            } else {
                contacts.append(contact)
            }
        }
        record.contacts = contacts
        let due = contacts.indices.filter { index in
            contacts[index].reach == .waiting && record.concerns(contacts[index])
                && recentPings[contacts[index].key] ?? 0 < perWeek
        }
        for index in due.prefix(Self.mentionsPerComment) { record.contacts[index].reach = .pinged(at: now) }
        return record
    }

    /// Whether somebody is to be asked about some entry: the strongest contact, or at last two owners.
    private static func isWanted(
        _ contact: RecordedContact, after stronger: [RecordedContact], before weaker: [RecordedContact],
        in record: RemovalRecord
    ) -> Bool {
        let isOwner = contact.source == .owners
        let asked = (isOwner ? stronger + weaker : stronger).filter(\.isAsked)
        return contact.entries.filter(record.isProposed).contains { entry in
            let others = asked.filter { $0.entries.contains(entry) }
            let owners = others.count { $0.source == .owners }
            return others.count == owners && (!isOwner || owners < ownersMentioned)
        }
    }
}
