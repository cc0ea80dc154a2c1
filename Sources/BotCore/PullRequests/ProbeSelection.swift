/// What is probed for one pull request, and how much of it is left out.
public struct ProbeSelection: Sendable {
    /// What is probed, in the order of the entries.
    public let targets: [ProbeTarget]
    /// Locations that are counted and not judged.
    public let leftOutCount: Int

    /// Chooses at most `limit` locations, each bucket as many as any other as long as it has some.
    ///
    /// A pull request that adds hundreds of groups in one bucket and one in another has both looked at.
    ///
    /// - Parameters:
    ///   - targets: Everything that the pull request adds or changes.
    ///   - limit: `maxProbesPerPullRequest`.
    public init(_ targets: [ProbeTarget], limit: Int) {
        var waiting: [String: [Int]] = [:]
        var buckets: [String] = []
        for (index, target) in targets.enumerated() {
            // An entry that names no location costs nothing.
            let bucket = target.locations.first?.bucket ?? ""
            if waiting[bucket] == nil { buckets.append(bucket) }
            waiting[bucket, default: []].append(index)
        }
        for bucket in buckets { waiting[bucket]?.reverse() }
        var chosen: Set<Int> = []
        var count = 0
        while !buckets.isEmpty {
            buckets.removeAll { bucket in
                guard let index = waiting[bucket]?.popLast() else { return true }
                let size = targets[index].locations.count
                if count + size <= limit {
                    chosen.insert(index)
                    count += size
                }
                return false
            }
        }
        self.targets = targets.enumerated().filter { chosen.contains($0.offset) }.map(\.element)
        leftOutCount = targets.reduce(0) { $0 + $1.locations.count } - count
    }
}
