internal import Foundation

/// Finds the newest builds of one directory by listing it, with as few pages as the form of its ids allows.
///
/// Names that hold a time sort as their times do, so a listing that starts at a time finds everything newer. Other names
/// sort as text, where 10 stands before 9, and need the whole listing.
///
/// The order of its questions: on a first look for freshness, everything from `ageingAfterDays` ago on; then, from the
/// time that `latest-build.txt` hints at; then from the first name on, leaping ahead by ever longer times where the
/// names hold times and the first page does not end the listing. Nothing is listed twice. A thorough search takes the whole
/// listing, page by page, until something fresh ends it.
///
/// Source: `hackOffset` in https://github.com/GoogleCloudPlatform/testgrid/blob/main/pkg/updater/updater.go.
struct BuildSearch: Sendable {
    /// Where a search starts and where it may stop.
    struct Plan: Sendable {
        /// The name to start at; nil starts at the first.
        var startName: String?
        /// A build at least this new ends the search though the listing goes on; nil reads on to the newest.
        var isFreshSince: Date?
        /// Results older than this are stale.
        var isStaleBefore: Date
        /// Whether no name is passed over: ids of another form sort elsewhere, and may be newer.
        var isThorough = false
    }

    let location: BucketLocation
    private let plan: Plan
    private let now: Date
    private let pageLimit: Int
    private var stage: Stage
    /// Pages that were answered.
    private(set) var pages = 0
    /// The name from which on everything is known.
    private var knownFrom: String?
    /// Days back of the leaps that are still to be tried.
    private var leaps: [Int]
    /// Whether the listing that is being read, page by page, has shown a build that tells a time.
    private var hasSeenTime = false
    /// The newest time that was told; a build of the future tells none.
    private var newestTime: Date?

    /// What was counted so far.
    private(set) var found = FoundBuilds()
    /// Whether nothing newer can be there.
    private(set) var isExact = false
    /// Why listing is refused; nil where it is not.
    private(set) var refusal: StorageRefusal?
    /// Why listing got no answer; nil where it did.
    private(set) var unknownReason: String?
    /// Whether the bound on pages ended it.
    private(set) var isCutShort = false
    /// The first listing, and the last one that showed builds.
    private(set) var evidence: [Evidence] = []

    private enum Stage {
        /// Everything from a name on; `resume` is where the listing from the first name goes on afterwards.
        case from(name: String, token: String?, resume: String?)
        /// From the first name on.
        case start(token: String?)
        case done
    }

    /// A search that has asked nothing yet.
    init(location: BucketLocation, plan: Plan, now: Date, limits: ProbeLimits) {
        self.location = location
        self.plan = plan
        self.now = now
        pageLimit = max(1, limits.pagesPerListing)
        leaps = plan.isThorough ? [] : [1, 4, 16, 90, 730]
        stage = plan.startName.map { .from(name: $0, token: nil, resume: nil) } ?? .start(token: nil)
    }

    /// The page to ask for next; nil when the search is over.
    var question: ListQuestion? {
        switch stage {
        case .done: nil
        case .from(let name, let token, _):
            ListQuestion(
                bucket: location.bucket, prefix: location.prefix, startOffset: location.prefix + name, pageToken: token)
        case .start(let token):
            ListQuestion(bucket: location.bucket, prefix: location.prefix, pageToken: token)
        }
    }

    /// Takes the page that was asked for.
    mutating func receive(_ answer: StorageAnswer<ListPage>) {
        pages += 1
        if evidence.isEmpty { evidence = [answer.evidence] }
        switch answer.outcome {
        case .answered(let page): take(page, evidence: answer.evidence)
        case .refused(let reason):
            refusal = reason
            stage = .done
        case .unknown(let reason):
            unknownReason = reason
            stage = .done
        case .noSuchObject:
            unknownReason = "a listing was answered as if it were an object"
            stage = .done
        }
    }

