/// Tells an outage from many entries that really fell silent.
///
/// When buckets move or storage is out, everything looks stale at once; when the clock is ahead, likewise. Then nothing
/// is proposed, and what turned waits until an operator has looked.
struct OutageGuard {
    /// Entries that must have turned before it can be a mass.
    static let flipsAtLeast = 10
    /// Groups of one bucket above which all of them turning at once is none of their doing.
    static let bucketGroupsOver = 20

    /// An entry before and now.
    struct Change {
        let selector: Selector
        /// The last verdict that was one; nil for an entry that is met for the first time.
        let before: Verdict?
        let now: Verdict
        /// The buckets that its results lie in.
        let buckets: Set<String>

        /// Whether it turned stale, never or gone.
        var isFlip: Bool { before.map { !$0.isRemovable } == true && now.isRemovable }
    }

    /// What was decided.
    struct Ruling {
        /// What looks like an outage; nil where nothing does.
        let cause: SweepOutage.Cause?
        /// Entries that turned in it.
        let held: Set<Selector>
    }

    let maxFlipPercent: Int

    /// Judges a sweep.
    ///
    /// - Parameters:
    ///   - changes: Every entry.
    ///   - controls: The control locations, each with whether it was fresh.
    /// - Returns: Whether it looks like an outage, and what turned in it.
    func ruling(on changes: [Change], controls: [(location: BucketLocation, isFresh: Bool)]) -> Ruling {
        let flips = changes.filter(\.isFlip)
        let judged = changes.count { $0.before != nil }
        let isMass = flips.count >= Self.flipsAtLeast && flips.count * 100 > maxFlipPercent * judged
        let all = Set(flips.map(\.selector))
        if isMass { return Ruling(cause: .massFlip(flipped: flips.count, judged: judged), held: all) }
        if !controls.contains(where: \.isFresh) {
            return Ruling(cause: .noFreshControl(controls.map(\.location)), held: all)
        }
        if let (bucket, flipped) = turnedBucket(changes) {
            return Ruling(cause: .bucketFlip(bucket: bucket, flipped: flipped), held: all)
        }
        return Ruling(cause: nil, held: [])
    }

    /// The first bucket of which all entries turned, by name; nil where there is none with enough of them.
    private func turnedBucket(_ changes: [Change]) -> (bucket: String, flipped: Int)? {
        var counts: [String: (groups: Int, flips: Int)] = [:]
        for change in changes {
            guard case .testGroup = change.selector, change.before != nil else { continue }
            for bucket in change.buckets {
                counts[bucket, default: (0, 0)].groups += 1
                if change.isFlip { counts[bucket, default: (0, 0)].flips += 1 }
            }
        }
        let turned = counts.filter { $0.value.groups > Self.bucketGroupsOver && $0.value.flips == $0.value.groups }
        return turned.min { $0.key.isBefore($1.key) }.map { ($0.key, $0.value.flips) }
    }
}
