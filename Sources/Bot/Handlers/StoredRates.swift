internal import BotCore
internal import Foundation
internal import OpenSSLCrypto
internal import Persistence

/// How often people gave commands, kept in the store so that a restart opens no gate.
struct StoredRates: Sendable {
    /// Where it is kept.
    let cursors: any Cursors
    /// The clock.
    let now: @Sendable () -> Date

    private static let prefix = "commands:"
    private static let told = "told:"

    /// How the names of all that is kept begin.
    static let namePrefixes = [prefix, told + prefix]

    /// What a rate holds for.
    enum Subject: Hashable, Sendable {
        /// One person, in all repositories.
        case person(BotCore.AccountID)
        /// One pull request or issue.
        case conversation(lane: String)

        fileprivate var name: CursorName {
            switch self {
            case .person(let id): CursorName("\(StoredRates.prefix)person:\(id.rawValue)")
            case .conversation(let lane): CursorName("\(StoredRates.prefix)\(lane)")
            }
        }

        fileprivate var toldName: CursorName { CursorName("\(StoredRates.told)\(name.text)") }

        fileprivate var limit: Int {
            switch self {
            case .person: CommandRate.perPersonPerHour
            case .conversation: CommandRate.perConversationPerHour
            }
        }
    }

    /// Counts a command.
    ///
    /// - Parameters:
    ///   - marker: Of the reply to it; a command that was counted before is not counted again.
    ///   - subject: What the rate holds for.
    /// - Returns: Nil where there is room, else when there will be.
    /// - Throws: `StoreError`; `CryptoError` where OpenSSL has no SHA-256.
    func take(_ marker: Marker, for subject: Subject) async throws -> Date? {
        let command = try hexadecimal(Array(sha256(Array(marker.text.utf8)).prefix(6)))
        let (now, limit) = (now(), subject.limit)
        return try await cursors.change(subject.name, now: now) { stored in
            var rate = CommandRate(stored: stored ?? "")
            let until = rate.take(command: command, limit: limit, now: now)
            stored = rate.stored
            return until
        }
    }

    /// Whether somebody has yet to be told that there is no room; whoever goes on asking is told once, until there is.
    ///
    /// - Parameters:
    ///   - subject: What the rate holds for.
    ///   - until: When there is room again.
    /// - Returns: Whether it is to be said now.
    /// - Throws: `StoreError`.
    func isNews(_ subject: Subject, until: Date) async throws -> Bool {
        let now = now()
        return try await cursors.change(subject.toldName, now: now) { stored in
            if let told = stored.flatMap({ Double($0) }), told > now.timeIntervalSince1970 { return false }
            stored = "\(Int64(until.timeIntervalSince1970))"
            return true
        }
    }
}
