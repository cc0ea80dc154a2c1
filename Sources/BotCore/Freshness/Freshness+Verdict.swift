public import struct Foundation.Date

/// The verdict on an entry, from the probes of its locations: the first that fits, in the order of `Verdict`'s sources.
///
/// Unknown comes first, then gone, unreadable, fresh, ageing, stale, never, new. An entry with several locations is as
/// fresh as its freshest one; an unknown location can only be outdone by a fresh one. A lower bound never makes an
/// entry stale, and neither does `latest-build.txt` alone, since some writers cannot overwrite it.
///
/// - Parameters:
///   - reports: One for each location of the entry.
///   - history: What was known of the entry before.
///   - now: The one clock.
///   - policy: The thresholds.
/// - Returns: The verdict, with the fact that decided.
public func freshness(
    of reports: [ProbeReport], history: EntryHistory, now: Date, policy: Policy
) -> Freshness {
    let judge = FreshnessJudge(history: history, now: now, policy: policy)
    let each = reports.map(judge.verdict)
    guard let first = each.first else { return judge.unknown("nothing was probed") }
    guard each.count > 1 else { return first }
    // The order in which one location's verdict outdoes another's.
    let order: [Verdict] = [.fresh, .unknown, .unreadable, .ageing, .stale, .new, .never, .gone]
    let best = order.lazy.compactMap { wanted in
        each.filter { $0.verdict == wanted }.max { ($0.newest?.at ?? .distantPast) < ($1.newest?.at ?? .distantPast) }
    }.first
    return best ?? first
}

/// Judges one location at a time.
private struct FreshnessJudge {
    let history: EntryHistory
    let now: Date
    let policy: Policy

    /// Sweeps in a row that must find no bucket, and the days between the first and the last, before it is gone.
    static let sweepsUntilGone = 3
    static let daysUntilGone = 7

    private var staleAfterDays: Int {
        history.isUnbackedPresubmit ? policy.presubmitStaleAfterDays : policy.staleAfterDays
    }

    func unknown(_ reason: String) -> Freshness {
        Freshness(verdict: .unknown, staleAfterDays: staleAfterDays, unknownReason: reason)
    }

    func verdict(on report: ProbeReport) -> Freshness {
        switch report.access.list {
        case .notAsked: return unknown("nothing was asked")
        case .unknown(let reason): return unknown(reason)
        case .refused(.noSuchBucket): return missingBucket
        case .refused: return Freshness(verdict: .unreadable, staleAfterDays: staleAfterDays)
        case .allowed: break
        }
        if report.access.get.refusal != nil {
            return Freshness(verdict: .unreadable, newest: report.newest(now: now), staleAfterDays: staleAfterDays)
        }
        guard let newest = report.newest(now: now) else { return withoutFacts(report) }
        return verdict(on: report, newest: newest)
    }

    private var missingBucket: Freshness {
        let days = history.missingSince.map { wholeDays(from: $0) } ?? 0
        guard history.missingSweeps + 1 >= Self.sweepsUntilGone, days >= Self.daysUntilGone else {
            return unknown("the bucket does not exist, and that is not confirmed yet")
        }
        return Freshness(verdict: .gone, staleAfterDays: staleAfterDays)
    }

    private func verdict(on report: ProbeReport, newest: NewestFact) -> Freshness {
        let ageDays = wholeDays(from: newest.at)
        let verdict: Verdict = ageDays > staleAfterDays ? .stale : ageDays > policy.ageingAfterDays ? .ageing : .fresh
        guard verdict == .stale else {
            return Freshness(verdict: verdict, newest: newest, ageDays: ageDays, staleAfterDays: staleAfterDays)
        }
        let reason =
            if let reason = report.unknownReason {
                reason
            } else if !newest.isExact {
                "the listing goes on, and something newer may be there"
            } else if !report.facts.contains(where: { $0.kind != .latestBuild }) {
                "only latest-build.txt tells a time, and it may be frozen"
            } else {
                String?.none
            }
        return Freshness(
            verdict: reason == nil ? .stale : .unknown, newest: newest, ageDays: ageDays,
            staleAfterDays: staleAfterDays, unknownReason: reason)
    }

    private func withoutFacts(_ report: ProbeReport) -> Freshness {
        if let reason = report.unknownReason { return unknown(reason) }
        guard report.isExact else { return unknown("the listing goes on, and results may be there") }
        guard report.kind == .empty else { return unknown("builds are there, and nothing tells when they ran") }
        let isOld = (history.ageDays ?? 0) > staleAfterDays
        return Freshness(verdict: isOld ? .never : .new, staleAfterDays: staleAfterDays)
    }

    /// Whole days since a time, rounded down; 0 for a time to come.
    private func wholeDays(from time: Date) -> Int {
        // Cannot trap: facts are bounded to 2014 and later, and other times are clamped here.
        Int(min(max(now.timeIntervalSince(time) / 86_400, 0), 1_000_000).rounded(.down))
    }
}
