import BotCore
import Foundation
import GoogleCloudStorage

/// What one pass over all locations took.
struct MeasuredPass: Encodable {
    /// `cold` or `later`.
    let pass: String
    /// Locations that were looked at.
    let locations: Int
    /// Those of which a newest build is known afterwards.
    let found: Int
    /// Those of which nothing could be learned.
    let unknown: Int
    /// Requests of all locations.
    let requests: Int
    /// Requests of the location that took the most.
    let mostRequests: Int
    /// How many locations took so many requests, by that number.
    let locationsByRequests: [String: Int]
    /// From the first question to the last answer.
    let wallSeconds: Double
    /// Time on a processor in that while, of the whole process.
    let cpuSeconds: Double
}

/// Looks how fresh locations are, as many side by side as keep all connections busy.
struct FreshnessPass {
    let prober: LocationProber
    let locations: [BucketLocation]

    /// More than there are connections, so that none waits for a location to start.
    private static let locationsAtOnce = 128

    /// Runs one pass.
    ///
    /// - Parameters:
    ///   - name: What to call it.
    ///   - knownNewest: For each location the newest build of the pass before; nil where there was none.
    /// - Returns: What it took, and the newest build of each location.
    /// - Throws: `CancellationError`.
    func run(_ name: String, knownNewest: [String?]) async throws -> (measured: MeasuredPass, newest: [String?]) {
        var newest = knownNewest
        var requests: [Int] = []
        var unknown = 0
        let now = Date()
        let (start, cpuStart) = (ContinuousClock.now, Self.cpuSeconds)
        try await withThrowingTaskGroup(of: (Int, ProbeReport).self) { group in
            var next = locations.indices.makeIterator()
            func startOne() {
                guard let index = next.next() else { return }
                let (location, known) = (locations[index], knownNewest[index])
                group.addTask { [prober] in
                    let report = try await prober.report(
                        on: location, expecting: .job, depth: .freshness, knownNewest: known, now: now)
                    return (index, report)
                }
            }
            for _ in 0..<Self.locationsAtOnce { startOne() }
            while let (index, report) = try await group.next() {
                startOne()
                requests.append(report.counts.requests)
                if report.unknownReason != nil { unknown += 1 }
                if let build = report.tally.newest(1).first { newest[index] = build.id.text }
            }
        }
        let wall = ContinuousClock.now - start
        let measured = MeasuredPass(
            pass: name, locations: locations.count, found: newest.count { $0 != nil }, unknown: unknown,
            requests: requests.reduce(0, +), mostRequests: requests.max() ?? 0,
            locationsByRequests: Dictionary(requests.map { (String($0), 1) }, uniquingKeysWith: +),
            wallSeconds: wall / .seconds(1), cpuSeconds: Self.cpuSeconds - cpuStart)
        return (measured, newest)
    }

    /// The time that this process has had on a processor.
    private static var cpuSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
