/// Where a job that fell silent may have gone: the same path in another bucket that gets results.
///
/// Buckets are renamed now and then, and groups are left behind on the old one.
///
/// - Parameters:
///   - location: The silent location.
///   - fresh: Locations of the registry whose verdict is fresh.
/// - Returns: Those with the same path in another bucket, in their order.
public func movedLocations(of location: BucketLocation, among fresh: [BucketLocation]) -> [BucketLocation] {
    guard !location.prefix.isEmpty else { return [] }
    return fresh.filter { $0.prefix == location.prefix && $0.bucket != location.bucket }
}
