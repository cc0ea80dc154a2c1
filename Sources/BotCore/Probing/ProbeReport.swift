public import Foundation

/// What a probe of one location found.
public struct ProbeReport: Sendable {
    /// The location that was probed.
    public let location: BucketLocation
    /// What the location was said to be.
    public let expectation: LocationExpectation
    /// How closely it was looked at.
    public let depth: ProbeDepth
    /// Whether anonymous callers may list and read it.
    public var access = LocationAccess()
    /// What was found there; nil where it could not be listed.
    public var kind: LocationKind?
    /// The builds right below it, or for a folder of jobs those of the newest job that was probed closely.
    public var tally = BuildTally()
    /// The job's directory that `tally`, `builds` and `latestBuild` are about; the location itself, unless it holds jobs.
    public var jobLocation: BucketLocation
    /// The newest builds that were looked into, newest first.
    public var builds: [InspectedBuild] = []
    /// `latest-build.txt` of that job; nil where it was not looked for.
    public var latestBuild: LatestBuildFile?
    /// Everything that may tell when results last came, plausible or not.
    public var facts: [Fact] = []
    /// Whether nothing newer than the facts can be there; false where part of a listing was not read.
    public var isExact = true
    /// Directories right below the location: the first few names.
    public var directoryNames: [String] = []
    /// Directories right below the location that are no builds.
    public var jobCount = 0
    /// The jobs below the location that were probed for freshness; empty unless it holds jobs.
    public var jobs: [ProbedJob] = []
    /// Places nearby that hold builds, for a location that has none.
    public var nearNames: [NearName] = []
    /// Why a question that was needed got no answer; nil where all were answered.
    public var unknownReason: String?
    /// The bound that cut the probe short; nil where none did.
    public var cutShort: ProbeBound?
    /// What it cost.
    public var counts = RequestCounts()
    /// The questions and answers that matter, in the order they were asked; at most `ProbeLimits.evidence`.
    public var evidence: [Evidence] = []

    /// A report with nothing in it yet.
    public init(location: BucketLocation, expectation: LocationExpectation, depth: ProbeDepth) {
        self.location = location
        self.expectation = expectation
        self.depth = depth
        self.jobLocation = location
    }

    /// The form of the newest build's id; nil without builds.
    public var idForm: BuildIDForm? { tally.newest(1).first?.id.form }

    /// Why a file of an inspected build could not be looked at; nil where each was read, or is known not to be there.
    var unansweredFileReason: String? {
        for build in builds {
            for (name, reason) in build.unansweredFiles {
                return "\(name) of \(build.location) could not be read: \(reason)"
            }
        }
        return nil
    }

    /// Days between two builds, the median over the newest ones; nil where fewer than three tell a time.
    ///
    /// A job that runs once a month is not silent after three weeks.
    public var medianIntervalDays: Double? {
        let times = tally.newest(BuildTally.keptPerForm).compactMap(\.id.time).map(\.timeIntervalSince1970).sorted()
        guard times.count >= 3 else { return nil }
        let gaps = zip(times.dropFirst(), times).map { ($0 - $1) / 86_400 }.sorted()
        return gaps[gaps.count / 2]
    }

    /// The newest plausible fact; nil where there is none.
    ///
    /// - Parameter now: The one clock.
    /// - Returns: The fact that decides.
    public func newest(now: Date) -> NewestFact? { newestFact(of: facts, isExact: isExact, now: now) }
}

/// What someone says a location is.
public enum LocationExpectation: String, Hashable, Sendable, Codable {
    /// A job's directory, as a test group's `gcs_prefix` names it.
    case job
    /// The folder of jobs that a key of `buckets.yaml` names.
    case jobs
    /// Nobody says: a location typed by a person, or a folder on disk.
    case any
}

/// What a location turned out to be.
public enum LocationKind: String, Hashable, Sendable, Codable {
    /// A job: build directories, or aliases that lead to them.
    case job
    /// A folder of jobs, or of folders of jobs.
    case jobs
    /// One build.
    case build
    /// Nothing is there that could be a build.
    case empty
}

/// How closely a probe looks.
public enum ProbeDepth: Hashable, Sendable {
    /// Only when results last came: what a sweep needs.
    case freshness
    /// As `freshness`, and names of every form are looked through before nothing recent is there: what a removal needs.
    case staleness
    /// Also whether the newest builds are laid out rightly: what `check`, `probe` and `layout` need.
    case full
}

/// One job below a folder of jobs, and when it last got results.
public struct ProbedJob: Hashable, Sendable {
    /// The directory's name.
    public let name: String
    /// What may tell when it last got results.
    public let facts: [Fact]
    /// Whether nothing newer can be there.
    public let isExact: Bool
    /// Why it could not be looked at; nil where it was.
    public let unknownReason: String?
    /// Why it may not be looked at; nil where it was.
    public let refusal: StorageRefusal?
    /// Builds that were counted; a lower bound where the listing was not read to its end.
    public let buildCount: Int
}

/// A place near an empty location that may be what was meant.
public struct NearName: Hashable, Sendable {
    /// The place.
    public let location: BucketLocation
    /// How it differs, as in `with "logs/" in front`.
    public let difference: String
}

/// A bound that cut a probe short.
public enum ProbeBound: Hashable, Sendable {
    /// A listing went on after this many pages.
    case pages(Int)
    /// The probe had asked this many questions.
    case questions(Int)
}

/// What `latest-build.txt` says.
public enum LatestBuildFile: Hashable, Sendable {
    /// There is none.
    case missing
    /// Its text, cut short where it is long, and the number that it is; nil where it is none.
    case read(text: String, number: UInt64?)
    /// It may not be read, or could not be read now.
    case unreadable
}
