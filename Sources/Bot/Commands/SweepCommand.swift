internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// `bucketbot sweep`: every entry of a registry, how fresh it is, and what would be proposed for removal.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Look at every entry of a registry, and say which are stale.",
        discussion: """
            Nothing is opened on GitHub unless --open is given, whatever BUCKETBOT_DRY_RUN says. An entry is proposed \
            when sweeps of several days agree, which takes a database: name it with --database.

            The exit status is 1 where at least one entry is proposed, 3 where something could not be told.

            Examples:
              bucketbot sweep --checkout ~/src/test-infra
              bucketbot sweep --repo kubernetes/test-infra --database sqlite:sweeps.sqlite
            """
    )

    @Option(help: ArgumentHelp("The root of the checkout that holds the registry.", valueName: "dir"))
    var checkout: String?

    @Option(help: ArgumentHelp("The repository that holds the registry: OWNER/NAME.", valueName: "repository"))
    var repo: String?

    @Flag(help: "Open pull requests that take out what is proposed, and bring those that are open up to date.")
    var open = false

    @Flag(
        name: .customLong("acknowledge-outage"),
        help: "Someone has looked at the outage that the last sweep told of: what turned in it is proposed again.")
    var acknowledgeOutage = false

    @Option(
        help: ArgumentHelp(
            "Where it is kept what sweeps see: sqlite:PATH. With --open, BUCKETBOT_DATABASE counts too.",
            valueName: "url"))
    var database: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var github: GitHubOptions
    @OptionGroup var storage: StorageOptions

    private var settings: Settings {
        var flags = storage.flags.merging(github.flags) { $1 }
        flags["DATABASE"] = database
        return Settings(flags: flags)
    }

    private var isKept: Bool { database != nil || open }

    func run() async throws {
        let format = try output.format(allowed: [.text, .json])
        try requireSense()
        let result: SweepEngine.Result
        if let checkout {
            result = try await sweep(try Checkout(path: checkout))
        } else {
            result = try await sweep(repository())
        }
        Progress.onTerminal.clear()
        let words = try settings.templates()
        switch format {
        case .text:
            let style = TextStyle(isColored: Terminal.standardOutput.isColored)
            let text = SweepText(templates: words.texts, rules: words.rules, style: style)
            try StandardStreams.write(text.text(of: result.report, result.proposals))
        case .json:
            try StandardStreams.write(JSONSweepReport.text(of: result.report, result.proposals, rules: words.rules))
        case .sarif, .github: break
        }
        let status = result.report.exitStatus
        if status != 0 { throw ExitCode(status) }
    }

    private func requireSense() throws {
        guard (checkout == nil) != (repo == nil) else {
            throw WrongUse("Name either a checkout with --checkout DIR, or a repository with --repo OWNER/NAME.")
        }
        guard !open || output.asOf == nil else {
            throw WrongUse("--as-of goes without --open: what is opened is judged by the clock.")
        }
        guard !open || repo != nil else {
            throw WrongUse("--open needs --repo OWNER/NAME: a checkout does not say where pull requests go.")
        }
        guard !acknowledgeOutage || isKept else {
            throw WrongUse("--acknowledge-outage needs the database that knows of the outage: --database or --open.")
        }
    }

    private func repository() throws -> RepositoryName {
        guard let repo, let name = RepositoryName(repo) else {
            throw WrongUse("--repo \(repo ?? ""): write OWNER/NAME, as in kubernetes/test-infra.")
        }
        return name
    }

    // MARK: - A checkout

    private func sweep(_ checkout: Checkout) async throws -> SweepEngine.Result {
        let now = try output.now()
        let ground = try await SweepGround(checkout)
        let git = GitRepository(folder: checkout.folder.path)
        let ages = EntryAges(
            checkout: checkout, change: nil, now: now, hasWholeHistory: try await git.hasWholeHistory())
        return try await settings.withStorage { storage in
            var engine = SweepEngine(ground: ground, storage: storage, standings: EntryStandings())
            engine.progress = { Progress.onTerminal.show($0, of: $1, "locations looked at") }
            engine.ages = { try await ages.days(of: $0).known }
            guard isKept else { return try await engine.run(nil, now: now) }
            return try await withStore { store in
                try await acknowledge(ground.name, in: store, now)
                let start = try await SweepHistory.begin(ground.name, dueAt: nil, in: store, now: { now })
                switch start {
                case .ours(let history): return try await engine.run(history, now: now)
                case .notOurs(let start): throw Self.notOurs(start)
                }
            }
        }
    }

    // MARK: - A repository

    private func sweep(_ name: RepositoryName) async throws -> SweepEngine.Result {
        let now = try output.now()
        var logger = try settings.logger(now: { Date() })
        logger.logLevel = max(.warning, logger.logLevel)
        return try await withStore { store in
            try await acknowledge(name.description.lowercased(), in: store, now)
            return try await settings.withHandlerParts(
                store: store, isDryRun: !open, logger: logger, scope: RepositoryScope(named: [name])
            ) { parts in
                var sweep = RepositorySweep(parts: parts, github: parts.github.repository(name))
                sweep.isKept = isKept
                sweep.asOf = output.asOf == nil ? nil : now
                sweep.progress = { Progress.onTerminal.show($0, of: $1, "locations looked at") }
                do {
                    switch try await sweep.run(dueAt: nil) {
                    case .swept(let result): return result
                    case .notOurs(let start): throw Self.notOurs(start)
                    }
                } catch let error as GitHubError {
                    throw WrongUse("GitHub did not answer as it should. \(error)")
                }
            }
        }
    }

    // MARK: - The database

    private func acknowledge(_ name: String, in store: any Store, _ now: Date) async throws {
        guard acknowledgeOutage else { return }
        guard let last = try await store.sweeps.last(of: name), last.isOutageOpen,
            try await store.sweeps.acknowledge(last.id, now: now)
        else {
            StandardStreams.note("bucketbot: the last sweep told of no outage that is not acknowledged.")
            return
        }
        StandardStreams.note("bucketbot: the outage of sweep \(last.id) is acknowledged.")
    }

    /// Runs `body` with the database, or with one that is thrown away.
    private func withStore<Result>(_ body: (any Store) async throws -> Result) async throws -> Result {
        guard isKept else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-sweep-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { Self.delete(folder) }
            return try await closing(try await SQLiteStore(path: folder.appending(path: "sweep.sqlite").path), body)
        }
        return try await closing(try await settings.store(), body)
    }

    private func closing<Result>(
        _ store: any Store, _ body: (any Store) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(store)
            try await store.close()
            return result
        } catch {
            try await store.close()
            throw error
        }
    }

    private static func delete(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // It lies where temporary files lie, and holds nothing but what GitHub has.
        }
    }

    private static func notOurs(_ start: SweepStart) -> WrongUse {
        switch start {
        case .underWay(let until):
            WrongUse("A sweep is under way, or was cut off a moment ago; try again after \(until.rfc3339).")
        case .finished, .ours: WrongUse("This sweep came to its end before.")
        }
    }
}
