/// Looks near an empty location for the place that was meant.
///
/// It asks for the same job with a folder more or less in its path, and for siblings whose names are a few letters off.
struct NearNameSearch: Sendable {
    private static let nearest = 3

    private let location: BucketLocation
    private let variants: [NearName]
    private let siblings: [ListQuestion]
    private var isAnswered = false

    /// The places that hold something.
    private(set) var nearNames: [NearName] = []

    /// A search that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - location: The empty location.
    ///   - isBucketMissing: Whether there is no such bucket, so that only another bucket can help.
    init(_ location: BucketLocation, isBucketMissing: Bool) {
        self.location = location
        let all = Self.variants(of: location)
        variants = isBucketMissing ? all.filter { $0.location.bucket != location.bucket } : all
        let parts = LayoutPath(location).parts
        guard !isBucketMissing, let name = parts.last else {
            siblings = []
            return
        }
        let parent = BucketLocation(bucket: location.bucket, prefix: parts.dropLast().joined(separator: "/"))
        let first = ListQuestion(bucket: parent.bucket, prefix: parent.prefix)
        var close = first
        close.startOffset = parent.prefix + name.prefix(4)
        siblings = [first, close]
    }

    /// What to ask; empty when done.
    var questions: [StorageQuestion] {
        guard !isAnswered else { return [] }
        let asked = variants.map { variant in
            ListQuestion(bucket: variant.location.bucket, prefix: variant.location.prefix, maxResults: 10)
        }
        return (asked + siblings).map { .list($0) }
    }

    /// Takes the replies to `questions`, as many as were asked.
    mutating func receive(_ replies: [StorageReply]) {
        isAnswered = true
        for (variant, reply) in zip(variants, replies) {
            guard case .answered(let page) = reply.asPage.outcome else { continue }
            let hasBuilds = page.prefixes.contains { BuildID(Self.lastPart($0)).form != .free }
            let hasObjects = page.objects.contains { $0.name != variant.location.prefix }
            if hasBuilds || hasObjects { nearNames.append(variant) }
        }
        let pages = replies.dropFirst(variants.count).compactMap { reply -> ListPage? in
            if case .answered(let page) = reply.asPage.outcome { page } else { nil }
        }
        nearNames += closeSiblings(in: pages)
    }

    private func closeSiblings(in pages: [ListPage]) -> [NearName] {
        let parts = LayoutPath(location).parts
        guard let name = parts.last else { return [] }
        let bound = max(2, name.count / 4)
        let names = Set(pages.flatMap(\.prefixes).map(Self.lastPart)).subtracting([name, ""])
        let close = names.compactMap { sibling -> (name: String, distance: Int)? in
            editDistance(name, sibling, limit: bound).map { (sibling, $0) }
        }
        return close.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(Self.nearest).map { sibling in
            let path = (parts.dropLast() + [sibling.name]).joined(separator: "/")
            return NearName(
                location: BucketLocation(bucket: location.bucket, prefix: path),
                difference: "with \"\(sibling.name)\" for \"\(name)\"")
        }
    }

    private static func lastPart(_ prefix: String) -> String {
        prefix.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The same job with a folder more or less in its path, or with the bucket's name in its first part.
    static func variants(of location: BucketLocation) -> [NearName] {
        let parts = LayoutPath(location).parts
        guard let job = parts.last else { return [] }
        var variants: [NearName] = []
        func add(_ path: [String], bucket: String? = nil, _ difference: String) {
            let place = BucketLocation(bucket: bucket ?? location.bucket, prefix: path.joined(separator: "/"))
            if place != location, !path.isEmpty, !variants.contains(where: { $0.location == place }) {
                variants.append(NearName(location: place, difference: difference))
            }
        }
        if parts.first == "logs" {
            add(Array(parts.dropFirst()), "without \"logs/\"")
        } else {
            add(["logs"] + parts, "with \"logs/\" in front")
        }
        add(["logs", job], "below \"logs/\"")
        add(["pr-logs", "directory", job], "below \"pr-logs/directory/\"")
        add(parts.filter { $0 != "directory" }, "without \"directory/\"")
        if parts.count > 1, parts[parts.count - 1] == parts[parts.count - 2] {
            add(Array(parts.dropLast()), "with \"\(job)\" only once")
        }
        if parts.count > 1, LayoutPath.folderNames.contains(location.bucket), let bucket = parts.first {
            add([location.bucket] + parts.dropFirst(), bucket: bucket, "with the bucket's name first")
        }
        return variants
    }
}
