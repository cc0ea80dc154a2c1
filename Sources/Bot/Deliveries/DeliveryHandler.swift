internal import BotCore
internal import Foundation
internal import Persistence

/// Does the work that a delivery asks for.
///
/// Deliveries of one lane come one at a time and in order; those of different lanes at the same time. A delivery may come
/// again after it was handled, since the process can end in between: what a handler does twice has to come out once.
protocol DeliveryHandler: Sendable {
    /// Works on one delivery.
    ///
    /// - Parameters:
    ///   - event: What GitHub says has happened: a reason to look, and not what is true by now.
    ///   - delivery: Which delivery it is, and how often it was tried.
    /// - Returns: What becomes of the delivery.
    /// - Throws: Whatever went wrong: the delivery is then tried again after a while, and parked after too many attempts.
    ///   `CancellationError` where the task was cancelled: the delivery is handed back and the attempt does not count.
    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome
}

/// What becomes of a delivery that was worked on.
enum DeliveryOutcome: Hashable, Sendable {
    /// There is nothing left to do.
    case finished
    /// It has to wait for something that has a time, as for a rate limit to pass. This does not count as an attempt.
    case postponed(until: Date, why: String)
    /// Only a person can tell how it goes on; the delivery stays until somebody takes it up again.
    case parked(why: String)
}

/// A delivery that is being worked on, as far as a handler needs it.
struct DeliveryInHand: Hashable, Sendable {
    /// GitHub's GUID, for logs and for keys of what is written.
    var id: DeliveryID
    /// The name of the secret that fitted, or what else brought it.
    var source: String
    /// Whose hook it came through.
    var origin = DeliveryOrigin.unknown
    /// When the request was complete.
    var receivedAt: Date
    /// Which attempt this is, from 1.
    var attempt: Int
    /// Whether it is parked if this attempt fails, so that somebody who waits for an answer can be told.
    var isLastAttempt: Bool
    /// Why the attempt before ended; nil where there was none, or where it was cut off.
    var lastReason: String?
}
