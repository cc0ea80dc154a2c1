internal import struct Foundation.Date

/// Looks into the newest builds of one job, and into its `latest-build.txt`.
struct JobInspection: Sendable {
    /// How much is wanted.
    enum Extent: Sendable {
        /// The times of some builds' objects, for ids that do not tell a time to be trusted.
        case times([BuildCandidate])
        /// What the newest builds' files say.
        case files
    }

    private enum Stage {
        case listing
        case reading
        case done
    }

    let directory: BucketLocation
    private let extent: Extent
    private let limits: ProbeLimits
    private let isFolderPossible: Bool
    private let latestBuildName: String?
    private let candidates: [BuildCandidate]
    private var inspections: [BuildInspection]
    private var stage = Stage.listing
    /// Builds whose questions are out, and how many questions each has asked.
    private var asked: [(index: Int, count: Int)] = []

    /// What `latest-build.txt` says; nil where it was not looked for.
    private(set) var latestBuild: LatestBuildFile?
    private var latestBuildRead: (object: String, state: AccessState, evidence: Evidence)?
    /// Whether none of the directories is a build, so that they must be jobs.
    private(set) var looksLikeFolder = false

    /// An inspection that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - found: What listing the job's directory came to.
    ///   - directory: The job's directory.
    ///   - extent: How much is wanted.
    ///   - limits: The bounds.
    init(_ found: FoundBuilds, in directory: BucketLocation, extent: Extent, limits: ProbeLimits) {
        self.directory = directory
        self.extent = extent
        self.limits = limits
        isFolderPossible = !found.holdsBuilds
        switch extent {
        case .times(let builds):
            candidates = builds
            latestBuildName = nil
        case .files:
            candidates = found.tally.newest(limits.builds)
            latestBuildName = found.markers["latest-build.txt"]?.name
            if latestBuildName == nil { latestBuild = .missing }
        }
        let first = if case .times(let builds) = extent { builds.count } else { limits.finishedBuilds }
        inspections = candidates.prefix(first).map { BuildInspection($0, in: directory, limits: limits) }
        if inspections.isEmpty { finishListing() }
    }

    /// An inspection of one location that is itself a build.
    init(build location: BucketLocation, limits: ProbeLimits) {
        directory = location
        extent = .files
        self.limits = limits
        isFolderPossible = false
        candidates = []
        latestBuildName = nil
        inspections = [BuildInspection(build: location, limits: limits)]
    }

    /// The builds that were looked into, newest first.
    var builds: [InspectedBuild] { inspections.compactMap(\.build) }

    /// Aliases that lead nowhere.
    var brokenAliases: [BrokenAlias] { inspections.compactMap(\.brokenAlias) }

    /// What came of reading objects, in the order they were asked.
    var reads: [(object: String, state: AccessState, evidence: Evidence)] {
        inspections.flatMap(\.reads) + (latestBuildRead.map { [$0] } ?? [])
    }

    /// Why a build could not be listed; nil where all could.
    var unknownReason: String? { inspections.lazy.compactMap(\.unknownReason).first }

    /// What to ask next; empty when all is done.
    mutating func questions() -> [StorageQuestion] {
        var questions: [StorageQuestion] = []
        asked = []
        for index in inspections.indices {
            let more = inspections[index].questions
            guard !more.isEmpty else { continue }
            asked.append((index, more.count))
            questions += more
        }
        if case .reading = stage, latestBuild == nil, let name = latestBuildName {
            questions.append(.read(ReadQuestion(bucket: directory.bucket, object: name, byteLimit: 1024)))
        }
        return questions
    }

    /// Takes the replies to `questions`, as many as were asked.
    mutating func receive(_ replies: [StorageReply]) {
        var rest = replies[...]
        for (index, count) in asked {
            inspections[index].receive(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        if let reply = rest.first, let name = latestBuildName { takeLatestBuild(name, reply.asContent) }
        if case .listing = stage, inspections.allSatisfy(\.isListed) { finishListing() }
    }

    /// Looks into more builds while too few of them are finished, and then begins to read.
    private mutating func finishListing() {
        let builds = builds
        if isFolderPossible, !builds.isEmpty, builds.allSatisfy({ $0.contents?.isBuild == false }) {
            looksLikeFolder = true
            stage = .done
            return
        }
        guard case .files = extent else {
            stage = .done
            return
        }
        let finished = builds.filter { $0.contents?.finished != nil }.count
        if finished < limits.finishedBuilds, inspections.count < candidates.count {
            let more = candidates[inspections.count...]
            inspections += more.map { BuildInspection($0, in: directory, limits: limits) }
            return
        }
        stage = .reading
        var finishedSoFar = 0
        for index in inspections.indices {
            let isFinished = inspections[index].build?.contents?.finished != nil
            if isFinished { finishedSoFar += 1 }
            let readsJUnit = isFinished && finishedSoFar <= limits.finishedBuilds
            if readsJUnit || index < limits.finishedBuilds { inspections[index].startReading(junit: readsJUnit) }
        }
    }

    private mutating func takeLatestBuild(_ name: String, _ answer: StorageAnswer<ObjectContent>) {
        latestBuildRead = (name, AccessState(answer.outcome), answer.evidence)
        switch answer.outcome {
        case .answered(let content):
            let text = String(decoding: content.bytes.prefix(100), as: UTF8.self)
            let trimmed = text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
            latestBuild = .read(text: text, number: BuildID.number(in: trimmed))
        case .noSuchObject: latestBuild = .missing
        case .refused, .unknown: latestBuild = .unreadable
        }
    }
}
