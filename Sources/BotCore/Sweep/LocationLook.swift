public import struct Foundation.Date

/// What one sweep saw of one location: as much of a `ProbeReport` as a verdict needs, small enough to be stored.
public struct LocationLook: Hashable, Sendable, Codable {
    /// The location.
    public let location: BucketLocation
    /// What was expected there.
    public let expectation: LocationExpectation
    /// Whether it may be listed.
    public let list: AccessState
    /// Whether its objects may be read.
    public let get: AccessState
    /// What was found there; nil where it could not be listed.
    public let kind: LocationKind?
    /// The newest plausible fact, and where that is of `latest-build.txt` another kind of fact beside it.
    public let facts: [Fact]
    /// Whether nothing newer can be there.
    public let isExact: Bool
    /// Whether no build was passed over, of whatever form its id is.
    public let isWhole: Bool
    /// Why a question that was needed got no answer; nil where all were answered.
    public let unknownReason: String?
    /// The newest build, with which the next sweep begins; nil where nothing tells which that is.
    public let newestBuild: String?
    /// What was asked first, and what answered; nil where nothing was asked.
    public let evidence: Evidence?
    /// Requests that it took.
    public let requests: Int

    /// What a probe found, in short.
    ///
    /// - Parameters:
    ///   - report: The probe's report.
    ///   - now: The clock that plausibility is judged by.
    ///   - requestsBefore: Requests of a less close look at the same location, in the place of which this one comes.
    public init(_ report: ProbeReport, now: Date, requestsBefore: Int = 0) {
        location = report.location
        expectation = report.expectation
        list = report.access.list
        get = report.access.get
        kind = report.kind
        let newest = report.newest(now: now)?.fact
        let other = newest?.kind == .latestBuild ? report.facts.first { $0.kind != .latestBuild } : nil
        facts = [newest, other].compactMap { $0 }
        isExact = report.isExact
        let isComplete = report.tally.isComplete && report.tally.countByForm[.free] == nil
        isWhole = report.depth == .staleness || report.kind == nil || report.kind != .jobs && isComplete
        unknownReason = report.unknownReason
        // A build that is newer than what ids tell is one of those that are counted.
        let counted = newest?.build.flatMap { BuildID($0).form == .sequential ? $0 : nil }
        newestBuild =
            counted ?? report.tally.newest(1).first.flatMap { $0.id.form.holdsTime ? $0.id.text : nil }
        evidence = report.access.listEvidence ?? report.evidence.first
        requests = requestsBefore + report.counts.requests
    }

    /// The report again, as far as it was kept.
    var report: ProbeReport {
        var report = ProbeReport(location: location, expectation: expectation, depth: .freshness)
        report.access.list = list
        report.access.get = get
        report.access.listEvidence = evidence
        report.kind = kind
        report.facts = facts
        report.isExact = isExact
        report.unknownReason = unknownReason
        return report
    }

    /// Whether the bucket is not there.
    var isBucketMissing: Bool { list == .refused(.noSuchBucket) }
}

/// What is looked at once in a sweep, however many entries point at it.
public struct LookKey: Hashable, Sendable, CustomStringConvertible {
    /// Where to look.
    public let location: BucketLocation
    /// What ought to be there.
    public let expectation: LocationExpectation

    /// A place to look at.
    public init(_ location: BucketLocation, _ expectation: LocationExpectation) {
        self.location = location
        self.expectation = expectation
    }

    /// The key as it is stored: `job gs://BUCKET/PATH/`.
    public var description: String { "\(expectation.rawValue) \(location)" }
}
