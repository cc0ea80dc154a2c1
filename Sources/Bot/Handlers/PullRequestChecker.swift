internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Persistence

/// Judges what was read of a pull request, and probes what it adds or changes.
struct PullRequestChecker: Sendable {
    /// Asks Google Cloud Storage.
    let storage: any ObjectStorage
    /// What sweeps know of entries.
    let observations: any Observations
    /// Where links lead.
    let links: CheckLinks

    /// The whole check.
    ///
    /// - Parameters:
    ///   - reading: What was read.
    ///   - contacts: Asks about contacts.
    ///   - subject: Where the pull request is, and its number.
    ///   - now: The one clock that the verdicts see.
    /// - Returns: Everything that was found out.
    /// - Throws: `CancellationError`, or a rate limit of GitHub's.
    func check(
        _ reading: PullRequestReading, contacts: ContactQuestions, of subject: (RepositoryName, number: Int), now: Date
    ) async throws -> PullRequestCheck {
        var check = PullRequestCheck(
            repository: subject.0, number: subject.number, headSHA: try reading.head.checked, asOf: now, links: links)
        check.policyIssues = reading.policyIssues
        check.unreadFiles = reading.unreadFiles
        if let proposal = reading.proposal {
            let known = try await observations.all(of: subject.0.description.lowercased())
            let found = try await proposal.effect(in: storage, known: known, now: now)
            check.policyEffect = found.effect
            check.counts.requests += found.requests
        }
        guard let registries = reading.registries else { return check }
        check.findings = reading.offlineFindings
        check.effect = RegistryEffect(
            from: registries.change.base, to: registries.head, findings: check.findings)
        for (path, lines) in registries.change.editedLines { check.changedLines[path.text] = lines }
        let targets = reading.targets
        check.counts.added = targets.count { $0.entry.map(reading.adds) == true }
        check.counts.edited = targets.count - check.counts.added
        let stays = Set(registries.head.entries)
        check.counts.removed = registries.change.base.entries.count { !stays.contains($0) }

        let selection = ProbeSelection(targets, limit: reading.policy.maxProbesPerPullRequest)
        check.counts.locationsLeftOut = selection.leftOutCount
        let asked = try await contacts.ask(about: selection.targets.compactMap(\.entry), in: registries.head)
        let prober = LocationProber(storage: storage, policy: reading.policy)
        let reports = try await prober.reports(on: selection.targets, now: now)
        for (target, reports) in zip(selection.targets, reports) {
            let isNew = target.entry.map(reading.adds) == true
            let judged = JudgedTarget(target, reports, ageDays: isNew ? 0 : nil, now: now, policy: reading.policy)
            let contacts = target.entry.flatMap { asked[$0] } ?? []
            check.entries.append(
                CheckedEntry(
                    origin: isNew ? .added : .edited, selector: target.entry, place: target.place,
                    locations: judged.locations, contacts: contacts))
            check.findings += judged.findings
            check.counts.requests += judged.requestCount
        }
        check.findings += ContactRules.findings(on: check.entries.flatMap(\.contacts))
        check.findings = check.findings.sortedByPlace()
        return check
    }
}

extension GitObjectID {
    /// The same as a value of the core.
    var checked: ObjectSHA {
        get throws {
            guard let sha = ObjectSHA(text) else { throw NoObjectSHA(text: text) }
            return sha
        }
    }
}

/// A hash that one part of the program takes for one and another does not.
struct NoObjectSHA: Error, CustomStringConvertible {
    let text: String

    var description: String { "\(text) is no hash of git's" }
}
