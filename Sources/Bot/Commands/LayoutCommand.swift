internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import GoogleCloudStorage

/// `bucketbot layout`: a build's or a job's folder, before or after upload.
struct LayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layout",
        abstract: "Check the layout of a build or job directory, before or after it is uploaded.",
        discussion: """
            A build directory holds started.json, finished.json, build-log.txt and artifacts/junit_*.xml; a job \
            directory holds one such directory a build, named by the build's number.

            Examples:
              bucketbot layout ./out
              bucketbot layout gs://my-bucket/logs/my-job/1369419412041371648
            """
    )

    @Argument(help: ArgumentHelp("A local folder, or a location.", valueName: "dir|gs://..."))
    var target: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let format = try output.format(allowed: [.text, .json])
        let now = try output.now()
        let settings = Settings(flags: storage.flags)
        let templates = try settings.templates()
        let isLocation = target.hasPrefix("gs://")
        let run =
            try await isLocation
            ? probedLocation(settings, templates.rules, now: now) : probedFolder(templates.rules, now: now)
        try output.print(run.report, format: format, templates: templates)
    }

    private func probedLocation(_ settings: Settings, _ texts: RuleTexts, now: Date) async throws -> CheckRun {
        let probeTarget = ProbeTarget(location: try LocationArgument.read(target))
        return try await settings.withProber(policy: Policy()) { prober in
            var run = CheckRun(command: "layout", now: now, policy: Policy(), texts: texts)
            try await run.probe([probeTarget], with: prober, ages: nil, progress: .onTerminal)
            return run
        }
    }

    private func probedFolder(_ texts: RuleTexts, now: Date) async throws -> CheckRun {
        let folder = try LocalFolder(path: target)
        var run = CheckRun(command: "layout", now: now, policy: Policy(), texts: texts, folder: folder)
        try await run.probe([folder.target], with: folder.prober(now: now), ages: nil, progress: .onTerminal)
        return run
    }
}
