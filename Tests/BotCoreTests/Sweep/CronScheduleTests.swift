import Foundation
import Testing

@testable import BotCore

@Suite("When a sweep is due")
struct CronScheduleTests {
    private func time(_ text: String) throws -> Date { try #require(PlausibleTime.date(rfc3339: text)) }

    @Test(
        "the times before and after a moment, in UTC",
        arguments: [
            ("0 6 * * *", "2026-11-22T06:00:00Z", "2026-11-22T06:00:00Z", "2026-11-23T06:00:00Z"),
            ("0 6 * * *", "2026-11-22T05:59:59Z", "2026-11-21T06:00:00Z", "2026-11-22T06:00:00Z"),
            ("*/20 * * * *", "2026-11-22T10:41:10Z", "2026-11-22T10:40:00Z", "2026-11-22T11:00:00Z"),
            ("5,35 8-18/2 * * mon-fri", "2026-11-22T12:00:00Z", "2026-11-20T18:35:00Z", "2026-11-23T08:05:00Z"),
            ("0 0 29 2 *", "2026-11-22T12:00:00Z", "2024-02-29T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("0 0 1 * sun", "2026-11-22T12:00:00Z", "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"),
            ("0 0 1 * 7", "2026-11-29T12:00:00Z", "2026-11-29T00:00:00Z", "2026-12-01T00:00:00Z"),
            ("0 0 */2 * 1", "2026-11-22T12:00:00Z", "2026-11-09T00:00:00Z", "2026-11-23T00:00:00Z"),
            ("@monthly", "2026-11-22T12:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
            ("30 23 31 dec *", "2026-11-22T12:00:00Z", "2025-12-31T23:30:00Z", "2026-12-31T23:30:00Z"),
            ("10/25 3 * * *", "2026-11-22T12:00:00Z", "2026-11-22T03:35:00Z", "2026-11-23T03:10:00Z"),
        ])
    func due(text: String, now: String, last: String, next: String) throws {
        let schedule = try CronSchedule(text)
        #expect(schedule.lastDue(atOrBefore: try time(now)) == (try time(last)))
        #expect(schedule.nextDue(after: try time(now)) == (try time(next)))
    }

    @Test(
        "what is no schedule is refused with words that help",
        arguments: [
            "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
            "5-1 * * * *",
            "*/0 * * * *", "a * * * *", "1,,2 * * * *", "-1 * * * *", "1- * * * *", "1/2/3 * * * *", "0 0 30 2 *",
            "99999999999999999999 * * * *", "@never", "*/ * * * *", "0 0 * monday *",
        ])
    func refused(text: String) throws {
        #expect(throws: CronSchedule.Problem.self) { try CronSchedule(text) }
    }

    @Test("the time that is due next is the last one when it has come")
    func consistent() throws {
        for text in ["7 * * * *", "0 6 * * 1-5", "*/15 */6 1,15 * *"] {
            let schedule = try CronSchedule(text)
            var now = probeNow
            for _ in 0..<50 {
                let next = try #require(schedule.nextDue(after: now))
                #expect(next > now)
                #expect(schedule.lastDue(atOrBefore: next) == next)
                #expect(schedule.lastDue(atOrBefore: next.addingTimeInterval(-1)).map { $0 <= now } == true)
                now = next
            }
        }
    }
}
