public import BotCore

public import struct Foundation.Date

/// Carries out probes: asks what `LocationProbe` wants to know, questions of one step at once.
public struct LocationProber: Sendable {
    private let storage: any ObjectStorage
    private let policy: Policy
    private let limits: ProbeLimits

    /// Asks a storage.
    ///
    /// - Parameters:
    ///   - storage: Who answers; its own limits bound how many requests are sent at once.
    ///   - policy: The repository's policy, which decides how far back to look.
    ///   - limits: Bounds of each probe.
    public init(storage: any ObjectStorage, policy: Policy, limits: ProbeLimits = ProbeLimits()) {
        self.storage = storage
        self.policy = policy
        self.limits = limits
    }

    /// Probes one location to its end.
    ///
    /// - Parameters:
    ///   - location: Where to look.
    ///   - expectation: What ought to be there.
    ///   - depth: How much to look at.
    ///   - knownNewest: The newest build seen last time, so that one request is enough; nil on a first probe.
    ///   - now: The clock that plausibility is judged by.
    /// - Returns: What was found, an outage included.
    /// - Throws: `CancellationError`.
    public func report(
        on location: BucketLocation, expecting expectation: LocationExpectation, depth: ProbeDepth,
        knownNewest: String? = nil, now: Date
    ) async throws -> ProbeReport {
        var probe = LocationProbe(
            location: location, expectation: expectation, depth: depth, knownNewest: knownNewest,
            context: ProbeContext(now: now, policy: policy, limits: limits))
        while true {
            switch probe.next() {
            case .done(let report): return report
            case .ask(let questions): probe.receive(try await replies(to: questions))
            }
        }
    }

    private func replies(to questions: [StorageQuestion]) async throws -> [StorageReply] {
        if questions.count == 1, let question = questions.first { return [try await reply(to: question)] }
        return try await withThrowingTaskGroup(of: (Int, StorageReply).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, try await reply(to: question)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func reply(to question: StorageQuestion) async throws -> StorageReply {
        switch question {
        case .list(let question):
            return .page(try await storage.list(question))
        case .read(let question):
            return .content(
                try await storage.read(
                    bucket: question.bucket, object: question.object, byteLimit: question.byteLimit))
        case .readJUnit(let question):
            return .junit(
                try await storage.withObject(
                    bucket: question.bucket, object: question.object, byteLimit: question.byteLimit,
                    { pieces in try await summary(of: pieces, byteLimit: question.byteLimit) }))
        }
    }

    /// Reads a JUnit file as it comes, and stops where it is too large or no JUnit.
    private func summary(of pieces: ObjectPieces, byteLimit: Int) async throws -> JUnitSummary {
        let reader = JUnitReader(byteLimit: byteLimit)
        do {
            for try await piece in pieces where !reader.feed(piece) { break }
        } catch ObjectReadError.tooLarge {
            // One byte more than allowed: the reader says so in its summary.
            _ = reader.feed([0x20])
        }
        return reader.finish()
    }
}
