internal import ArgumentParser
internal import BotCore
internal import Foundation

/// The program: one subcommand a journey.
@main
struct Bucketbot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bucketbot",
        abstract: "Checks test results that are contributed to Kubernetes: registry, bucket, layout, freshness.",
        discussion: """
            Kubernetes shows test results from anyone: results lie in a world-readable bucket of Google Cloud Storage, \
            and the bucket is named in kettle/buckets.yaml or in TestGrid's configuration.

            Before you open a pull request:
              bucketbot layout ./out                        a build directory, before it is uploaded
              bucketbot probe gs://my-bucket/logs/my-job    what everyone can see of it, once it is
              bucketbot check --checkout . --base origin/master
                                                            what your change says, and where it points

            Exit status: 0 nothing wrong; 1 at least one error; 2 wrong use or unreadable input; 3 could not tell.
            """,
        version: bucketbotVersion,
        subcommands: [
            CheckCommand.self, ProbeCommand.self, LayoutCommand.self, SweepCommand.self, RemoveCommand.self,
            RestoreCommand.self, RulesCommand.self, ServeCommand.self, ReviewCommand.self, ReplayCommand.self,
            DoctorCommand.self, DemoCommand.self,
        ]
    )

    /// Parses the command line and runs the command.
    ///
    /// Ends with 2 for wrong use, where ArgumentParser by itself would end with 64.
    static func main() async {
        StandardStreams.prepare()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        let status = exitCode(for: error)
        if error is ExitCode || status.isSuccess { exit(withError: error) }
        let isOurs = error is WrongUse || !(status == .validationFailure)
        let isSystems = error is CocoaError || error is POSIXError
        let ours = isSystems ? systemReason(error) : "\(error)"
        StandardStreams.note(isOurs ? "bucketbot: \(ours)" : fullMessage(for: error))
        Foundation.exit(2)
    }
}

/// The version that the program reports, in `--version` and in SARIF.
let bucketbotVersion = "0.1.0"
