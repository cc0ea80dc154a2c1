/// One entry as a sweep found it: what the evidence says, and whether it is proposed for removal.
public struct SweptEntry: Hashable, Sendable {
    /// The entry.
    public let selector: Selector
    /// Where it stands.
    public let place: SourcePlace
    /// Where its results lie; empty where what it names is no location.
    public let locations: [BucketLocation]
    /// What the evidence says.
    public let freshness: Freshness
    /// Why it is not proposed although it could go, in the order of `Suspension`; empty for what cannot go.
    public let suspensions: [SuspensionReason]
    /// How many sweeps have agreed.
    public let confirmations: Confirmations
    /// Whom to ask, strongest first.
    public let contacts: [Contact]
    /// What was asked and what answered; nil where nothing was asked, as for a bucket whose groups tell enough.
    public let evidence: Evidence?
    /// Places in other buckets where the same job has fresh results; filled only for what could go.
    public let movedTo: [BucketLocation]
    /// Requests that it took.
    public let requests: Int

    /// An entry as a sweep found it.
    public init(
        selector: Selector, place: SourcePlace, locations: [BucketLocation], freshness: Freshness,
        suspensions: [SuspensionReason] = [], confirmations: Confirmations, contacts: [Contact] = [],
        evidence: Evidence? = nil, movedTo: [BucketLocation] = [], requests: Int = 0
    ) {
        self.selector = selector
        self.place = place
        self.locations = locations
        self.freshness = freshness
        self.suspensions = suspensions
        self.confirmations = confirmations
        self.contacts = contacts
        self.evidence = evidence
        self.movedTo = movedTo
        self.requests = requests
    }

    /// Whether it is proposed for removal.
    public var isProposed: Bool { freshness.verdict.isRemovable && suspensions.isEmpty }

    /// What a person decided about when declining, as in `stale:2026-05-01`; nil for what cannot go.
    ///
    /// Newer results, or another verdict, are other evidence, and the decision does not hold for it.
    public var evidenceID: String? {
        guard freshness.verdict.isRemovable else { return nil }
        let day = freshness.newest.map { ":" + $0.at.rfc3339.prefix(10) } ?? ""
        return freshness.verdict.rawValue + day
    }

    /// The same entry with one more reason not to propose it.
    func suspended(_ reason: SuspensionReason) -> SweptEntry {
        guard !suspensions.contains(where: { $0.suspension == reason.suspension }) else { return self }
        let order = Suspension.allCases
        let all = (suspensions + [reason]).sorted { left, right in
            (order.firstIndex(of: left.suspension) ?? 0) < (order.firstIndex(of: right.suspension) ?? 0)
        }
        return SweptEntry(
            selector: selector, place: place, locations: locations, freshness: freshness, suspensions: all,
            confirmations: confirmations, contacts: contacts, evidence: evidence, movedTo: movedTo, requests: requests)
    }
}

/// Why an entry is not proposed, and what of it is worth telling.
public struct SuspensionReason: Hashable, Sendable {
    /// The reason's name.
    public let suspension: Suspension
    /// The reason in a sentence.
    public let words: String
    /// What stands in the way; nil where that is no place in a file.
    public let place: SourcePlace?

    /// A reason.
    public init(_ suspension: Suspension, words: String, place: SourcePlace? = nil) {
        self.suspension = suspension
        self.words = words
        self.place = place
    }
}

/// How many sweeps on different UTC days have agreed that an entry can go.
public struct Confirmations: Hashable, Sendable {
    /// Those that did, this one included; at most `needed`.
    public let seen: Int
    /// Those that have to.
    public let needed: Int

    /// A count.
    public init(seen: Int, needed: Int) {
        self.needed = needed
        self.seen = min(max(0, seen), needed)
    }

    /// Whether enough have agreed.
    public var isComplete: Bool { seen >= needed }
}

extension Verdict {
    /// Whether an entry of this verdict can be proposed for removal: stale, never or gone.
    public var isRemovable: Bool { self == .stale || self == .never || self == .gone }
}
