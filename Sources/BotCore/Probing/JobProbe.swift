internal import Foundation

/// Probes one job's directory: finds its newest builds, then looks into them as far as is wanted.
struct JobProbe: Sendable {
    private enum Stage {
        case search
        case inspect(JobInspection)
        case done
    }

    let location: BucketLocation
    private let depth: ProbeDepth
    private let context: ProbeContext
    private let isFolderExpected: Bool
    private(set) var search: BuildSearch
    private var stage = Stage.search

    /// What looking into builds came to; nil where that was not needed.
    private(set) var inspection: JobInspection?

    /// A probe that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - location: The job's directory.
    ///   - depth: How closely to look.
    ///   - knownNewest: The newest build seen last time; nil on a first probe.
    ///   - context: What every part of one probe shares.
    ///   - isFolderExpected: Whether it should be a folder of jobs, whose directories are not looked into as builds.
    init(
        _ location: BucketLocation, depth: ProbeDepth, knownNewest: String? = nil, context: ProbeContext,
        isFolderExpected: Bool = false
    ) {
        self.isFolderExpected = isFolderExpected
        self.location = location
        self.depth = depth
        self.context = context
        search = BuildSearch(
            location: location, plan: context.plan(depth: depth, knownNewest: knownNewest), now: context.now,
            limits: context.limits)
    }

    /// What to ask next; empty when all is done.
    mutating func questions() -> [StorageQuestion] {
        switch stage {
        case .search:
            return search.question.map { [.list($0)] } ?? []
        case .inspect(var inspection):
            let questions = inspection.questions()
            stage = questions.isEmpty ? .done : .inspect(inspection)
            self.inspection = inspection
            return questions
        case .done:
            return []
        }
    }

    /// Takes the replies to `questions`, as many as were asked.
    mutating func receive(_ replies: [StorageReply]) {
        switch stage {
        case .search:
            guard let reply = replies.first else { return }
            search.receive(reply.asPage)
            if search.question == nil { inspectBuilds() }
        case .inspect(var inspection):
            inspection.receive(replies)
            self.inspection = inspection
            stage = .inspect(inspection)
        case .done: break
        }
    }

    private mutating func inspectBuilds() {
        stage = .done
        guard search.refusal == nil, search.unknownReason == nil, search.found.tally.count > 0 else { return }
        guard !search.found.isBuild, !isFolderExpected || search.found.holdsBuilds else { return }
        guard let extent = context.extent(of: search.found, depth: depth) else { return }
        let inspection = JobInspection(search.found, in: location, extent: extent, limits: context.limits)
        self.inspection = inspection
        stage = .inspect(inspection)
    }

    /// What the location turned out to be.
    ///
    /// - Parameter expectation: What it was said to be, which decides where names alone do not.
    /// - Returns: The kind, by what is in it rather than by what was expected.
    func kind(expected expectation: LocationExpectation) -> LocationKind {
        let found = search.found
        if found.isBuild { return .build }
        if found.tally.count == 0 { return .empty }
        if found.holdsBuilds { return .job }
        if expectation == .jobs || inspection?.looksLikeFolder == true { return .jobs }
        return .job
    }

    /// Why a question that was needed got no answer; nil where all were answered.
    var unknownReason: String? { search.unknownReason ?? inspection?.unknownReason }

    /// Everything that may tell when results last came.
    var facts: [Fact] { search.facts(url: { Self.url(of: $0) }) + (inspection?.builds.flatMap { $0.facts } ?? []) }

    /// Whether nothing newer than the facts can be there.
    var isExact: Bool {
        guard search.isExact else { return false }
        if search.found.isBuild || inspection?.looksLikeFolder == true { return false }
        // Names without numbers are in no order of time: only when all were looked into is the newest one known.
        let tally = search.found.tally
        let inspected = inspection?.builds.filter { $0.id.form == .free }.count ?? 0
        if tally.countByForm[.free] ?? 0 <= inspected { return true }
        // Beside others they are taken for something else, but not where it is about a removal; an alias tells its time.
        return tally.countOfRecognized > 0 && (depth != .staleness || tally.aliasCount > 0)
    }

    /// The address in a request that a person can repeat.
    static func url(of evidence: Evidence) -> String {
        evidence.request.split(separator: " ").last.map(String.init) ?? evidence.request
    }
}

extension BuildSearch {
    /// What the listing alone tells of time.
    ///
    /// - Parameter url: The address that shows a piece of evidence again.
    /// - Returns: The times of the newest ids, of the newest alias and of `latest-build.txt`.
    func facts(url: (Evidence) -> String) -> [Fact] {
        guard let last = evidence.last else { return [] }
        let address = url(last)
        var facts = found.tally.newest(3).compactMap { build in
            build.id.time.map { Fact(kind: .buildID, at: $0, build: build.id.text, url: address) }
        }
        if let alias = found.newestAlias, let updated = alias.updated {
            facts.append(Fact(kind: .alias, at: updated, build: nil, url: address))
        }
        if let time = found.latestBuildTime {
            facts.append(Fact(kind: .latestBuild, at: time, build: nil, url: evidence.first.map(url) ?? address))
        }
        return facts
    }
}

extension InspectedBuild {
    /// What the build tells of time.
    var facts: [Fact] {
        var facts: [Fact] = []
        func add(_ kind: FactKind, _ timestamp: Int64?, _ evidence: Evidence?) {
            guard let timestamp, timestamp > 0, let evidence else { return }
            let date = Date(timeIntervalSince1970: Double(timestamp))
            facts.append(Fact(kind: kind, at: date, build: id.text, url: JobProbe.url(of: evidence)))
        }
        add(.finished, finished.value?.timestamp, finished.evidence)
        add(.started, started.value?.timestamp, started.evidence)
        if let time = contents?.newestTime {
            facts.append(Fact(kind: .object, at: time, build: id.text, url: JobProbe.url(of: evidence)))
        }
        return facts
    }
}
