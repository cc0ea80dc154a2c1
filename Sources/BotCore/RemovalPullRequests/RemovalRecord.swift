public import struct Foundation.Date

/// What a removal pull request says of itself in hidden lines of its text: all that has to be known to go on with it.
///
/// It is written into the text before anything is done because of it, so that a bot whose database was lost reads its
/// own pull requests and knows what was proposed, who was asked, and what people decided.
public struct RemovalRecord: Hashable, Sendable {
    /// How far the label that holds the pull request has come.
    public enum Hold: String, Hashable, Sendable {
        /// It has yet to be set.
        case pending
        /// It was set.
        case on
        /// It was taken off, by the bot or by a person; whoever sets it again means it.
        case over
    }

    /// The group in the branch's name.
    public let area: String
    /// The key in the branch's name, which stays while entries leave.
    public let key: String
    /// The branch that it is to be merged into.
    public let base: String
    /// How its entries were put together.
    public let groupBy: RemovalPolicy.GroupBy
    /// Whether that is so because the repository allows no merge commits.
    public let isGroupingForced: Bool
    /// When the buckets were looked at.
    public let asOf: Date
    /// On how many days they were found the same.
    public let confirmations: Int
    /// Until when it is held.
    public let holdUntil: Date
    /// How far that has come.
    public var hold = Hold.pending
    /// The label that holds it, as the policy called it when the pull request was opened; nil where that is not known.
    public var holdLabel: String?
    /// Whether somebody else's commit is on the branch, so that the bot leaves the branch alone.
    public var isFrozen = false
    /// Labels that the policy wants and the repository does not have.
    public var skippedLabels: [String] = []
    /// What it proposed, in the order of the registry.
    public var entries: [RecordedEntry]
    /// Whom it concerns.
    public var contacts: [RecordedContact] = []

    /// A record of a pull request to be.
    public init(
        area: String, key: String, base: String, groupBy: RemovalPolicy.GroupBy, isGroupingForced: Bool = false,
        asOf: Date, confirmations: Int, holdUntil: Date, entries: [RecordedEntry]
    ) {
        self.area = area
        self.key = key
        self.base = base
        self.groupBy = groupBy
        self.isGroupingForced = isGroupingForced
        self.asOf = asOf
        self.confirmations = confirmations
        self.holdUntil = holdUntil
        self.entries = entries
    }

    /// The branch of the pull request.
    public var branch: String { Self.branch(area: area, key: key) }

    /// What every branch of a removal starts with.
    public static let branchPrefix = "bucketbot/remove-"

    /// The branch of a removal.
    static func branch(area: String, key: String) -> String { branchPrefix + "\(area)-\(key)" }

    /// What it takes out by now.
    public var proposed: [Selector] { entries.filter { $0.standing == .proposed }.map(\.selector) }

    /// An entry of it; nil where it never proposed to take that out.
    public func entry(_ selector: Selector) -> RecordedEntry? { entries.first { $0.selector == selector } }

    /// Whether the entry at a place of the list is taken out by now.
    func isProposed(_ place: Int) -> Bool {
        entries.indices.contains(place) && entries[place].standing == .proposed
    }

    /// Whether somebody is concerned by what is still taken out.
    public func concerns(_ contact: RecordedContact) -> Bool { contact.entries.contains(where: isProposed) }

    /// Has those wait who were to be mentioned and whose entries all stay by now.
    mutating func takeBackMentionsAboutNothing() {
        for index in contacts.indices where contacts[index].pingedAt != nil && !concerns(contacts[index]) {
            contacts[index].reach = .waiting
        }
    }

    /// Says where an entry stands now.
    public mutating func set(_ standing: RecordedEntry.Standing, for selector: Selector) {
        for index in entries.indices where entries[index].selector == selector { entries[index].standing = standing }
    }
}

/// One entry that a removal pull request proposed to take out.
public struct RecordedEntry: Hashable, Sendable {
    /// What became of the proposal.
    public enum Standing: Hashable, Sendable {
        /// The pull request takes it out.
        case proposed
        /// Somebody wants to keep it; nil where the registry itself says so.
        case kept(until: Date, by: String?)
        /// Results came again.
        case resumed(at: Date)
        /// Somebody else took it out of the registry.
        case gone(at: Date)
        /// Something stands in the way by now, as a Prow job that has its name.
        case held(at: Date)
        /// The pull request was closed without being merged.
        case declined(at: Date)
        /// It was merged.
        case removed(at: Date)
        /// It was merged, and the entry is back since.
        case restored(at: Date)
    }

    /// The entry.
    public let selector: Selector
    /// What the evidence said.
    public let verdict: Verdict
    /// What a person who declines decided about, as in `stale:2026-05-01`.
    public let evidenceID: String
    /// When the newest result came; nil where there is none.
    public let newestAt: Date?
    /// Where the evidence can be looked at; nil where nothing was asked for this entry alone.
    public let url: String?
    /// What became of the proposal.
    public var standing = Standing.proposed

    /// An entry that is proposed.
    public init(selector: Selector, verdict: Verdict, evidenceID: String, newestAt: Date?, url: String?) {
        self.selector = selector
        self.verdict = verdict
        self.evidenceID = evidenceID
        self.newestAt = newestAt
        self.url = url
    }

    /// An entry as a sweep found it.
    public init(_ entry: SweptEntry) {
        let request = entry.evidence?.request.split(separator: " ").last.map(String.init)
        let asked = request.flatMap { $0.hasPrefix("http") ? $0 : nil }
        self.init(
            selector: entry.selector, verdict: entry.freshness.verdict,
            evidenceID: entry.evidenceID ?? entry.freshness.verdict.rawValue, newestAt: entry.freshness.newest?.at,
            url: entry.freshness.newest?.fact.url ?? asked)
    }
}

/// Somebody whom a removal concerns, and whether they were asked.
public struct RecordedContact: Hashable, Sendable {
    /// What is known of how to reach somebody.
    public enum Reach: Hashable, Sendable {
        /// A comment mentions them.
        case pinged(at: Date)
        /// They can be mentioned, and were mentioned often enough this week.
        case waiting
        /// Nobody has this name, so that nobody would be told.
        case missing
        /// They have an account and are no member of the organization, so that GitHub would not tell them.
        case outside
        /// Whether there is such an account could not be found out.
        case unknown
        /// It is an address, and the bot sends no mail.
        case mail
    }

    /// Who.
    public let kind: Contact.Kind
    /// The login, `org/team` or address, without `@` before it.
    public var value: String
    /// Where the name was found.
    public let source: Contact.Source
    /// The places of their entries in the record's list.
    public var entries: [Int]
    /// Whether they were asked.
    public var reach: Reach

    /// Somebody.
    public init(kind: Contact.Kind, value: String, source: Contact.Source, entries: [Int], reach: Reach) {
        self.kind = kind
        self.value = value
        self.source = source
        self.entries = entries
        self.reach = reach
    }

    /// A contact of entries.
    init(_ contact: Contact, entries: [Int], reach: Reach) {
        self.init(kind: contact.kind, value: contact.value, source: contact.source, entries: entries, reach: reach)
    }

    /// What they are known by.
    public var key: String { Contact.key(kind, value) }

    /// Whether a comment mentions them, or will.
    var isAsked: Bool { pingedAt != nil || reach == .waiting }

    /// When they were mentioned; nil where they were not.
    public var pingedAt: Date? {
        if case .pinged(let at) = reach { at } else { nil }
    }
}
