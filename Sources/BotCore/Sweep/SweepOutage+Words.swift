extension SweepOutage {
    /// What was seen, in a sentence.
    public var words: String {
        switch cause {
        case .noFreshControl(let locations) where locations.isEmpty:
            "There is no location that has had fresh results, by which an outage could be told."
        case .noFreshControl(let locations):
            "No location that always has fresh results was fresh: looked at "
                + locations.prefix(3).map(\.description).joined(separator: ", ") + "."
        case .massFlip(let flipped, let judged):
            "\(flipped) of \(judged) entries turned stale, never or gone at once."
        case .bucketFlip(let bucket, let flipped):
            "All \(flipped) test groups in the bucket \(bucket) turned stale, never or gone at once."
        case .unacknowledged(let entries):
            "\(entries) \(entries == 1 ? "entry waits" : "entries wait") for an operator to acknowledge an outage."
        }
    }
}
