internal import Synchronization

internal import struct Foundation.Date

/// What a request means for the pace.
enum PaceKind: Hashable, Sendable {
    /// Reads by REST.
    case read
    /// Reads by GraphQL.
    case query
    /// Searches.
    case search
    /// Changes something quietly.
    case write
    /// Changes something that people are told of.
    ///
    /// Source: the endpoints marked "triggers notifications" on https://docs.github.com/en/rest
    case notifyingWrite

    /// Whose hourly limit it counts against, before GitHub says it.
    var resource: String {
        switch self {
        case .query: RateLimit.graphQL
        case .search: RateLimit.search
        case .read, .write, .notifyingWrite: RateLimit.core
        }
    }

    /// What it costs of the minute's points.
    ///
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
    var points: Int {
        switch self {
        case .read, .query, .search: 1
        case .write, .notifyingWrite: 5
        }
    }
}

/// Lets the requests of one credential go at the pace that GitHub asks for.
///
/// Each request waits, in this order: for a pause to end, for its turn among writes or searches, for one of the places
/// of `maxConcurrent`, for points. Those that are more urgent go first at each gate.
final class Pacer: Sendable {
    private struct State {
        var limits: [String: RateLimit] = [:]
        var points: Double
        var pointsAt: Date?
        var earliest: [PaceKind: Date] = [:]
        var guesses = 0
        var guessedUntil: Date?
    }

    let credential: String
    private let pacing: Pacing
    private let longestPauseWait: Duration
    private let surroundings: ClientSurroundings
    private let pauses: PauseBook
    private let places: PriorityGate
    private let writes = PriorityGate(1)
    private let searches = PriorityGate(1)
    private let state: Mutex<State>

    /// A pacer that has seen no request yet.
    init(credential: String, settings: ClientSettings, surroundings: ClientSurroundings, pauses: PauseBook) {
        self.credential = credential
        pacing = settings.pacing
        longestPauseWait = settings.longestPauseWait
        self.surroundings = surroundings
        self.pauses = pauses
        places = PriorityGate(settings.pacing.maxConcurrent)
        state = Mutex(State(points: Double(settings.pacing.burstPoints)))
    }

    /// What GitHub said last of its limits.
    var limits: [RateLimit] { state.withLock { $0.limits.values.sorted { $0.resource < $1.resource } } }

    /// Runs a request when its time has come.
    ///
    /// - Parameters:
    ///   - kind: What it means for the pace.
    ///   - priority: Who waits for it.
    ///   - request: Its words for errors.
    ///   - send: Sends it.
    /// - Returns: What `send` returns.
    /// - Throws: `GitHubError` `rateLimited`, `CancellationError`, and what `send` throws.
    func run<Value>(
        _ kind: PaceKind, _ priority: RequestPriority, request: String, _ send: () async throws -> Value
    ) async throws -> Value {
        var waited = Duration.zero
        while true {
            if let hold = try await hold(on: kind, priority) {
                try await wait(for: hold, request: request, waited: &waited)
                continue
            }
            try await enter(kind, priority)
            defer { places.leave() }
            try await spend(kind.points)
            // A limit may have been met while this request waited at the gates.
            if try await hold(on: kind, priority) == nil { return try await send() }
        }
    }

    /// Notes what an answer says of the limits.
    func note(_ limit: RateLimit?, isRefusal: Bool) {
        state.withLock { state in
            if !isRefusal { state.guesses = 0 }
            guard let limit else { return }
            if let known = state.limits[limit.resource], abs(known.resetsAt.timeIntervalSince(limit.resetsAt)) < 5 {
                // Answers overtake each other; within one hour the count only falls.
                guard limit.remaining < known.remaining else { return }
            }
            state.limits[limit.resource] = limit
        }
    }

    /// Notes that a limit was met.
    ///
    /// - Throws: `CancellationError`.
    func note(_ hit: LimitHit, reason: String) async throws {
        let now = surroundings.now()
        if hit.isGuessed {
            state.withLock { state in
                // Requests that were under way together meet the same limit, and it counts once.
                if !Self.isWithinGuess(state, now) { state.guesses += 1 }
                state.guessedUntil = hit.until
            }
        }
        let pause = RequestPause(
            credential: credential, scope: hit.scope, until: hit.until, reason: String(reason.prefix(500)))
        try await pauses.note(pause, now: now)
    }

