internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Everything that leaves for GitHub goes through here: stored before it is sent, and looked for before it is sent again.
///
/// The key says what a write makes, never when or how often: whoever does the same work again, after a crash, a lost
/// answer or a repeated delivery, comes to the same key and finds what was done.
struct OutgoingWrites: Sendable {
    /// Where writes are stored.
    let outbox: any Outbox
    /// Whether nothing is sent.
    let isDryRun: Bool
    /// The clock of what is stored.
    let now: @Sendable () -> Date
    /// Told of each write.
    let logger: Logger

    /// How a write is carried out, and how it is found.
    struct Deed: Sendable {
        /// Sends it and returns what GitHub calls the result.
        ///
        /// It is given what the key made last, to be changed and not made again.
        let send: @Sendable (_ last: Standing?) async throws -> String
        /// Looks for what stands under its key; nil where nothing does.
        let find: @Sendable () async throws -> Found?
        /// Whether what the outbox says is standing was seen to be gone.
        var isKnownToBeGone = false
    }

    /// What stands on GitHub under a key.
    struct Found: Hashable, Sendable {
        /// GitHub's name for it.
        let remoteID: String
        /// Whether it is what would be written now.
        let isSame: Bool
    }

    /// What a key made last.
    struct Standing: Hashable, Sendable {
        /// GitHub's name for it.
        let remoteID: String
        /// What it said; nil where that is not known for certain.
        let body: [UInt8]?
    }

    /// What came of a write.
    enum Outcome: Hashable, Sendable {
        /// It was sent, or found to be there; with GitHub's name for it.
        case stands(String)
        /// Dry run: it was stored and shown.
        case recorded
    }

    /// Reads back and prepares anew this often before somebody has to look.
    private static let roundLimit = 4

    /// Carries a write out, unless it has been.
    ///
    /// - Parameters:
    ///   - write: Its key and content.
    ///   - deed: How it is sent and found.
    /// - Returns: What came of it.
    /// - Throws: `GitHubError` or `StoreError`; after one that leaves open whether it was done the write stays prepared,
    ///   and the next attempt looks for it first.
    func carryOut(_ write: OutgoingWrite, _ deed: Deed) async throws -> Outcome {
        var isGone = deed.isKnownToBeGone
        var standing: Standing?
        for _ in 0..<Self.roundLimit {
            switch try await outbox.prepare(write, isDryRun: isDryRun, now: now()) {
            case .recorded(let entry):
                show(entry.write)
                return .recorded
            case .unchanged(let entry):
                guard let remoteID = entry.remoteID else { return .recorded }
                guard isGone else { return .stands(remoteID) }
                try await outbox.markFailed(entry.id, because: "it does not stand any more", now: now())
                isGone = false
            case .readBack(let entry):
                standing = try await readBack(entry, deed)
                isGone = false
            case .send(let entry, let last):
                let last = standing ?? (isGone ? nil : last.flatMap(Standing.init))
                return .stands(try await send(entry, last: last, deed))
            }
        }
        throw UnsettledWrite(key: write.key)
    }

    /// Says what became of a write that was cut off and need not be carried out any more.
    ///
    /// - Parameters:
    ///   - key: What it is found by.
    ///   - find: Looks for what stands under the key; it is asked only where a write was cut off.
    /// - Throws: `StoreError`, or what `find` throws.
    func settle(_ key: OutboxKey, find: (OutgoingWrite) async throws -> Found?) async throws {
        for entry in try await outbox.history(of: key) where entry.state == .prepared {
            if let found = try await find(entry.write), found.isSame {
                try await outbox.markConfirmed(entry.id, remoteID: found.remoteID, now: now())
            } else {
                try await outbox.markFailed(entry.id, because: "looked for, and not found as it was", now: now())
            }
        }
    }

    /// Looks for what may have been sent before, and says what was found of it.
    ///
    /// - Returns: What stands there with another content, to be changed; nil where that is not needed.
    private func readBack(_ entry: OutboxEntry, _ deed: Deed) async throws -> Standing? {
        guard let found = try await deed.find() else {
            try await outbox.markFailed(entry.id, because: "looked for, and not found", now: now())
            return nil
        }
        guard found.isSame else {
            try await outbox.markFailed(entry.id, because: "looked for, and found with another content", now: now())
            return Standing(remoteID: found.remoteID, body: nil)
        }
        try await outbox.markConfirmed(entry.id, remoteID: found.remoteID, now: now())
        log(entry.write, "found as it was sent before", remoteID: found.remoteID)
        return nil
    }

    private func send(_ entry: OutboxEntry, last: Standing?, _ deed: Deed) async throws -> String {
        do {
            let made = try await deed.send(last)
            try await outbox.markSent(entry.id, remoteID: made, now: now())
            log(entry.write, "sent", remoteID: made)
            return made
        } catch let error as GitHubError where error.mayHaveBeenDone {
            throw error
        } catch let error as GitHubError {
            try await outbox.markFailed(entry.id, because: error.description, now: now())
            throw error
        }
    }

    private func show(_ write: OutgoingWrite) {
        logger.info(
            "Dry run: not sent",
            metadata: [
                "write.kind": "\(write.kind)", "write.target": "\(write.target)", "write.key": "\(write.key)",
                "write.body": "\(String(decoding: write.body, as: UTF8.self))",
            ])
    }

    private func log(_ write: OutgoingWrite, _ what: String, remoteID: String) {
        logger.info(
            "\(write.kind) on \(write.target): \(what)",
            metadata: ["write.key": "\(write.key)", "write.remote_id": "\(remoteID)"])
    }
}

extension OutgoingWrites.Standing {
    /// What an entry of the outbox made; nil where GitHub did not name it.
    init?(_ entry: OutboxEntry) {
        guard let remoteID = entry.remoteID else { return nil }
        self.init(remoteID: remoteID, body: entry.write.body)
    }
}

/// A write that is found neither done nor undone, however often it is looked for.
struct UnsettledWrite: Error, CustomStringConvertible {
    let key: OutboxKey

    var description: String { "\(key) could not be settled: it was read back and prepared again too often" }
}

extension GitHubError {
    /// Whether the write that failed may have been carried out all the same.
    var mayHaveBeenDone: Bool {
        switch kind {
        case .ambiguous, .malformed, .tooLarge: true
        case .notFound, .gone, .notInstalled, .unauthorized, .forbidden, .conflict, .unprocessable, .moved, .refused,
            .rateLimited, .unavailable, .tooManyPages:
            false
        }
    }
}
