internal import BotCore
internal import Foundation
internal import GoogleCloudStorage
internal import Persistence

/// A policy that a pull request brings, with what its effect is judged by.
struct PolicyProposal: Sendable {
    /// The policy in force.
    let old: Policy
    /// The policy to be.
    let new: Policy
    /// The registry as the policy in force sees it.
    let registry: Registry
    /// Every file of the repository.
    let paths: [String]
    /// Labels that the policy wants, the one before did not, and the repository does not have.
    let missingLabels: [String]

    /// An entry under both policies.
    private typealias Verdicts = (entry: Selector, old: Verdict, new: Verdict)

    /// What it changes.
    ///
    /// Where sweeps know when results last came, nothing is asked; else entries are looked at, as many as a pull request
    /// may.
    ///
    /// - Parameters:
    ///   - storage: Where buckets are.
    ///   - known: What sweeps know of the entries; empty where there was none.
    ///   - now: The one clock.
    /// - Returns: The effect, and requests that it took.
    /// - Throws: `CancellationError`.
    func effect(
        in storage: any ObjectStorage, known: [EntryObservation], now: Date
    ) async throws -> (effect: PolicyEffect, requests: Int) {
        var effect = PolicyEffect(from: old, to: new, registry: registry, paths: paths)
        effect.add(missingLabels: missingLabels)
        let (unfit, requests) = try await unfitControls(in: storage, now: now)
        effect.add(unfitControls: unfit)
        guard effect.dependsOnAge else { return (effect, requests) }
        let targets = registry.entries.compactMap(registry.probeTarget)
        guard known.isEmpty else {
            effect.add(verdicts(on: targets, known: known, now: now), leftOutCount: 0)
            return (effect, requests)
        }
        let seen = try await verdicts(on: targets, in: storage, now: now)
        effect.add(seen.verdicts, leftOutCount: seen.leftOutCount)
        return (effect, requests + seen.requests)
    }

    /// Labels that a policy wants and the one before did not.
    static func newLabels(from old: Policy, to new: Policy) -> [String] {
        let before = Set(old.removals.labels + [old.removals.holdLabel])
        return (new.removals.labels + [new.removals.holdLabel]).filter { !before.contains($0) }
    }

    /// Control locations that the policy adds and that show no fresh results, and requests that it took to know.
    private func unfitControls(in storage: any ObjectStorage, now: Date) async throws -> ([String], Int) {
        let added = new.controlLocations.filter { !old.controlLocations.contains($0) }
            .prefix(old.maxProbesPerPullRequest)
        let locations = try added.map { try BucketLocation($0) }
        let reports = try await LocationProber(storage: storage, policy: new)
            .reports(on: locations.map { ProbeTarget(location: $0) }, now: now)
        let unfit = zip(added, reports).filter { _, reports in
            let verdict = freshness(of: reports, history: EntryHistory(), now: now, policy: new).verdict
            return verdict != .fresh && verdict != .unknown
        }
        return (unfit.map(\.0), reports.joined().reduce(0) { $0 + $1.counts.requests })
    }

    /// Verdicts by what buckets hold now, and requests that it took to know.
    private func verdicts(
        on targets: [ProbeTarget], in storage: any ObjectStorage, now: Date
    ) async throws -> (verdicts: [Verdicts], leftOutCount: Int, requests: Int) {
        let selection = ProbeSelection(targets, limit: old.maxProbesPerPullRequest)
        // The longer a policy looks back, the more it asks for: what is enough for both is asked once.
        let patient = old.staleAfterDays >= new.staleAfterDays ? old : new
        let reports = try await LocationProber(storage: storage, policy: patient)
            .reports(on: selection.targets, now: now)
        var verdicts: [Verdicts] = []
        for (target, reports) in zip(selection.targets, reports) {
            guard let entry = target.entry else { continue }
            let history = EntryHistory(isUnbackedPresubmit: target.isUnbackedPresubmit)
            func verdict(_ policy: Policy) -> Verdict {
                freshness(of: reports, history: history, now: now, policy: policy).verdict
            }
            verdicts.append((entry, verdict(old), verdict(new)))
        }
        return (verdicts, selection.leftOutCount, reports.joined().reduce(0) { $0 + $1.counts.requests })
    }

    /// By when results last came, as far as sweeps know.
    private func verdicts(on targets: [ProbeTarget], known: [EntryObservation], now: Date) -> [Verdicts] {
        let newest = Dictionary(known.map { ($0.selector, $0.newest?.at) }, uniquingKeysWith: { $1 })
        return targets.compactMap { target in
            guard let entry = target.entry else { return nil }
            guard case let at?? = newest[entry.description] else { return (entry, .unknown, .unknown) }
            // Cannot trap: times in the store are bounded, and others are clamped here.
            let days = Int(min(max(now.timeIntervalSince(at) / 86_400, 0), 1_000_000).rounded(.down))
            func verdict(_ policy: Policy) -> Verdict {
                let staleAfterDays = target.isUnbackedPresubmit ? policy.presubmitStaleAfterDays : policy.staleAfterDays
                return days > staleAfterDays ? .stale : days > policy.ageingAfterDays ? .ageing : .fresh
            }
            return (entry, verdict(old), verdict(new))
        }
    }
}
