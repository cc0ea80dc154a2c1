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
        /// Nobody could tell.
        case unknown
    }

    /// Mentions in one week, by `Contact.key`: of every repository, this pull request not included.
    public var recentPings: [String: Int]
    /// How often somebody may be mentioned in a week.
    public let perWeek: Int
    /// What is known of names, by `Contact.key`.
    public var presence: [String: Presence]

    /// Owners of a file who are mentioned where nobody else can be.
    public static let ownersMentioned = 2
    /// People whom one comment mentions; more wait for the next look.
    public static let mentionsPerComment = 30
    /// The week of the budget, in seconds.
    public static let weekSeconds = 7.0 * 86_400

    /// What is known.
    public init(recentPings: [String: Int], perWeek: Int, presence: [String: Presence]) {
        self.recentPings = recentPings
        self.perWeek = perWeek
        self.presence = presence
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
                    found.append(
                        RecordedContact(
                            kind: candidate.kind, value: candidate.value, source: candidate.source, entries: [index],
                            reach: reach))
                }
            }
        }
        return found
    }

    /// Whom of those that wait can be mentioned now.
    ///
    /// - Parameters:
    ///   - record: Of an open pull request.
    ///   - now: The present.
    /// - Returns: The record with their mentions.
    public func caughtUp(_ record: RemovalRecord, now: Date) -> RemovalRecord {
        var record = record
        let proposed = Set(record.proposed)
        var mentions = 0
        for index in record.contacts.indices where record.contacts[index].reach == .waiting {
            let contact = record.contacts[index]
            let isConcerned = contact.entries.contains { place in
                record.entries.indices.contains(place) && proposed.contains(record.entries[place].selector)
            }
            let count = recentPings[Contact.key(contact.kind, contact.value)] ?? 0
            guard isConcerned, count < perWeek, mentions < Self.mentionsPerComment else { continue }
            mentions += 1
            record.contacts[index].reach = .pinged(at: now)
        }
        return record
    }
}
