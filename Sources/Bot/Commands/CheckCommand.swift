internal import ArgumentParser
internal import BotCore
internal import Foundation

/// `bucketbot check`: the registry of a checkout, and the buckets that it names.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the registry in a checkout, and the buckets that it names.",
        discussion: """
            Without a SELECTOR the whole registry is checked. A SELECTOR is one argument:
              bucket:gs://BUCKET/PREFIX/   a key of buckets.yaml, as written
              test-group:NAME  dashboard:NAME  tab:DASHBOARD#TAB  dashboard-group:NAME

            Examples:
              bucketbot check --checkout . --offline
              bucketbot check --checkout . --base origin/master --format github
              bucketbot check test-group:ci-acme-e2e --checkout ~/src/test-infra
            """
    )

    @Argument(help: ArgumentHelp("What to check; everything where none is given.", valueName: "selector"))
    var selectors: [String] = []

    @Option(
        name: .customLong("selectors"),
        help: ArgumentHelp("Read selectors from a file, one a line; - is standard input.", valueName: "file"))
    var selectorsFile: String?

    @Option(help: ArgumentHelp("The root of the checkout that holds the registry.", valueName: "dir"))
    var checkout: String

    @Option(
        help: ArgumentHelp(
            "Report only what the change since this revision is responsible for.", valueName: "rev"))
    var base: String?

    @Flag(help: "Look at files only; ask no bucket.")
    var offline = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var storage: StorageOptions

    /// What the flags and the environment say.
    var settings: Settings { Settings(flags: storage.flags) }

    func run() async throws {
        let report = try await report(now: try output.now())
        try output.print(report, format: output.format ?? .text, templates: settings.templates())
    }

    /// Checks, and gives what was found.
    ///
    /// - Parameter now: The one clock that the verdicts see.
    /// - Returns: The findings, and what could not be told.
    /// - Throws: `WrongUse`, `CheckoutError` or `UnknownSelector` where nothing can be checked.
    func report(now: Date) async throws -> CheckReport {
        let selected = try SelectorList.read(selectors, file: selectorsFile)
        let checkout = try Checkout(path: checkout)
        let policy = try checkout.policy()
        let files = try await checkout.registryFiles(policy: policy)
        let head = Registry(files: files, policy: policy)
        var scope = selected.isEmpty ? CheckScope.everything(in: head) : try CheckScope.named(selected, in: head)

        var findings: [Finding] = []
        var change: RegistryChange?
        if let base {
            let baseFiles = try await checkout.baseFiles(revision: base, head: files, policy: policy)
            let before = Registry(files: baseFiles, policy: policy)
            let difference = RegistryChange(from: before, to: head)
            findings = RegistryCheck.findings(of: difference, in: head, policy: policy)
            scope = scope.limited(to: .changed(difference, in: head))
            change = difference
        } else {
            findings = RegistryCheck.findings(in: head, policy: policy)
        }

        var run = CheckRun(command: "check", now: now, policy: policy, texts: try settings.templates().rules)
        run.add(findings.filter(scope.covers))
        run.summary.fileCount = files.count
        run.summary.entryCount = scope.entries.count
        run.summary.isOffline = offline
        if !offline {
            let git = GitRepository(folder: checkout.folder.path)
            let ages = EntryAges(
                checkout: checkout, change: change, now: now, hasWholeHistory: try await git.hasWholeHistory())
            let targets = scope.entries.compactMap(head.probeTarget)
            try await settings.withProber(policy: policy) { prober in
                try await run.probe(targets, with: prober, ages: ages, progress: .onTerminal)
            }
        }
        return run.report
    }
}
