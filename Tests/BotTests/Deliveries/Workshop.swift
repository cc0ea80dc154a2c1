import BotCore
import Foundation
import Persistence
import Synchronization
import TestSupport

@testable import Bot

/// Workers of a test, with a store and a clock of their own.
final class Workshop: Sendable {
    let store: SQLiteStore
    let log: LogRecord
    private let handler: any DeliveryHandler
    private let limits: WorkLimits
    private let time = Mutex(testTime)

    init(store: SQLiteStore, handler: any DeliveryHandler, limits: WorkLimits) {
        self.store = store
        self.handler = handler
        self.limits = limits
        log = LogRecord()
    }

    var now: Date { time.withLock { $0 } }

    var workers: DeliveryWorkers {
        DeliveryWorkers(
            inbox: store.inbox, handler: handler, bell: WorkBell(), limits: limits,
            surroundings: WorkSurroundings(now: { self.now }, jitter: { 0.5 }), logger: log.logger())
    }

    func move(by seconds: Double) { time.withLock { $0 += seconds } }

    func move(to date: Date) { time.withLock { $0 = date } }

    /// Stores a delivery as the server would.
    func accept(
        _ id: String, _ body: String = pullRequestPayload(), event: String = "pull_request"
    ) async throws {
        let decoded = try Event(name: event, payload: Array(body.utf8))
        var record = DeliveryRecord(
            id: DeliveryID(id), event: event, source: "test", lane: Lane(decoded.lane), receivedAt: now,
            body: Array(body.utf8))
        record.kind = decoded.kind
        _ = try await store.inbox.accept([record])
    }
}

/// Runs `body` with workers that nobody else drives.
func withWorkshop(
    _ handler: any DeliveryHandler, _ change: (inout WorkLimits) -> Void = { _ in },
    _ body: (Workshop) async throws -> Void
) async throws {
    var limits = WorkLimits()
    change(&limits)
    try await withTemporaryFolder { folder in
        let store = try await SQLiteStore(path: folder.appending(path: "bot.sqlite").path)
        try await body(Workshop(store: store, handler: handler, limits: limits))
        try await store.close()
    }
}

/// Fails each time.
struct FailingHandler: DeliveryHandler {
    struct FullMoon: Error, CustomStringConvertible { let description = "the moon is full" }

    /// The attempts that were said to be the last.
    static let lastAttempts = Mutex<[Int]>([])

    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        if delivery.isLastAttempt { Self.lastAttempts.withLock { $0.append(delivery.attempt) } }
        throw FullMoon()
    }
}

/// Puts everything off by a minute.
struct WaitingHandler: DeliveryHandler {
    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        .postponed(until: delivery.receivedAt, why: "GitHub asks for patience")
    }
}

/// Notes what it is given.
final class SeenEvents: DeliveryHandler {
    private let seen = Mutex<[String]>([])

    var all: [String] { seen.withLock { $0 } }

    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        let what =
            switch event {
            case .pullRequest(let event): "head \("\(event.head.sha)".prefix(7))"
            case .comment(let event): event.body
            default: "\(event)"
            }
        seen.withLock { $0.append("\(delivery.id) \(what)") }
        return .finished
    }
}

/// Goes on until it is cancelled.
final class StuckHandler: DeliveryHandler {
    private let gate = AsyncStream.makeStream(of: Void.self)

    /// Waits until it is given something.
    func begun() async {
        var iterator = gate.stream.makeAsyncIterator()
        _ = await iterator.next()
    }

    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        gate.continuation.yield()
        let never = AsyncStream<Void> { _ in }
        for await _ in never {}
        throw CancellationError()
    }
}

/// Holds every lane until another one is worked on too, and notes the order within each.
final class MeetingHandler: DeliveryHandler {
    private struct State {
        var busy: Set<String> = []
        var haveMet = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var order: [String: [Int]] = [:]
        var hasOverlapped = false
    }

    private let state = Mutex(State())
    private let done = AsyncStream.makeStream(of: Void.self)

    var order: [String: [Int]] { state.withLock { $0.order } }
    var hasOverlapped: Bool { state.withLock { $0.hasOverlapped } }

    /// Waits until so many deliveries are done.
    func finished(_ count: Int) async {
        var iterator = done.stream.makeAsyncIterator()
        for _ in 0..<count { _ = await iterator.next() }
    }

    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        guard case .comment(let comment) = event, let round = Int(comment.body.split(separator: " ").last ?? "") else {
            return .parked(why: "a test sends comments")
        }
        await withCheckedContinuation { continuation in
            let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                if !state.busy.insert(event.lane).inserted { state.hasOverlapped = true }
                state.order[event.lane, default: []].append(round)
                state.waiting.append(continuation)
                state.haveMet = state.haveMet || state.waiting.count > 1
                guard state.haveMet else { return [] }
                defer { state.waiting = [] }
                return state.waiting
            }
            for each in released { each.resume() }
        }
        _ = state.withLock { $0.busy.remove(event.lane) }
        done.continuation.yield()
        return .finished
    }
}

/// A comment as GitHub tells of it, trimmed to what is read.
func commentPayload(_ text: String, number: Int = 7) -> String {
    """
    {"action": "created",
     "issue": {"number": \(number), "state": "open", "pull_request": {}},
     "comment": {"id": 41, "body": "\(text)", "user": {"id": 12, "login": "kim", "type": "User"}},
     "repository": {"id": 21, "full_name": "acme/registry", "private": false},
     "sender": {"id": 12, "login": "kim", "type": "User"}, "installation": {"id": 31}}
    """
}
