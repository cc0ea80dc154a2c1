internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import Glibc
internal import Logging
internal import Playground
internal import UnixSignals

/// `bucketbot demo`: the whole loop on this machine, from a check of the example registry to a pull request's comments.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the whole loop, without a network: a check, a pull request, and what the bot says to it.",
        discussion: """
            The registry and the buckets are those of the folder Examples. Stand-ins for GitHub and for Google Cloud \
            Storage serve them on this machine, over real HTTP; the server is the one of 'bucketbot serve'.

            On a terminal the pull request's page stays open until Ctrl-C.
            """
    )

    @Option(help: ArgumentHelp("The folder that holds registry/ and buckets/.", valueName: "dir"))
    var examples = "Examples"

    @Flag(help: "End by itself, as it does without a terminal.")
    var once = false

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp("What the server tells on stderr: debug, info, warning, ...", valueName: "level"))
    var logLevel = "critical"

    func run() async throws {
        let folder = URL(filePath: examples, directoryHint: .isDirectory)
        let registry = folder.appending(path: "registry")
        guard FileManager.default.fileExists(atPath: registry.path(percentEncoded: false)) else {
            throw WrongUse("--examples \(examples): there is no registry/ below it. Run it in the project's folder.")
        }
        guard let level = Self.level(logLevel) else {
            throw WrongUse("--log-level \(logLevel): there is no such level.")
        }
        let buckets = try StandInWorld(folder: folder.appending(path: "buckets"), now: Date())
        try say("1. Somebody checks the registry in a checkout.\n")
        try await check(registry.path(percentEncoded: false), buckets)
        try say(
            "\nEvery mistake above is in \(examples)/registry and \(examples)/buckets: mend one, and run this again.")

        try say("\n2. Somebody opens a pull request, and the bot answers.")
        var setup = LoopbackBot.Setup(files: try GitChanges(folder: registry))
        setup.buckets = buckets
        setup.logLevel = level
        let isOnce = once || isatty(STDIN_FILENO) == 0
        try await LoopbackBot.with(setup) { bot in
            let pull = try await PullRequestStory(bot: bot, say: say).play()
            guard !isOnce else { return }
            try say("\nThe conversation: \(bot.github.address(of: pull))\nCtrl-C ends it.")
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
        }
    }

    /// What `bucketbot check` says of the example registry.
    private func check(_ registry: String, _ buckets: StandInWorld) async throws {
        try await withGCSStandIn(GCSStandIn(buckets)) { _, root in
            let words = ["check", "--checkout", registry, "--storage-url", root]
            try say("$ bucketbot \(words.joined(separator: " "))\n")
            let command = try CheckCommand.parse(Array(words.dropFirst()))
            let report = try await command.report(now: Date())
            try command.output.write(report, format: .text, templates: command.settings.templates())
        }
    }
    private static func level(_ word: String) -> Logger.Level? { Logger.Level(rawValue: word.lowercased()) }

    /// Past the buffer of `print`, so that it stands in order with the report.
    private func say(_ line: String) throws {
        try StandardStreams.write(line + "\n")
    }
}
