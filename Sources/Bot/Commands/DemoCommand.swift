internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import Playground

/// `bucketbot demo`: the example registry, checked against buckets that a stand-in serves.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Check the example registry, without a network: what a contributor would read.",
        discussion: """
            The registry and the buckets are those of the folder Examples; the buckets are served by a stand-in for \
            Google Cloud Storage on this machine, over real HTTP.
            """
    )

    @Option(help: ArgumentHelp("The folder that holds registry/ and buckets/.", valueName: "dir"))
    var examples = "Examples"

    @Flag(help: "End by itself.")
    var once = false

    func run() async throws {
        let folder = URL(filePath: examples, directoryHint: .isDirectory)
        let registry = folder.appending(path: "registry").path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: registry) else {
            throw WrongUse("--examples \(examples): there is no registry/ below it. Run it in the project's folder.")
        }
        let now = Date()
        let world = try StandInWorld(folder: folder.appending(path: "buckets"), now: now)
        try await withGCSStandIn(GCSStandIn(world)) { _, root in
            let words = ["check", "--checkout", registry, "--storage-url", root]
            try say("$ bucketbot \(words.joined(separator: " "))\n")
            let command = try CheckCommand.parse(Array(words.dropFirst()))
            let report = try await command.report(now: now)
            try command.output.write(report, format: .text, templates: command.settings.templates())
        }
        try say(
            "\nEvery mistake above is in \(examples)/registry and \(examples)/buckets: mend one, and run this again.")
    }

    /// Past the buffer of `print`, so that it stands in order with the report.
    private func say(_ line: String) throws {
        try StandardStreams.write(line + "\n")
    }
}
