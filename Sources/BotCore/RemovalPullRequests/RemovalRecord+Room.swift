extension RemovalRecord {
    /// Bytes that the hidden lines of one text may take: the rest is for people.
    static let hiddenByteLimit = 30_000
    /// Bytes that a line may grow by: a day, a person, the name that a team is mentioned by.
    private static let growthBytes = 100
    /// Bytes of one place in a contact's list of entries.
    private static let placeBytes = 4

    /// The entries whose hidden lines one text can carry, with those of all who may have to be asked about them.
    ///
    /// One that has no room is left out, and keeps out nothing that comes after it but a bucket that it reads.
    ///
    /// - Parameters:
    ///   - entries: What is proposed.
    ///   - contacts: Those of each entry.
    ///   - readers: The test groups below an entry of `buckets.yaml`, which goes with the last of them.
    /// - Returns: The entries, in their order.
    public static func fitting(
        _ entries: [RecordedEntry], contacts: [[Contact]], readers: (Selector) -> [Selector]
    ) -> [RecordedEntry] {
        var known: Set<String> = []
        var bytes = 0
        let fitting = zip(entries, contacts).filter { entry, contacts in
            let new = contacts.filter { !known.contains($0.key) }
            let lines = [entry.marker] + new.map { RecordedContact($0, entries: [], reach: .unknown).marker }
            let growth = lines.count * growthBytes + contacts.count * placeBytes
            let cost = lines.reduce(growth) { $0 + $1.text.utf8.count }
            guard bytes + cost <= hiddenByteLimit else { return false }
            bytes += cost
            known.formUnion(new.map(\.key))
            return true
        }.map(\.0)
        let names = Set(fitting.map(\.selector))
        return fitting.filter { readers($0.selector).allSatisfy(names.contains) }
    }
}
