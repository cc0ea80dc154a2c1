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

    /// What a rate holds for.
    enum Subject: Hashable, Sendable {
        /// One person, in all repositories.
        case person(BotCore.AccountID)
        /// One pull request or issue.
        case conversation(lane: String)

        fileprivate var name: CursorName {
            switch self {
            case .person(let id): CursorName("commands:person:\(id.rawValue)")
            case .conversation(let lane): CursorName("commands:\(lane)")
            }
        }

        fileprivate var toldName: CursorName { CursorName("told:\(name.text)") }

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
        let stored = try await cursors.position(of: subject.name)?.value ?? ""
        var rate = CommandRate(stored: stored)
        let until = rate.take(
            command: try hexadecimal(Array(sha256(Array(marker.text.utf8)).prefix(6))), limit: subject.limit, now: now()
        )
        if rate.stored != stored { try await cursors.move(subject.name, to: rate.stored, now: now()) }
        return until
    }

    /// Whether somebody has yet to be told that there is no room; whoever goes on asking is told once, until there is.
    ///
    /// - Parameters:
    ///   - subject: What the rate holds for.
    ///   - until: When there is room again.
    /// - Returns: Whether it is to be said now.
    /// - Throws: `StoreError`.
    func isNews(_ subject: Subject, until: Date) async throws -> Bool {
        let told = try await cursors.position(of: subject.toldName).flatMap { Double($0.value) } ?? 0
        guard told <= now().timeIntervalSince1970 else { return false }
        try await cursors.move(subject.toldName, to: "\(Int64(until.timeIntervalSince1970))", now: now())
        return true
    }
}
