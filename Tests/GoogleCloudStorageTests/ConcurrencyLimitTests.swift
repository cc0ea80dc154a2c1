import GoogleCloudStorage
import Synchronization
import Testing

/// So many at once, and no more.
@Suite struct ConcurrencyLimitTests {
    /// Waits until so many wait, by giving way to other tasks; nothing here depends on time.
    private func untilWaiting(_ count: Int, _ limit: ConcurrencyLimit) async {
        while limit.waitingCount < count { await Task.yield() }
    }

    /// Counts who runs.
    private final class Running: Sendable {
        private let state = Mutex((now: 0, most: 0, total: 0))

        var counts: (now: Int, most: Int, total: Int) { state.withLock { $0 } }

        func begin() {
            state.withLock { state in
                state.now += 1
                state.total += 1
                state.most = max(state.most, state.now)
            }
        }

        func end() { state.withLock { $0.now -= 1 } }
    }

    @Test("never more than the limit run, and all run in the end")
    func bounded() async throws {
        let limit = ConcurrencyLimit(3)
        let running = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await limit.withPermit {
                        running.begin()
                        await Task.yield()
                        running.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.counts.most <= 3)
        #expect(running.counts.total == 200)
        #expect(limit.waitingCount == 0)
    }

    @Test("who is canceled while waiting leaves the line and takes no permit")
    func cancellation() async throws {
        let limit = ConcurrencyLimit(1)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await limit.withPermit { for await _ in gate { break } }
        }
        let waiter = Task { try await limit.withPermit { _ = Issue.record("it ran") } }
        let patient = Task { try await limit.withPermit { 7 } }
        await untilWaiting(2, limit)
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        open.yield()
        try await holder.value
        #expect(try await patient.value == 7)
        #expect(try await limit.withPermit { 8 } == 8)
    }

    @Test("a task that is canceled already takes no permit")
    func canceledBefore() async throws {
        let limit = ConcurrencyLimit(1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await limit.withPermit { _ = Issue.record("it ran") }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await limit.withPermit { 8 } == 8)
    }

    private struct OwnError: Error {}

    @Test("an error gives the permit back")
    func errors() async throws {
        let limit = ConcurrencyLimit(1)
        for _ in 0..<3 {
            await #expect(throws: OwnError.self) { try await limit.withPermit { throw OwnError() } }
        }
        #expect(try await ConcurrencyLimit(-5).withPermit { 1 } == 1)
    }
}
