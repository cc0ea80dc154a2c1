internal import ArgumentParser
internal import BotCore
internal import Foundation

/// How a report is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, sarif, github
}

/// What all commands that print a report have in common.
struct OutputOptions: ParsableArguments {
    @Option(help: "How to write the result: text, json, sarif or github (annotations of a workflow).")
    var format: OutputFormat?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("Judge ages as of this time, such as 2026-08-22T06:00:00Z.", valueName: "time"))
    var asOf: String?

    /// The one clock that the verdicts see.
    func now() throws -> Date {
        guard let asOf else { return Date() }
        guard let time = PlausibleTime.date(rfc3339: asOf) else {
            throw WrongUse("--as-of \(asOf): not a time from 2000 to 2100. Write it as in 2026-08-22T06:00:00Z.")
        }
        return time
    }

    /// The format, if the command has it.
    func format(allowed: [OutputFormat]) throws -> OutputFormat {
        let format = format ?? .text
        guard allowed.contains(format) else {
            let names = allowed.map(\.rawValue).joined(separator: " or ")
            throw WrongUse("--format \(format.rawValue): this command has \(names).")
        }
        return format
    }

    /// Prints a report and ends with its exit status.
    func print(_ report: CheckReport, format: OutputFormat, templates: CommandTemplates) throws {
        try write(report, format: format, templates: templates)
        if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    }

    /// Prints a report.
    func write(_ report: CheckReport, format: OutputFormat, templates: CommandTemplates) throws {
        let text: String
        switch format {
        case .text:
            let terminal = Terminal.standardOutput
            let writer = TextReport(
                templates: templates.texts, style: TextStyle(isColored: terminal.isColored), width: terminal.width)
            text = writer.text(of: report)
        case .json: text = try JSONReport.text(of: report)
        case .sarif: text = try SARIFReport.text(of: report, version: bucketbotVersion)
        case .github: text = WorkflowCommands.text(of: report)
        }
        try StandardStreams.write(text)
    }
}

/// Wrong use or unreadable input: the program says what and ends with 2.
struct WrongUse: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
