internal import Foundation

/// What a listing of a job's builds came to: counts, and the few newest of each form of id.
///
/// It takes the listing page by page and never holds it whole.
public struct BuildTally: Hashable, Sendable {
    /// Builds of one form that are kept.
    static let keptPerForm = 12

    /// Builds counted.
    public private(set) var count = 0
    /// Builds counted, by the form of their ids.
    public private(set) var countByForm: [BuildIDForm: Int] = [:]
    /// Builds that were named in the 24 hours before the probe, as far as their ids tell.
    public private(set) var countOfLastDay = 0
    /// The lowest and the highest sequential number; nil without any.
    public private(set) var sequentialRange: ClosedRange<UInt64>?
    /// Builds that are aliases: `ID.txt` objects that lead elsewhere.
    public private(set) var aliasCount = 0
    /// Aliases that lead nowhere; at most 20.
    public internal(set) var brokenAliases: [BrokenAlias] = []
    /// Whether every build was counted.
    public internal(set) var isComplete = false

    private var newestByForm: [BuildIDForm: [BuildCandidate]] = [:]

    /// An empty tally.
    public init() {}

    /// Builds whose ids are numbers or hold a time.
    public var countOfRecognized: Int { count - (countByForm[.free] ?? 0) }

    /// The newest builds, as far as ids tell: those with a time first, then by number, then by name.
    ///
    /// - Parameter limit: How many at most.
    /// - Returns: The builds in that order.
    public func newest(_ limit: Int) -> [BuildCandidate] {
        let timed = newestByForm.filter { $0.key.holdsTime }.flatMap(\.value)
            .sorted { ($0.id.time ?? .distantPast, $1.id.text) > ($1.id.time ?? .distantPast, $0.id.text) }
        let rest = (newestByForm[.sequential] ?? []) + (newestByForm[.free] ?? [])
        return Array((timed + rest).prefix(limit))
    }

    /// The newest builds of one form, as far as ids tell.
    func newest(_ limit: Int, of form: BuildIDForm) -> [BuildCandidate] {
        Array((newestByForm[form] ?? []).prefix(limit))
    }

    /// Counts one build.
    ///
    /// - Parameters:
    ///   - candidate: The build.
    ///   - dayAgo: 24 hours before the probe.
    mutating func add(_ candidate: BuildCandidate, dayAgo: Date) {
        let id = candidate.id
        count += 1
        countByForm[id.form, default: 0] += 1
        if let alias = candidate.alias {
            aliasCount += 1
            if alias.size == 0, brokenAliases.count < 20 {
                brokenAliases.append(BrokenAlias(object: alias.name, problem: .empty))
            }
        }
        if let time = id.time ?? candidate.alias?.updated, time >= dayAgo { countOfLastDay += 1 }
        if id.form == .sequential, let number = id.number {
            let range = sequentialRange ?? number...number
            sequentialRange = min(range.lowerBound, number)...max(range.upperBound, number)
        }
        keep(candidate)
    }

    private mutating func keep(_ candidate: BuildCandidate) {
        Self.keep(candidate, among: &newestByForm[candidate.id.form, default: []])
    }

    /// Puts a build into its place among the newest, unless it is older than all or there already.
    private static func keep(_ candidate: BuildCandidate, among kept: inout [BuildCandidate]) {
        // Names that hold a time are listed oldest first, so that nearly each is newer than all before it.
        if let newest = kept.first, !newest.id.isBefore(candidate.id) {
            if kept.count >= keptPerForm, let oldest = kept.last, !oldest.id.isBefore(candidate.id) { return }
            if kept.contains(where: { $0.id == candidate.id }) { return }
            kept.insert(candidate, at: kept.firstIndex { $0.id.isBefore(candidate.id) } ?? kept.count)
        } else {
            kept.insert(candidate, at: 0)
        }
        if kept.count > keptPerForm { kept.removeLast() }
    }
}

/// One build of a listing.
public struct BuildCandidate: Hashable, Sendable {
    /// Its id.
    public let id: BuildID
    /// The `ID.txt` that leads to it; nil for a directory.
    public let alias: StoredObject?
}

/// An alias that leads nowhere.
public struct BrokenAlias: Hashable, Sendable {
    /// What is wrong with an alias.
    public enum Problem: Hashable, Sendable {
        /// It has no bytes.
        case empty
        /// Neither its metadata nor its text is a `gs://` address.
        case noLink
    }

    /// The object's whole name.
    public let object: String
    /// What is wrong with it.
    public let problem: Problem
}
