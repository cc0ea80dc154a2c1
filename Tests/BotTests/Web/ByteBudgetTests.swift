import HTTPTypes
import HummingbirdCore
import NIOCore
import Testing

@testable import Bot

@Suite("The budget of bodies")
struct ByteBudgetTests {
    private let late = ContinuousClock.now + .seconds(600)
    private let budget = ByteBudget(bytes: 150, largestBytes: 100, wait: .milliseconds(20))

    @Test("who had to wait for others is told to come again, and not that it was slow")
    func notItsFault() async throws {
        let patient = ByteBudget(bytes: 10, largestBytes: 10, wait: .seconds(60))
        let (other, share) = (patient.open(), patient.open())
        #expect(try await patient.grow(other, by: 10, until: late))
        let (body, source) = RequestBody.makeStream()
        let reader = WebhookBodyReader(maxBytes: 10, deadline: .seconds(60), budget: patient, secrets: [])
        let refusal = await #expect(throws: WebhookRefusal.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await reader.read(body, AnnouncedBody(), share) }
                await source.yield(ByteBuffer(string: "a"))
                while !patient.hasWaited(share) { await Task.yield() }
                patient.close(other)
                // As a late body ends.
                await source.yield(ByteBuffer())
                try await group.waitForAll()
            }
        }
        #expect(refusal?.status == .serviceUnavailable)
        source.finish()
    }

    @Test("what is given back can be taken again")
    func givenBack() async throws {
        let one = budget.open()
        #expect(try await budget.grow(one, by: 50, until: late))
        budget.close(one)
        #expect(budget.takenBytes == 0)
        let two = budget.open()
        #expect(try await budget.grow(two, by: 50, until: late))
        #expect(budget.takenBytes == 50)
    }

    @Test("of two that would need more than there is one always gets on, and the other after it")
    func noDeadlock() async throws {
        let patient = ByteBudget(bytes: 150, largestBytes: 100, wait: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let share = patient.open()
                    defer { patient.close(share) }
                    for _ in 0..<10 {
                        let hasGrown = try await patient.grow(share, by: 10, until: late)
                        #expect(hasGrown)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(patient.takenBytes == 0)
        #expect(patient.peakBytes <= 150)
    }

    @Test("who finds no room in time is told so, and holds up nobody afterwards")
    func noRoom() async throws {
        let (one, two, three) = (budget.open(), budget.open(), budget.open())
        #expect(try await budget.grow(one, by: 50, until: late))
        #expect(try await budget.grow(two, by: 1, until: late))
        #expect(try await budget.grow(three, by: 1, until: late) == false)
        #expect(!budget.isWaiting(three))
        budget.close(two)
        #expect(try await budget.grow(three, by: 1, until: late))
    }

    @Test("who is cancelled while it waits is let go")
    func cancelled() async throws {
        let patient = ByteBudget(bytes: 100, largestBytes: 100, wait: .seconds(60))
        let (one, two) = (patient.open(), patient.open())
        #expect(try await patient.grow(one, by: 1, until: late))
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await patient.grow(two, by: 1, until: late) }
                while !patient.isWaiting(two) { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(!patient.isWaiting(two))
    }
}
