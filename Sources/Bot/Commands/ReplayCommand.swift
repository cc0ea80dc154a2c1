internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import Logging
internal import Persistence

/// `bucketbot replay`: works on one delivery again, or on one that never came.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Work on one delivery of the database again, or on a payload in a file.",
        discussion: """
            It is worked on as the server would do it now, and says what is true now. \
            Unless --dry-run false is given, what would be written to GitHub is printed and not sent.

            Examples:
              bucketbot replay 72d3162e-cc78-11e3-81ab-4c9367dc0958
              bucketbot replay --event pull_request --payload payload.json
            """
    )

    @Argument(help: ArgumentHelp("GitHub's GUID of a delivery in the database.", valueName: "guid"))
    var guid: String?

    @Option(help: ArgumentHelp("The name of the event that the payload tells, as in pull_request.", valueName: "name"))
    var event: String?

    @Option(help: ArgumentHelp("The payload: JSON as GitHub sends it; - is standard input.", valueName: "file"))
    var payload: String?

    @Option(
        help: ArgumentHelp("sqlite:PATH, sqlite:bucketbot.sqlite by default. [BUCKETBOT_DATABASE]", valueName: "url"))
    var database: String?

    @Option(
        name: .customLong("dry-run"),
        help: ArgumentHelp("Print what would be written, true by default. [BUCKETBOT_DRY_RUN]", valueName: "bool"))
    var dryRun: String?

    @OptionGroup var github: GitHubOptions
    @OptionGroup var storage: StorageOptions

    func run() async throws {
        let own: [String: String?] = ["DATABASE": database, "DRY_RUN": dryRun]
        let settings = Settings(flags: own.merging(github.flags) { $1 }.merging(storage.flags) { $1 })
        var logger = try settings.logger(now: { Date() })
        logger.logLevel = max(.notice, logger.logLevel)
        let isDryRun = try settings.isDryRun()
        try checkArguments()
        let store = try await settings.store()
        let before = try await store.outbox.latest(limit: 1).first?.id.number ?? 0
        let delivery = try await delivery(in: store)
        let outcome = try await settings.withHandlerParts(store: store, isDryRun: isDryRun, logger: logger) { parts in
            try await EventHandler(parts: parts).handle(delivery.event, of: delivery.hand)
        }
        let writes = try await store.outbox.latest(limit: 100).filter { $0.id.number > before }
        try await store.close()
        try StandardStreams.write(WrittenText.text(of: writes.reversed()) + Self.words(outcome) + "\n")
        if outcome != .finished { throw ExitCode(3) }
    }

    private func checkArguments() throws {
        switch (guid, event, payload) {
        case (.some, nil, nil), (nil, .some, .some): return
        default: throw WrongUse("Give the GUID of a delivery, or both --event and --payload.")
        }
    }

    private func delivery(in store: any Store) async throws -> (event: Event, hand: DeliveryInHand) {
        var origin = DeliveryOrigin.unknown
        let (name, bytes): (String, [UInt8])
        if let guid {
            guard let stored = try await store.inbox.find(DeliveryID(guid)) else {
                throw WrongUse("\(guid): the database has no such delivery, or has it no longer.")
            }
            (name, bytes) = (stored.record.event, stored.record.payload)
            origin = stored.record.origin
        } else {
            (name, bytes) = (event ?? "", try Self.read(payload ?? "-"))
        }
        do {
            let event = try Event(name: name, payload: bytes)
            let hand = DeliveryInHand(
                id: DeliveryID(guid ?? "replay"), source: "replay", origin: origin, receivedAt: Date(), attempt: 1,
                isLastAttempt: false, lastReason: nil)
            return (event, hand)
        } catch let problem {
            throw WrongUse("The payload cannot be read: \(problem).")
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        do {
            let handle = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            return Array(try handle.read(upToCount: payloadByteLimit) ?? Data())
        } catch {
            throw WrongUse("--payload \(path): the file cannot be read.")
        }
    }

    /// GitHub sends no larger payloads.
    private static let payloadByteLimit = 25 << 20

    private static func words(_ outcome: DeliveryOutcome) -> String {
        switch outcome {
        case .finished: "Nothing is left to do."
        case .postponed(let until, let why): "It has to wait until \(until.formatted(.iso8601)): \(why)"
        case .parked(let why): "It needs a person: \(why)"
        }
    }
}
