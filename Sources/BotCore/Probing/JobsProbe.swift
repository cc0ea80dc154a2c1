/// Probes the jobs below a folder: when each last got results, several at once.
struct JobsProbe: Sendable {
    private let folder: BucketLocation
    private let depth: ProbeDepth
    private let context: ProbeContext
    /// The names of the jobs that are probed, in order.
    private let names: [String]
    private var next = 0
    private var running: [(probe: JobProbe, count: Int)] = []

    /// What came of each job, in the order in which they were done.
    private(set) var jobs: [ProbedJob] = []

    /// A probe that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - names: The directories' names; where they are more than the bound, they are sampled evenly.
    ///   - folder: Where they lie.
    ///   - depth: How closely to look at each.
    ///   - context: What every part of one probe shares.
    init(_ names: [String], in folder: BucketLocation, depth: ProbeDepth, context: ProbeContext) {
        self.folder = folder
        self.depth = depth
        self.context = context
        let limit = max(1, context.limits.jobs)
        self.names = names.count <= limit ? names : (0..<limit).map { names[$0 * names.count / limit] }
    }

    /// What to ask next; empty when all is done.
    mutating func questions() -> [StorageQuestion] {
        var questions: [StorageQuestion] = []
        var waiting: [(probe: JobProbe, count: Int)] = []
        var probes = running.map(\.probe)
        running = []
        while questions.count < context.limits.questionsAtOnce {
            var probe: JobProbe
            if !probes.isEmpty {
                probe = probes.removeFirst()
            } else if next < names.count {
                let location = BucketLocation(bucket: folder.bucket, prefix: folder.prefix + names[next] + "/")
                probe = JobProbe(location, depth: depth, context: context)
                next += 1
            } else {
                break
            }
            let more = probe.questions()
            if more.isEmpty {
                finish(probe)
            } else {
                questions += more
                waiting.append((probe, more.count))
            }
        }
        running = waiting + probes.map { ($0, 0) }
        return questions
    }

    /// Takes the replies to `questions`, as many as were asked.
    mutating func receive(_ replies: [StorageReply]) {
        var rest = replies[...]
        for index in running.indices where running[index].count > 0 {
            let count = running[index].count
            running[index].probe.receive(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
    }

    private mutating func finish(_ probe: JobProbe) {
        let name = probe.location.prefix.split(separator: "/").last.map(String.init) ?? probe.location.prefix
        jobs.append(
            ProbedJob(
                name: name, facts: probe.facts, isExact: probe.isExact, unknownReason: probe.unknownReason,
                refusal: probe.search.refusal, buildCount: probe.search.found.tally.count))
    }
}
