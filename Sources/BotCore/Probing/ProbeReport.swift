/// What a probe of one location found.
public struct ProbeReport: Sendable {
    /// The location that was probed.
    public let location: BucketLocation
}
