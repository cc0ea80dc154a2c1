internal import Foundation

/// What a sweep found as the JSON document that scripts read; its shape is that of `JSONReport`.
public enum JSONSweepReport {
    /// The document of a report, with a final newline.
    ///
    /// - Parameters:
    ///   - report: What was found.
    ///   - proposals: What is proposed.
    ///   - rules: The words of findings.
    /// - Returns: The document.
    /// - Throws: What `JSONEncoder` throws; nothing that it is given makes it.
    public static func text(
        of report: SweepReport, _ proposals: [RemovalProposal], rules: RuleTexts
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(report, proposals, rules)), as: UTF8.self) + "\n"
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let command = "sweep"
        let asOf: String
        let summary: Summary
        /// What is wrong with orders in the registry, and with contacts; what is wrong with an entry is its verdict.
        let findings: [FindingObject]
        let entries: [EntryObject]

        init(_ report: SweepReport, _ proposals: [RemovalProposal], _ rules: RuleTexts) {
            asOf = report.asOf.rfc3339
            summary = Summary(report, proposals)
            findings = report.findings.map { finding in
                FindingObject(ReportedFinding(finding, words: rules.words(for: finding) { $0 }))
            }
            entries = report.entries.map(EntryObject.init)
        }
    }

    private struct Summary: Encodable {
        let files, entries, requests, proposed, suspended: Int
        let verdicts: [String: Int]
        let commit, outage: Nullable<String>
        let pullRequests: [Proposal]

        init(_ report: SweepReport, _ proposals: [RemovalProposal]) {
            files = report.fileCount
            entries = report.entries.count
            requests = report.requestCount
            proposed = report.proposed.count
            suspended = report.entries.count { !$0.suspensions.isEmpty }
            verdicts = Dictionary(
                Verdict.allCases.map { ($0.rawValue, report.count($0)) }, uniquingKeysWith: { first, _ in first })
            commit = Nullable(report.commit)
            outage = Nullable(report.outage?.words)
            pullRequests = proposals.map(Proposal.init)
        }
    }

    private struct Proposal: Encodable {
        let branch: String
        let number: Nullable<Int>
        let selectors: [String]

        init(_ proposal: RemovalProposal) {
            branch = proposal.branch
            number = Nullable(proposal.openPullRequest)
            selectors = proposal.selectors.map(\.description)
        }
    }

    private struct EntryObject: Encodable {
        let selector, path, verdict: String
        let line: Int
        let suspensions: [String]
        let confirmations: ConfirmationsObject
        let newest: Nullable<NewestObject>
        let ageDays: Nullable<Int>
        let contacts: [ContactObject]
        let requests: Int

        init(_ entry: SweptEntry) {
            selector = entry.selector.description
            path = entry.place.path
            line = entry.place.line
            verdict = entry.freshness.verdict.rawValue
            suspensions = entry.suspensions.map(\.suspension.rawValue)
            confirmations = ConfirmationsObject(seen: entry.confirmations.seen, needed: entry.confirmations.needed)
            newest = Nullable(entry.freshness.newest.map(NewestObject.init))
            ageDays = Nullable(entry.freshness.ageDays)
            contacts = entry.contacts.map {
                ContactObject(kind: $0.kind.rawValue, value: $0.value, source: $0.source.rawValue)
            }
            requests = entry.requests
        }
    }

    private struct ConfirmationsObject: Encodable { let seen, needed: Int }
    private struct ContactObject: Encodable { let kind, value, source: String }
}
