internal import Foundation

/// A report as SARIF 2.1.0, which GitHub's code scanning takes.
///
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
public enum SARIFReport {
    /// The document of a report, with a final newline.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - version: The program's version.
    /// - Returns: SARIF 2.1.0 as JSON.
    /// - Throws: What `JSONEncoder` throws; nothing that it is given makes it.
    public static func text(of report: CheckReport, version: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Log(report, version: version)), as: UTF8.self) + "\n"
    }

    private struct Log: Encodable {
        let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        let version = "2.1.0"
        let runs: [Run]

        init(_ report: CheckReport, version: String) { runs = [Run(report, version: version)] }

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case version, runs
        }
    }

    private struct Run: Encodable {
        let tool: Tool
        let results: [Result]
        let columnKind = "utf16CodeUnits"
        let invocations: [Invocation]

        init(_ report: CheckReport, version: String) {
            let ids = Set(report.findings.map(\.finding.rule)).sorted()
            tool = Tool(driver: Driver(version: version, rules: ids.map(RuleObject.init)))
            let indexes = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
            results = report.findings.map { Result($0, ruleIndex: indexes[$0.finding.rule] ?? -1) }
            invocations = [Invocation(endTimeUtc: report.asOf.rfc3339)]
        }
    }

    private struct Invocation: Encodable {
        let executionSuccessful = true
        let endTimeUtc: String
    }

    private struct Tool: Encodable {
        let driver: Driver
    }

    private struct Driver: Encodable {
        let name = "bucketbot"
        let version: String
        let rules: [RuleObject]
    }

    private struct RuleObject: Encodable {
        let id: String
        let defaultConfiguration: Configuration
        let help: Text?

        init(_ id: RuleID) {
            self.id = id.name
            let rule = RuleCatalog.rule(id)
            defaultConfiguration = Configuration(level: (rule?.severity ?? .warning).rawValue)
            help = rule.map { Text(text: "Source: \($0.source)") }
        }
    }

    private struct Configuration: Encodable {
        let level: String
    }

    private struct Text: Encodable {
        let text: String
    }

    private struct Result: Encodable {
        let ruleId, level: String
        let ruleIndex: Int
        let message: Text
        let locations: [Location]
        let fixes: [FixObject]?
        let partialFingerprints: [String: String]

        init(_ reported: ReportedFinding, ruleIndex: Int) {
            let finding = reported.finding
            ruleId = finding.rule.name
            level = finding.severity.rawValue
            self.ruleIndex = ruleIndex
            message = Text(text: reported.message)
            locations = finding.place.map { [Location($0)] } ?? []
            fixes = finding.place.flatMap { place in
                finding.fix.map { [FixObject($0, path: place.path, words: reported.words.fix)] }
            }
            // Lines move; what a finding is about does not.
            let identity = [finding.rule.name, finding.place?.path ?? "", finding.entry?.description ?? ""]
            partialFingerprints = ["entry/v1": identity.joined(separator: "|")]
        }
    }

    private struct Location: Encodable {
        let physicalLocation: PhysicalLocation

        init(_ place: SourcePlace) {
            physicalLocation = PhysicalLocation(
                artifactLocation: Artifact(place.path),
                region: Region(startLine: place.line, startColumn: place.column, endLine: place.endLine))
        }
    }

    private struct PhysicalLocation: Encodable {
        let artifactLocation: Artifact
        let region: Region
    }

    private struct Artifact: Encodable {
        let uri: String
        let uriBaseId = "%SRCROOT%"

        /// The path as a relative URI.
        init(_ path: String) {
            uri = path.utf8.map { byte in
                let kept = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                let text = String(UnicodeScalar(byte))
                let digits = String(byte, radix: 16, uppercase: true)
                return kept || "-._~/".contains(text) ? text : "%" + (byte < 16 ? "0" : "") + digits
            }.joined()
        }
    }

    private struct Region: Encodable {
        let startLine: Int
        let startColumn: Int?
        let endLine: Int
    }

    private struct FixObject: Encodable {
        let description: Text
        let artifactChanges: [ArtifactChange]

        init(_ fix: Fix, path: String, words: String) {
            description = Text(text: words)
            // From the first column of the first line to that of the line behind the last.
            let region = DeletedRegion(startLine: fix.startLine, endLine: fix.endLine + 1)
            let text = fix.replacement.isEmpty ? "" : fix.replacement + "\n"
            artifactChanges = [
                ArtifactChange(
                    artifactLocation: Artifact(path),
                    replacements: [Replacement(deletedRegion: region, insertedContent: Text(text: text))])
            ]
        }
    }

    private struct ArtifactChange: Encodable {
        let artifactLocation: Artifact
        let replacements: [Replacement]
    }

    private struct Replacement: Encodable {
        let deletedRegion: DeletedRegion
        let insertedContent: Text
    }

    private struct DeletedRegion: Encodable {
        let startLine: Int
        let startColumn = 1
        let endLine: Int
        let endColumn = 1
    }
}
