/// A report as GitHub's workflow commands, which a runner shows as annotations on the lines.
///
/// Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
public enum WorkflowCommands {
    /// One command a line for each finding, errors first: a runner shows ten of a kind a step.
    public static func text(of report: CheckReport) -> String {
        let sorted = Severity.allCases.flatMap { severity in
            report.findings.filter { $0.finding.severity == severity }
        }
        return sorted.map { command(for: $0) + "\n" }.joined()
    }

    private static func command(for reported: ReportedFinding) -> String {
        let finding = reported.finding
        let name =
            switch finding.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var properties: [String] = []
        if let place = finding.place {
            properties.append("file=\(escapedProperty(place.path))")
            properties.append("line=\(place.line)")
            if place.endLine != place.line { properties.append("endLine=\(place.endLine)") }
            // A runner refuses columns of a range over several lines.
            if let column = place.column, place.endLine == place.line { properties.append("col=\(column)") }
        }
        properties.append("title=\(escapedProperty(finding.rule.name))")
        let text = [reported.words.what, reported.words.why, reported.words.fix].filter { !$0.isEmpty }
        return "::\(name) \(properties.joined(separator: ","))::\(escaped(text.joined(separator: "\n").printableText))"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func escapedProperty(_ text: String) -> String {
        var property = ""
        for scalar in escaped(text).unicodeScalars {
            switch scalar {
            case ":": property += "%3A"
            case ",": property += "%2C"
            default: property.unicodeScalars.append(scalar)
            }
        }
        return property
    }
}