    private mutating func take(_ page: ListPage, evidence: Evidence) {
        let before = found.tally.count
        let wanted = DirectoryPage(page, below: location, before: knownFrom, now: now)
        found.add(wanted, dayAgo: now.addingTimeInterval(-86_400))
        if found.tally.count > before { self.evidence = Array(self.evidence.prefix(1)) + [evidence] }
        if let time = wanted.newestTime(until: now.addingTimeInterval(86_400)) {
            hasSeenTime = true
            newestTime = max(newestTime ?? time, time)
        }
        switch stage {
        case .done: return
        case .from(let name, let token, let resume):
            takeLater(page, from: name, isRepeatedToken: token != nil && token == page.nextPageToken, resume: resume)
        case .start(let token):
            takeEarlier(page, wanted, isRepeatedToken: token != nil && token == page.nextPageToken)
        }
        if case .done = stage { return }
        if pages >= pageLimit {
            isCutShort = true
            isExact = false
            stage = .done
        }
    }

    /// Whether what was found is new enough to end the search.
    private var isFresh: Bool {
        guard let newestTime, let since = plan.isFreshSince else { return false }
        return newestTime >= since
    }

    /// A page of a listing that started at a name.
    private mutating func takeLater(_ page: ListPage, from name: String, isRepeatedToken: Bool, resume: String?) {
        if isFresh {
            isExact = page.nextPageToken == nil
            stage = .done
            return
        }
        if let token = page.nextPageToken {
            // A listing that goes on where it was already never ends.
            isCutShort = isRepeatedToken
            stage = isRepeatedToken ? .done : .from(name: name, token: token, resume: resume)
            return
        }
        if hasSeenTime {
            isExact = true
            stage = .done
            return
        }
        let isFirst = knownFrom == nil
        knownFrom = name
        if let leap = nextLeap(after: found.lastEarlierName, resume: resume) {
            stage = leap
        } else if resume == nil, isFirst, found.tally.count == 0, let hint = hintedName, hint.isBefore(name) {
            stage = .from(name: hint, token: nil, resume: nil)
        } else {
            stage = .start(token: resume)
        }
    }

    /// A page of the listing from the first name on.
    private mutating func takeEarlier(_ page: ListPage, _ wanted: DirectoryPage, isRepeatedToken: Bool) {
        guard let token = page.nextPageToken, !isRepeatedToken, !wanted.reachedEnd else {
            isExact = page.nextPageToken == nil || wanted.reachedEnd
            isCutShort = isRepeatedToken && !isExact
            found.tally.isComplete = isExact
            stage = .done
            return
        }
        guard !isFresh else {
            stage = .done
            return
        }
        hasSeenTime = false
        found.lastEarlierName = wanted.lastName
        stage = nextLeap(after: wanted.lastName, resume: token) ?? .start(token: token)
    }

    /// The next leap ahead to a name that holds a time; nil where names do not sort as times do, or none is left.
    private mutating func nextLeap(after last: String?, resume: String?) -> Stage? {
        guard let resume, let last, let form = found.leapForm else { return nil }
        while !leaps.isEmpty {
            let days = leaps.removeFirst()
            let time = now.addingTimeInterval(Double(-days) * 86_400)
            guard let name = BuildID.firstName(notBefore: time, form: form), last.isBefore(name),
                knownFrom.map({ name.isBefore($0) }) ?? true
            else { continue }
            return .from(name: name, token: nil, resume: resume)
        }
        return nil
    }

    /// Where to look after nothing recent was found: a little before the time at which `latest-build.txt` was written.
    private var hintedName: String? {
        guard let time = found.latestBuildTime, time < now else { return nil }
        let from = time >= plan.isStaleBefore ? plan.isStaleBefore : time.addingTimeInterval(-7 * 86_400)
        return BuildID.firstName(notBefore: from, form: .snowflake)
    }
}

extension String {
    /// Whether a listing shows this name first: bytes are compared, as storage does.
    func isBefore(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
