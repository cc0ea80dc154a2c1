internal import ArgumentParser
internal import BotCore

/// What `remove` and `restore` have in common.
struct EditOptions: ParsableArguments {
    @Option(
        name: .customLong("selectors"),
        help: ArgumentHelp("Read selectors from a file, one a line; - is standard input.", valueName: "file"))
    var selectorsFile: String?

    @Option(help: ArgumentHelp("The root of the checkout that holds the registry.", valueName: "dir"))
    var checkout: String

    @Flag(help: "Edit the files; without it the diff is only printed.")
    var write = false

    @Flag(help: "Edit the files and commit them; needs a git repository.")
    var commit = false

    @Option(help: "How to write the result: text (a unified diff) or json.")
    var format: OutputFormat?

    @Option(
        name: .customLong("templates"),
        help: ArgumentHelp("Folder whose templates replace built-in ones. [BUCKETBOT_TEMPLATES]", valueName: "dir"))
    var templates: String?

    /// The program's sentences.
    func sentences() throws -> Templates { try Settings(flags: ["TEMPLATES": templates]).templates().texts }

    /// Prints the edits, says the rest on standard error, and ends with the report's status.
    func print(_ report: EditReport, templates: Templates) throws {
        switch format ?? .text {
        case .text:
            // Every file that is edited could be read, and so is UTF-8.
            try StandardStreams.write(String(decoding: UnifiedDiff.text(of: report.edits), as: UTF8.self))
            StandardStreams.note(report.text(templates: templates))
        case .json: try StandardStreams.write(JSONEditReport.text(of: report))
        case .sarif, .github: throw WrongUse("--format \(format?.rawValue ?? ""): this command has text or json.")
        }
        if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    }

    /// Says no before anything is done, where the result could not be printed.
    func requireFormat() throws {
        guard format == nil || format == .text || format == .json else {
            throw WrongUse("--format \(format?.rawValue ?? ""): this command has text or json.")
        }
    }
}
