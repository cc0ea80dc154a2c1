import BotCore
import Foundation
import Testing

/// How often and when a request is repeated.
@Suite struct RetryBudgetTests {
    private let budget = RetryBudget(
        attempts: 4, total: .seconds(60), firstPause: .milliseconds(500), longestPause: .seconds(16))

    private func pause(
        _ attempt: Int, after retryAfter: Duration? = nil, spent: Duration = .zero, random: Double = 1
    ) -> Duration? {
        budget.pause(afterAttempt: attempt, retryAfter: retryAfter, spent: spent, random: random)
    }

    @Test("the ceiling doubles, and the pause is drawn below it")
    func theCeilingDoublesAndThePause() {
        #expect(pause(1) == .milliseconds(500))
        #expect(pause(2) == .seconds(1))
        #expect(pause(3) == .seconds(2))
        #expect(pause(3, random: 0.25) == .milliseconds(500))
        #expect(pause(3, random: 0) == .zero)
    }

    @Test("no pause is longer than the longest")
    func noPauseIsLongerThanThe() {
        let patient = RetryBudget(attempts: 1000, total: .seconds(3600), longestPause: .seconds(16))
        for attempt in [6, 7, 40, 999] {
            #expect(patient.pause(afterAttempt: attempt, retryAfter: nil, spent: .zero, random: 1) == .seconds(16))
        }
    }

    @Test("attempts and time are both bounded")
    func attemptsAndTimeAreBothBounded() {
        #expect(pause(4) == nil)
        #expect(pause(0) == nil)
        #expect(pause(.max) == nil)
        #expect(pause(1, spent: .seconds(59)) == .milliseconds(500))
        #expect(pause(1, spent: .milliseconds(59_500)) == nil)
    }

    @Test("what the server asks for is waited for in full or not at all")
    func whatTheServerAsksForIs() {
        #expect(pause(1, after: .seconds(10)) == .milliseconds(10_500))
        #expect(pause(1, after: .seconds(59)) == .milliseconds(59_500))
        #expect(pause(1, after: .seconds(60)) == nil)
        #expect(pause(1, after: .seconds(-5), random: 0) == .zero)
    }

    @Test("Retry-After is seconds or a date")
    func retryAfterIsSecondsOrA() {
        let now = Date(timeIntervalSince1970: 1_667_724_570)
        func wait(_ header: String?) -> Duration? { RetryBudget.wait(retryAfter: header, now: now) }
        #expect(wait("7") == .seconds(7))
        #expect(wait("0") == .zero)
        #expect(wait("Sun, 06 Nov 2022 08:49:37 GMT") == .seconds(7))
        #expect(wait("Sun, 06 Nov 2022 08:49:00 GMT") == .zero)
        #expect(wait("99999999999999999999999") == .seconds(86_400))
        #expect(wait("Sun, 06 Nov 2050 08:49:37 GMT") == .seconds(86_400))
        for header in [nil, "", "soon", "-1", "1.5", "+3"] { #expect(wait(header) == nil) }
    }
}
