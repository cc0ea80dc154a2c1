internal import Foundation

/// A report as the JSON document that scripts read.
///
/// What is not there is `null`, never absent; keys stand in the order of the alphabet, so that equal reports are
/// equal bytes.
public enum JSONReport {
    /// The document of a report, with a final newline.
    ///
    /// - Throws: What `JSONEncoder` throws; nothing that it is given makes it.
    public static func text(of report: CheckReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(report)), as: UTF8.self) + "\n"
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let command: String
        let asOf: String
        let summary: Summary
        let findings: [FindingObject]
        let locations: [LocationObject]?

        init(_ report: CheckReport) {
            command = report.command
            asOf = report.asOf.rfc3339
            summary = Summary(report)
            findings = report.findings.map(FindingObject.init)
            locations = report.command == "check" ? nil : report.locations.map(LocationObject.init)
        }
    }

    private struct Summary: Encodable {
        let errors, warnings, notes, files, entries, locations, requests, unknown: Int
        let offline: Bool

        init(_ report: CheckReport) {
            errors = report.count(.error)
            warnings = report.count(.warning)
            notes = report.count(.note)
            files = report.summary.fileCount
            entries = report.summary.entryCount
            locations = report.summary.locationCount
            requests = report.summary.requestCount
            unknown = report.summary.unknownCount
            offline = report.summary.isOffline
        }
    }

    private struct LocationObject: Encodable {
        let location, access, layout, verdict: String
        let idForm: Nullable<String>
        let newest: Nullable<NewestObject>
        let builds: [BuildObject]

        init(_ reported: ReportedLocation) {
            let words = LocationWords(reported)
            location = reported.name
            access = words.access
            layout = words.layout
            verdict = reported.freshness.verdict.rawValue
            idForm = Nullable(reported.report.idForm.map(\.rawValue))
            newest = Nullable(reported.freshness.newest.map(NewestObject.init))
            builds = zip(reported.report.builds, reported.buildNames).map { BuildObject($0, name: $1) }
        }
    }

    private struct BuildObject: Encodable {
        let id, location: String
        let at: Nullable<String>
        let started, finished: String
        let result: Nullable<String>
        let junitFiles: Int
        let buildLog: Nullable<Bool>

        init(_ build: InspectedBuild, name: String) {
            id = build.id.text
            location = name
            at = Nullable(build.time?.rfc3339)
            started = LocationWords.state(build.started)
            finished = LocationWords.state(build.finished)
            result = Nullable(build.finished.value?.result)
            junitFiles = build.junitFiles.count
            buildLog = Nullable(build.contents?.hasBuildLog)
        }
    }
}

/// A value that is written as `null` where there is none; `Optional` would be left out.
struct Nullable<Value: Encodable>: Encodable {
    private let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

/// The newest fact as every document has it.
struct NewestObject: Encodable {
    private let at, fact, url: String
    private let exact: Bool

    /// A fact.
    init(_ newest: NewestFact) {
        at = newest.at.rfc3339
        fact = newest.fact.kind.rawValue
        url = newest.fact.url
        exact = newest.isExact
    }
}

/// A finding as every document has it.
struct FindingObject: Encodable {
    private let rule, severity, message: String
    private let path, entry: Nullable<String>
    private let line, column, endLine: Nullable<Int>
    private let evidence: [EvidenceObject]
    private let fix: Nullable<FixObject>

    /// A finding with its words.
    init(_ reported: ReportedFinding) {
        let finding = reported.finding
        rule = finding.rule.name
        severity = finding.severity.rawValue
        message = reported.message
        path = Nullable(finding.place?.path)
        line = Nullable(finding.place?.line)
        column = Nullable(finding.place?.column)
        endLine = Nullable(finding.place?.endLine)
        entry = Nullable(finding.entry?.description)
        evidence = finding.evidence.map(EvidenceObject.init)
        fix = Nullable(finding.fix.map(FixObject.init))
    }
}

private struct EvidenceObject: Encodable {
    let request, detail: String
    let status: Nullable<Int>
    let observedAt: Nullable<String>

    init(_ evidence: Evidence) {
        request = evidence.request
        detail = evidence.detail
        status = Nullable(evidence.status)
        observedAt = Nullable(evidence.observedAt?.rfc3339)
    }
}

private struct FixObject: Encodable {
    let startLine, endLine: Int
    let replacement: String

    init(_ fix: Fix) {
        startLine = fix.startLine
        endLine = fix.endLine
        replacement = fix.replacement
    }
}
