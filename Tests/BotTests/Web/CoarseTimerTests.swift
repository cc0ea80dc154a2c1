import Testing

@testable import Bot

@Suite("A timer for all")
struct CoarseTimerTests {
    private let timer = CoarseTimer(tick: .milliseconds(1))

    @Test("everybody is woken, none before his time")
    func woken() async throws {
        async let _ = timer.run()
        let began = ContinuousClock.now
        let waited = try await withThrowingTaskGroup(of: Duration.self) { group in
            for milliseconds in [1, 5, 20] {
                group.addTask { [timer] in
                    let time = Duration.milliseconds(milliseconds)
                    try await timer.wait(for: time)
                    return ContinuousClock.now - began - time
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(waited.count == 3)
        #expect(waited.allSatisfy { $0 >= .zero })
    }

    @Test("who is cancelled waits no longer, whether before or while it waits", arguments: [false, true])
    func cancelled(isWaiting: Bool) async throws {
        // It does not run, so that nothing else ends the wait.
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [timer] in try await timer.wait(for: .seconds(3600)) }
                if isWaiting { while timer.sleeperCount == 0 { await Task.yield() } }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(timer.sleeperCount == 0)
    }
}
