public import struct Foundation.Date

/// What decides how far back and how long a probe looks: the clock, the thresholds and the bounds.
public struct ProbeContext: Sendable {
    /// The one clock.
    public let now: Date
    /// The thresholds, which decide how far back to look.
    public let policy: Policy
    /// The bounds.
    public let limits: ProbeLimits

    /// A context; with the default bounds unless told otherwise.
    public init(now: Date, policy: Policy, limits: ProbeLimits = ProbeLimits()) {
        self.now = now
        self.policy = policy
        self.limits = limits
    }

    /// Where a search starts and where it may stop.
    func plan(depth: ProbeDepth, knownNewest: String?) -> BuildSearch.Plan {
        let isStaleBefore = daysAgo(policy.staleAfterDays)
        guard depth != .full else {
            return BuildSearch.Plan(startName: nil, isFreshSince: nil, isStaleBefore: isStaleBefore)
        }
        let since = daysAgo(policy.ageingAfterDays)
        // Numbers that count builds do not sort as text: everything has to be listed again.
        guard depth == .freshness, knownNewest.map({ BuildID($0).form.holdsTime }) ?? true else {
            return BuildSearch.Plan(
                startName: nil, isFreshSince: since, isStaleBefore: isStaleBefore, isThorough: true)
        }
        // A name that tells a time to come hides all that sorts before it.
        let isPlausible = knownNewest.flatMap { BuildID($0).time }.map { $0 <= now.addingTimeInterval(86_400) } ?? true
        let start =
            if let knownNewest, isPlausible {
                knownNewest
            } else {
                BuildID.firstName(notBefore: since, form: .snowflake)
            }
        return BuildSearch.Plan(startName: start, isFreshSince: since, isStaleBefore: isStaleBefore)
    }

    /// How closely a job's builds are looked into; nil where their ids say all that is wanted.
    func extent(of found: FoundBuilds, depth: ProbeDepth) -> JobInspection.Extent? {
        guard depth != .full else { return .files }
        let tally = found.tally
        guard tally.aliasCount == 0 else { return nil }
        let counted = tally.newest(1, of: .sequential)
        // Before a removal names without a number count too, which are in no order of time.
        let unordered = depth == .staleness ? tally.newest(limits.builds, of: .free) : []
        guard let newest = tally.newest(1).first, let time = newest.id.time else {
            return .times(counted.isEmpty ? tally.newest(limits.builds) : counted + unordered)
        }
        let isPast = time <= now.addingTimeInterval(86_400)
        let isFresh = isPast && time >= daysAgo(policy.ageingAfterDays)
        // Prow's own clock made a snowflake. Other ids were made by the uploader's, which may be a year off.
        let isTrusted = isFresh || isPast && newest.id.form == .snowflake
        // A job whose ids told the time may count its builds by now.
        let builds = (isTrusted ? [] : [newest]) + (isFresh ? [] : counted + unordered)
        return builds.isEmpty ? nil : .times(builds)
    }

    private func daysAgo(_ days: Int) -> Date { now.addingTimeInterval(Double(-days) * 86_400) }
}
