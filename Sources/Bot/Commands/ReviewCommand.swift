internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// `bucketbot review`: what the bot would say on a pull request, and on request says.
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Check a pull request as the server does, and print what it would say.",
        discussion: """
            Nothing is written to GitHub unless --post is given, whatever BUCKETBOT_DRY_RUN says. \
            What has been said there already is found, and not said twice.

            Example:
              bucketbot review kubernetes/test-infra#12345
            """
    )

    @Argument(help: ArgumentHelp("The pull request: OWNER/NAME#NUMBER.", valueName: "pull-request"))
    var pullRequest: String

    @Flag(help: "Write the comment and the check run to GitHub.")
    var post = false

    @OptionGroup var github: GitHubOptions
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let (name, number) = try parsed()
        let settings = Settings(flags: github.flags.merging(storage.flags) { $1 })
        var logger = try settings.logger(now: { Date() })
        // What would be written is the result, and goes to standard output.
        logger.logLevel = max(.warning, logger.logLevel)
        let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-review-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { Self.delete(folder) }
        let store = try await SQLiteStore(path: folder.appending(path: "review.sqlite").path)
        let look = try await settings.withHandlerParts(
            store: store, isDryRun: !post, logger: logger, scope: RepositoryScope(named: [name])
        ) { parts in
            try await Self.look(at: number, parts.github.repository(name), parts)
        }
        let writes = try await store.outbox.latest(limit: 100)
        try await store.close()
        try StandardStreams.write(text(of: look, writes.reversed()))
        let status = status(of: look)
        if status != 0 { throw ExitCode(status) }
    }

    private static func look(
        at number: IssueNumber, _ repository: GitHubRepository, _ parts: HandlerParts
    ) async throws -> PullRequestHandler.Look {
        do {
            return try await PullRequestHandler(parts: parts, github: repository, number: number).look()
        } catch let error as HeadVanished {
            throw WrongUse("\(error)")
        } catch let error as GitHubError {
            throw WrongUse("GitHub did not answer as it should. \(error)")
        }
    }

    private func parsed() throws -> (RepositoryName, IssueNumber) {
        let parts = pullRequest.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, let name = RepositoryName(parts[0]), let number = Int(parts[1]), number > 0 else {
            throw WrongUse("\(pullRequest): write OWNER/NAME#NUMBER, as in kubernetes/test-infra#12345.")
        }
        return (name, IssueNumber(number))
    }

    private func status(of look: PullRequestHandler.Look) -> Int32 {
        switch look {
        case .closed, .untouched: 0
        case .movedOn: 3
        case .checked(let check, _):
            switch check.outcome {
            case .wrong: 1
            case .unknown: 3
            case .doubtful, .right: 0
            }
        }
    }

    private func text(of look: PullRequestHandler.Look, _ writes: [OutboxEntry]) -> String {
        let what =
            switch look {
            case .closed: "\(pullRequest) is not open: nothing is said.\n"
            case .untouched: "\(pullRequest) changes nothing of the registry: nothing is said.\n"
            case .movedOn: "\(pullRequest) moved each time it was looked at: nothing is said.\n"
            case .checked where writes.isEmpty: "Everything that is to be said stands there already.\n"
            case .checked: ""
            }
        return what + WrittenText.text(of: writes)
    }

    private static func delete(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // It lies where temporary files lie, and holds nothing but what GitHub has.
        }
    }
}
