import BotCore
import FuzzDriver

import struct Foundation.Date

/// Answers a probe's questions with whatever the bytes say: it ends within its bounds, and an outage is no verdict.
@main
enum FuzzProbe: Fuzzer {
    static func read(_ bytes: [UInt8]) {
        var storage = InventedStorage(bytes: bytes)
        var limits = ProbeLimits()
        limits.questions = 300
        limits.pagesPerListing = 6
        limits.jobs = 20
        let expectations: [LocationExpectation] = [.job, .jobs, .any]
        let places = ["logs/job/", "", "logs/", "pr-logs/directory/job/", "logs/job/1700000000000000000/"]
        var probe = LocationProbe(
            location: BucketLocation(bucket: "example", prefix: places[storage.choice(of: places.count)]),
            expectation: expectations[storage.choice(of: expectations.count)],
            depth: storage.choice(of: 2) == 0 ? .full : .freshness,
            knownNewest: storage.choice(of: 3) == 0 ? storage.name() : nil,
            context: ProbeContext(now: Date(timeIntervalSince1970: 1_750_000_000), policy: Policy(), limits: limits)
        )
        var questionCount = 0
        while case .ask(let questions) = probe.next() {
            questionCount += questions.count
            precondition(!questions.isEmpty && questionCount <= limits.questions, "\(questionCount) questions")
            // Now and then a caller gives fewer replies than there were questions.
            let given = storage.choice(of: 16) == 1 ? questions.dropLast() : questions[...]
            probe.receive(given.map { storage.reply(to: $0) })
        }
        guard case .done(let report) = probe.next() else { preconditionFailure("a probe that has ended asks again") }
        if storage.answered == 0 {
            precondition(report.kind == nil && report.access.refusal == nil && report.unknownReason != nil)
        }
        _ = report.newest(now: Date(timeIntervalSince1970: 1_750_000_000))
    }
}
