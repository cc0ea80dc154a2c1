import Testing

@testable import GitHubAPI

@Suite("Who goes first")
struct GateTests {
    @Test("The urgent go first, and equals in the order in which they came")
    func order() async throws {
        let gate = PriorityGate(1)
        let order = Noted<[String]>([])
        try await gate.enter(.interactive)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, priority) in [
                ("sweep", RequestPriority.sweep), ("background 1", .background), ("background 2", .background),
                ("interactive", .interactive),
            ] {
                let before = gate.waitingCount
                group.addTask {
                    try await gate.enter(priority)
                    order.change { $0.append(name) }
                    gate.leave()
                }
                while gate.waitingCount == before { await Task.yield() }
            }
            gate.leave()
            try await group.waitForAll()
        }
        #expect(order.value == ["interactive", "background 1", "background 2", "sweep"])
    }

    @Test("No more are inside than there are places")
    func places() async throws {
        let gate = PriorityGate(3)
        let inside = Noted(0)
        let most = Noted(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask {
                    try await gate.enter(index.isMultiple(of: 2) ? .interactive : .sweep)
                    let count = inside.change { inside in
                        inside += 1
                        return inside
                    }
                    most.change { $0 = max($0, count) }
                    await Task.yield()
                    inside.change { $0 -= 1 }
                    gate.leave()
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.value == 0)
        #expect((1...3).contains(most.value))
    }

    @Test("Who is canceled while waiting leaves the line, and takes no place")
    func cancellation() async throws {
        let gate = PriorityGate(1)
        try await gate.enter(.interactive)
        let waiting = Task { try await gate.enter(.interactive) }
        while gate.waitingCount == 0 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(gate.waitingCount == 0)
        gate.leave()
        try await gate.enter(.sweep)
    }

    @Test("Who is canceled already does not enter")
    func canceledBefore() async throws {
        let gate = PriorityGate(1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await gate.enter(.interactive)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        try await gate.enter(.interactive)
    }
}

@Suite("Work that is done once for all who want it")
struct SingleFlightTests {
    private struct Wrong: Error {}

    @Test("Ten who come together share one piece of work")
    func shared() async throws {
        let flight = SingleFlight<String, Int>()
        let works = Noted(0)
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await flight.run("a") {
                        while flight.waitingCount(for: "a") < 9 { await Task.yield() }
                        return works.change { works in
                            works += 1
                            return works
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: 1, count: 10))
    }

    @Test("A failure is everybody's, and is not remembered")
    func failure() async throws {
        let flight = SingleFlight<String, Int>()
        let waiting = Task {
            try await flight.run("a") {
                while flight.waitingCount(for: "a") < 1 { await Task.yield() }
                throw Wrong()
            }
        }
        let other = Task { try await flight.run("a") { throw Wrong() } }
        await #expect(throws: Wrong.self) { try await waiting.value }
        await #expect(throws: Wrong.self) { try await other.value }
        #expect(try await flight.run("a") { 7 } == 7)
    }

    @Test("Where the one who works is canceled, one who waits takes over")
    func takeOver() async throws {
        let flight = SingleFlight<String, Int>()
        let begun = Noted(false)
        let first = Task {
            try await flight.run("a") {
                begun.change { $0 = true }
                while flight.waitingCount(for: "a") < 1 || !Task.isCancelled { await Task.yield() }
                throw CancellationError()
            }
        }
        while !begun.value { await Task.yield() }
        let second = Task { try await flight.run("a") { 2 } }
        while flight.waitingCount(for: "a") < 1 { await Task.yield() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(try await second.value == 2)
    }

    @Test("Who is canceled while waiting does not disturb the work")
    func canceledWaiter() async throws {
        let flight = SingleFlight<String, Int>()
        let goesOn = Noted(false)
        let first = Task {
            try await flight.run("a") {
                while !goesOn.value { await Task.yield() }
                return 1
            }
        }
        let second = Task { () async throws -> Int in
            try await flight.run("a") { 2 }
        }
        while flight.waitingCount(for: "a") < 1 { await Task.yield() }
        second.cancel()
        while flight.waitingCount(for: "a") > 0 { await Task.yield() }
        goesOn.change { $0 = true }
        #expect(try await first.value == 1)
        await #expect(throws: CancellationError.self) { try await second.value }
    }
}
