public import struct Foundation.Date

/// Decides, question by question, what to ask of one location, and reports what the answers mean.
public struct LocationProbe: Sendable {
    private var report: ProbeReport

    /// A probe that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - location: What to probe.
    ///   - expectation: What it is said to be.
    ///   - depth: How closely to look.
    ///   - knownNewest: The newest build seen last time, so that one question is enough; nil on a first probe.
    ///   - now: The one clock.
    ///   - policy: The thresholds, which decide how far back to look.
    ///   - limits: The bounds.
    public init(
        location: BucketLocation, expectation: LocationExpectation, depth: ProbeDepth, knownNewest: String? = nil,
        now: Date, policy: Policy, limits: ProbeLimits = ProbeLimits()
    ) {
        report = ProbeReport(location: location, expectation: expectation, depth: depth)
    }

    /// What to do next; asked again without `receive`, it says the same.
    public mutating func next() -> ProbeStep { .done(report) }

    /// Takes the replies to the questions of `next`, in their order; replies that are missing count as unanswered.
    public mutating func receive(_ replies: [StorageReply]) {}
}
