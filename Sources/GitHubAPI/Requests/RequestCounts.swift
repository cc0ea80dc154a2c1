internal import Synchronization

/// What went over the wire so far.
public struct RequestCounts: Hashable, Sendable {
    /// Requests that were sent, repetitions and those for tokens included.
    public var sent = 0
    /// Of these, answered 304: nothing had changed, and they are free.
    public var notModified = 0
    /// Of these, answered from a caching proxy, which had asked GitHub for free whether it still holds.
    public var savedByProxy = 0
    /// Of these, repetitions of a request that got no usable answer.
    public var repeated = 0
    /// Of these, refused for a limit.
    public var limited = 0
    /// Answers that never change and were taken from the store without a request.
    public var fromStore = 0
    /// Times that a store failed, and the client went on without it.
    public var storeFailures = 0
    /// The requests sent, by who waits for them.
    public var sentByPriority: [RequestPriority: Int] = [:]

    /// Nothing yet.
    public init() {}

    /// Requests that GitHub counts against the hourly limit.
    public var billed: Int { sent - notModified - savedByProxy }
}

/// Counts for everyone who shares a client.
final class RequestCounter: Sendable {
    private let state = Mutex(RequestCounts())

    /// What was counted so far.
    var counts: RequestCounts { state.withLock { $0 } }

    /// Changes the counts.
    func count(_ change: (inout RequestCounts) -> Void) { state.withLock { change(&$0) } }
}
