internal import ArgumentParser
internal import BotCore

/// `bucketbot probe`: what everyone can see of a location.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Look at locations in Google Cloud Storage as TestGrid does: without credentials.",
        discussion: """
            Says whether the bucket can be listed and read, whether builds lie there in the layout that Kubernetes \
            expects, and how old the newest result is.

            Examples:
              bucketbot probe gs://my-bucket/logs/my-job
              bucketbot probe gs://my-bucket/logs/ --format json
            """
    )

    @Argument(help: ArgumentHelp("A job's folder, a folder of jobs, or a build's.", valueName: "gs://bucket/prefix"))
    var locations: [String]

    @OptionGroup var output: OutputOptions
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let format = try output.format(allowed: [.text, .json])
        let now = try output.now()
        let settings = Settings(flags: storage.flags)
        let templates = try settings.templates()
        let targets = try locations.map { ProbeTarget(location: try LocationArgument.read($0)) }
        let run = try await settings.withProber(policy: Policy()) { prober in
            var run = CheckRun(command: "probe", now: now, policy: Policy(), texts: templates.rules)
            try await run.probe(targets, with: prober, ages: nil, progress: .onTerminal)
            return run
        }
        try output.print(run.report, format: format, templates: templates)
    }
}
