internal import Foundation

/// Decides, question by question, what to ask of one location, and reports what the answers mean.
///
/// It asks nothing itself. The caller does, in a loop:
///
///     var probe = LocationProbe(location: location, expectation: .job, depth: .full, context: context)
///     while case .ask(let questions) = probe.next() { probe.receive(await answers(to: questions)) }
///
/// Whatever is answered, it ends within `ProbeLimits.questions` questions.
public struct LocationProbe: Sendable {
    private enum Stage {
        /// The location is listed, and its builds are looked into.
        case location(JobProbe)
        /// The location is itself a build.
        case build(JobInspection)
        /// The location holds jobs: when each last got results.
        case jobs(JobsProbe)
        /// The newest of those jobs is looked at closely.
        case newestJob(JobProbe)
        /// Listing is refused: may an object be read whose name is known?
        case knownName(String)
        /// Nothing is there: what is nearby?
        case near(NearNameSearch)
        case done
    }

    private let context: ProbeContext
    private var report: ProbeReport
    private var stage: Stage
    private var pending: [StorageQuestion] = []
    private var questionCount = 0

    /// A probe that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - location: What to probe.
    ///   - expectation: What it is said to be.
    ///   - depth: How closely to look.
    ///   - knownNewest: The newest build seen last time, so that one question is enough; nil on a first probe.
    ///   - context: The clock, the thresholds and the bounds.
    public init(
        location: BucketLocation, expectation: LocationExpectation, depth: ProbeDepth, knownNewest: String? = nil,
        context: ProbeContext
    ) {
        self.context = context
        report = ProbeReport(location: location, expectation: expectation, depth: depth)
        // A folder of jobs is always listed from its first name on: names of jobs hold no time.
        let listing: ProbeDepth = expectation == .job ? depth : .full
        stage = .location(
            JobProbe(
                location, depth: listing, knownNewest: expectation == .job ? knownNewest : nil, context: context,
                isFolderExpected: expectation == .jobs))
    }

    /// What to do next; asked again without `receive`, it says the same.
    public mutating func next() -> ProbeStep {
        guard pending.isEmpty else { return .ask(pending) }
        // Each turn either asks something or moves on to a later stage, so a few turns are enough.
        for _ in 0..<16 {
            let questions = stageQuestions()
            if case .done = stage { break }
            guard !questions.isEmpty else {
                moveOn()
                continue
            }
            guard questionCount + questions.count <= context.limits.questions else {
                report.cutShort = .questions(context.limits.questions)
                finishEarly()
                break
            }
            questionCount += questions.count
            pending = questions
            return .ask(questions)
        }
        stage = .done
        return .done(report)
    }

    /// Takes the replies to the questions of `next`, in their order; replies that are missing count as unanswered.
    public mutating func receive(_ replies: [StorageReply]) {
        let missing = max(0, pending.count - replies.count)
        let replies = Array(replies.prefix(pending.count)) + Array(repeating: .page(.misfit), count: missing)
        pending = []
        for reply in replies { report.counts += reply.counts }
        switch stage {
        case .location(var probe):
            probe.receive(replies)
            stage = .location(probe)
        case .build(var inspection):
            inspection.receive(replies)
            stage = .build(inspection)
        case .jobs(var probe):
            probe.receive(replies)
            stage = .jobs(probe)
        case .newestJob(var probe):
            probe.receive(replies)
            stage = .newestJob(probe)
        case .knownName(let name):
            if let reply = replies.first {
                report.takeRead((name, AccessState(reply.asContent.outcome), reply.evidence))
            }
            stage = .done
        case .near(var search):
            search.receive(replies)
            for reply in replies { report.keep(reply.evidence, limit: context.limits.evidence) }
            stage = .near(search)
        case .done: break
        }
    }

    private mutating func stageQuestions() -> [StorageQuestion] {
        switch stage {
        case .location(var probe):
            let questions = probe.questions()
            stage = .location(probe)
            return questions
        case .build(var inspection):
            let questions = inspection.questions()
            stage = .build(inspection)
            return questions
        case .jobs(var probe):
            let questions = probe.questions()
            stage = .jobs(probe)
            return questions
        case .newestJob(var probe):
            let questions = probe.questions()
            stage = .newestJob(probe)
            return questions
        case .knownName(let name):
            return [.read(ReadQuestion(bucket: report.location.bucket, object: name, byteLimit: 1024))]
        case .near(let search): return search.questions
        case .done: return []
        }
    }

    /// Takes what a stage found, and goes on to the next one.
    private mutating func moveOn() {
        switch stage {
        case .location(let probe): stage = takeLocation(probe)
        case .build(let inspection):
            report.take(inspection, limit: context.limits.evidence)
            stage = .done
        case .jobs(let probe): stage = takeJobs(probe)
        case .newestJob(let probe):
            report.take(closely: probe, limit: context.limits.evidence)
            stage = .done
        case .near(let search):
            report.nearNames = search.nearNames
            stage = .done
        case .knownName, .done: stage = .done
        }
    }

    /// Takes what was found although the bound on questions was reached.
    private mutating func finishEarly() {
        report.isExact = false
        moveOn()
        report.isExact = false
        stage = .done
    }

    private mutating func takeLocation(_ probe: JobProbe) -> Stage {
        let isFull = report.depth == .full
        report.take(search: probe.search, limit: context.limits.evidence)
        if let refusal = probe.search.refusal {
            guard isFull else { return .done }
            if refusal == .denied { return .knownName(report.location.prefix + "latest-build.txt") }
            return refusal == .noSuchBucket ? .near(NearNameSearch(report.location, isBucketMissing: true)) : .done
        }
        guard probe.search.unknownReason == nil else { return .done }
        let kind = probe.kind(expected: report.expectation)
        report.kind = kind
        switch kind {
        case .empty:
            report.facts = probe.facts
            return isFull ? .near(NearNameSearch(report.location, isBucketMissing: false)) : .done
        case .build:
            return .build(JobInspection(build: report.location, limits: context.limits))
        case .job:
            report.take(closely: probe, limit: context.limits.evidence)
            return .done
        case .jobs:
            report.jobCount = probe.search.found.tally.countByForm[.free] ?? 0
            if report.expectation == .job {
                report.facts = probe.facts
                report.isExact = false
                return .done
            }
            // Of a job below only its freshness is told, however closely the folder is looked at.
            let depth: ProbeDepth = isFull ? .freshness : report.depth
            return .jobs(
                JobsProbe(probe.search.found.otherNames, in: report.location, depth: depth, context: context))
        }
    }

    private mutating func takeJobs(_ probe: JobsProbe) -> Stage {
        report.jobs = probe.jobs.sorted { $0.name < $1.name }
        report.facts = probe.jobs.flatMap(\.facts)
        report.isExact = report.isExact && probe.jobs.count == report.jobCount && probe.jobs.allSatisfy(\.isExact)
        report.unknownReason = report.unknownReason ?? probe.jobs.lazy.compactMap(\.unknownReason).first
        guard report.depth == .full else { return .done }
        let newest = probe.jobs.max { left, right in
            let times = [left, right].map { job in
                newestFact(of: job.facts, isExact: true, now: context.now)?.at.timeIntervalSince1970 ?? 0
            }
            return (times[0], left.buildCount, left.name) < (times[1], right.buildCount, right.name)
        }
        guard let newest, newest.buildCount > 0 else { return .done }
        let location = BucketLocation(
            bucket: report.location.bucket, prefix: report.location.prefix + newest.name + "/")
        return .newestJob(JobProbe(location, depth: .full, context: context))
    }
}