    /// How often in a row GitHub refused before without saying how long.
    var earlierGuesses: Int {
        let now = surroundings.now()
        return state.withLock { Self.isWithinGuess($0, now) ? max($0.guesses - 1, 0) : $0.guesses }
    }

    private static func isWithinGuess(_ state: State, _ now: Date) -> Bool {
        guard state.guesses > 0, let until = state.guessedUntil else { return false }
        return now < until
    }

    // MARK: - Pauses

    private struct Hold {
        let until: Date
        let reason: String
    }

    private func hold(on kind: PaceKind, _ priority: RequestPriority) async throws -> Hold? {
        let now = surroundings.now()
        if let pause = try await pauses.pause(for: credential, resource: kind.resource, now: now) {
            return Hold(until: pause.until, reason: pause.reason)
        }
        let limit = state.withLock { $0.limits[kind.resource] }
        guard let limit, limit.resetsAt > now else { return nil }
        if limit.remaining <= 0 {
            return Hold(
                until: limit.resetsAt.addingTimeInterval(1), reason: "all \(limit.limit) calls of the hour are used")
        }
        let reserve = min(pacing.reservedCalls, limit.limit / 100 * pacing.reservedPercent)
        guard priority != .interactive, limit.remaining <= reserve else { return nil }
        return Hold(
            until: limit.resetsAt.addingTimeInterval(1),
            reason: "the last \(reserve) of \(limit.limit) calls are kept for what people wait for")
    }

    private func wait(for hold: Hold, request: String, waited: inout Duration) async throws {
        let seconds = max(hold.until.timeIntervalSince(surroundings.now()), 0.001)
        let wait = Duration.seconds(min(seconds, 86_400))
        guard waited + wait <= longestPauseWait else {
            throw GitHubError(.rateLimited(until: hold.until), request: request, message: hold.reason)
        }
        waited += wait
        try await surroundings.pause(wait)
    }

    // MARK: - Gates

    private func enter(_ kind: PaceKind, _ priority: RequestPriority) async throws {
        let gate: PriorityGate
        switch kind {
        case .read, .query: return try await places.enter(priority)
        case .search: gate = searches
        case .write, .notifyingWrite: gate = writes
        }
        try await gate.enter(priority)
        defer { gate.leave() }
        let start = state.withLock { $0.earliest[kind] }
        if let start {
            let seconds = start.timeIntervalSince(surroundings.now())
            if seconds > 0 { try await surroundings.pause(.seconds(min(seconds, 60))) }
        }
        // The gate stays shut until there is a place, so that two that had to wait here do not start together.
        try await places.enter(priority)
        let now = surroundings.now()
        state.withLock { noteStart(of: kind, at: now, &$0) }
    }

    private func noteStart(of kind: PaceKind, at now: Date, _ state: inout State) {
        switch kind {
        case .read, .query: return
        case .search: state.earliest[.search] = now.addingTimeInterval(pacing.betweenSearches.seconds)
        case .write:
            let next = now.addingTimeInterval(pacing.betweenWrites.seconds)
            state.earliest[.write] = next
            state.earliest[.notifyingWrite] = max(state.earliest[.notifyingWrite] ?? next, next)
        case .notifyingWrite:
            state.earliest[.write] = now.addingTimeInterval(pacing.betweenWrites.seconds)
            state.earliest[.notifyingWrite] = now.addingTimeInterval(pacing.betweenNotifyingWrites.seconds)
        }
    }

    private func spend(_ points: Int) async throws {
        let now = surroundings.now()
        let missing = state.withLock { state -> Double in
            let passed = state.pointsAt.map { max(now.timeIntervalSince($0), 0) } ?? 0
            state.pointsAt = now
            state.points = min(state.points + passed * Double(pacing.pointsPerSecond), Double(pacing.burstPoints))
            // The points are taken at once and may be owed, so that who comes later waits longer.
            state.points -= Double(points)
            return max(-state.points, 0)
        }
        guard missing > 0 else { return }
        do {
            try await surroundings.pause(.seconds(missing / Double(max(pacing.pointsPerSecond, 1))))
        } catch {
            state.withLock { $0.points += Double(points) }
            throw error
        }
    }
}
