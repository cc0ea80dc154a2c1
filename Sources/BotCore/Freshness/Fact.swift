public import struct Foundation.Date

/// What may tell when a location last got results, strongest first.
public enum FactKind: String, Hashable, Sendable, CaseIterable, Comparable, Codable {
    /// `timestamp` of a `finished.json`, by the uploader's clock.
    case finished
    /// `timestamp` of a `started.json`, by the uploader's clock.
    case started
    /// When storage created or changed an object of a build, by storage's clock.
    case object
    /// The time inside a build's id.
    case buildID = "build-id"
    /// When storage last changed an alias, `pr-logs/directory/JOB/ID.txt`.
    case alias
    /// When storage last changed `latest-build.txt` or `jobResultsCache.json`.
    case latestBuild = "latest-build"

    /// The strongest fact is the least.
    public static func < (left: FactKind, right: FactKind) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .finished: 0
        case .started: 1
        case .object: 2
        case .buildID: 3
        case .alias: 4
        case .latestBuild: 5
        }
    }
}

/// One time at which something was seen to happen below a location.
public struct Fact: Hashable, Sendable, Codable {
    /// What tells it.
    public let kind: FactKind
    /// When, as it was told: not yet judged plausible.
    public let at: Date
    /// The build that it belongs to; nil for facts of a whole job.
    public let build: String?
    /// The address that shows it again.
    public let url: String

    /// A fact.
    public init(kind: FactKind, at: Date, build: String?, url: String) {
        self.kind = kind
        self.at = at
        self.build = build
        self.url = url
    }
}

/// The newest plausible fact of a location: when results last came.
public struct NewestFact: Hashable, Sendable {
    /// The fact that decided.
    public let fact: Fact
    /// Whether nothing newer can be there; false where part of a listing was not read, so that `at` is a lower bound.
    public let isExact: Bool

    /// When.
    public var at: Date { fact.at }

    /// A newest fact.
    public init(fact: Fact, isExact: Bool) {
        self.fact = fact
        self.isExact = isExact
    }
}
