public import struct Foundation.Date

/// An event on its way to the App's webhook, or there.
public struct StandInDelivery: Hashable, Sendable {
    /// One attempt's number.
    public let id: Int
    /// The event's name for all attempts.
    public let guid: String
    /// Such as `pull_request`.
    public let event: String
    /// Such as `opened`; nil where the event has none.
    public let action: String?
    /// The body's bytes.
    public let payload: [UInt8]
    /// Whether it is a further attempt.
    public let isRedelivery: Bool
    /// When it was sent.
    public internal(set) var deliveredAt: Date
    /// The status that the receiver answered; 0 before there is an answer.
    public internal(set) var statusCode = 0
    /// `OK`, or why not.
    public internal(set) var status = "pending"
    /// What the receiver answered.
    public internal(set) var response: [UInt8] = []
    /// The headers that were sent.
    public internal(set) var headers: [String: String] = [:]
    let installationID: Int?
    let repositoryID: Int?
    /// Whether it waits to be sent.
    var isWaiting = true
}
