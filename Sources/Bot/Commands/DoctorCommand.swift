internal import ArgumentParser
internal import BotCore
internal import Foundation

/// `bucketbot doctor`: what is wrong with the settings and what they lead to, and how to mend it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at settings, credentials, GitHub, the webhook, the database and the storage.",
        discussion: """
            It takes the settings that serve takes, asks and changes nothing. For each thing it says whether it is \
            right, and if not, how to mend it.

            Exit status: 0 all is right; 1 something is wrong; 3 something could not be looked at.

            With --schema it prints the JSON Schema of .github/bucketbot.yaml, the policy of a repository.
            """
    )

    @Flag(help: "Print the JSON Schema of .github/bucketbot.yaml, and look at nothing.")
    var schema = false

    @OptionGroup var options: ServerOptions
    @OptionGroup var github: GitHubOptions

    func run() async throws {
        guard !schema else { return try StandardStreams.write(PolicySchema.text()) }
        let settings = Settings(flags: options.flags.merging(github.flags) { $1 })
        let found = try await Checkup(settings: settings).all()
        // The built-in ones: those of a setting may be what is wrong.
        try StandardStreams.write(found.map { $0.text(try Templates()) }.joined())
        if found.contains(where: { $0.state == .wrong }) { throw ExitCode(1) }
        if found.contains(where: { $0.state == .unknown }) { throw ExitCode(3) }
    }
}
