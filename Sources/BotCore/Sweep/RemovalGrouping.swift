/// Puts entries that are to go into the groups of which each becomes a pull request.
struct RemovalGrouping {
    /// One group.
    struct Group {
        /// The group in a branch's name.
        let slug: String
        /// Its entries: those of one contribution together, and within it those of one release.
        var runs: [[SweptEntry]]

        /// How many entries there are.
        var count: Int { runs.reduce(0) { $0 + $1.count } }
    }

    /// What a group is known by.
    private struct Key: Hashable {
        let text: String
        let slug: String
    }

    /// What a run is known by.
    private struct Run: Hashable {
        let area: String
        let bucket: String?
        let contact: String?
        let release: ReleaseBranch?
    }

    let registry: Registry
    let groupBy: RemovalPolicy.GroupBy
    /// The test groups that read below each entry of `buckets.yaml`.
    let readers: [Selector: [Selector]]

    /// The groups of some entries, the largest first.
    ///
    /// An entry of `buckets.yaml` goes with the test groups below it.
    func groups(of entries: [SweptEntry]) -> [Group] {
        var order: [Key] = []
        var members: [Key: [SweptEntry]] = [:]
        let keys = Dictionary(entries.map { ($0.selector, key(of: $0)) }, uniquingKeysWith: { first, _ in first })
        for entry in entries {
            let leader = (readers[entry.selector] ?? []).first { keys[$0] != nil }
            guard let key = leader.flatMap({ keys[$0] }) ?? keys[entry.selector] else { continue }
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(entry)
        }
        let groups = order.map { Group(slug: $0.slug, runs: runs(of: members[$0] ?? [])) }
        return groups.sorted { ($1.count, $0.slug) < ($0.count, $1.slug) }
    }

    private func key(of entry: SweptEntry) -> Key {
        let contribution = Contribution.contributions(of: [entry.selector], in: registry).first
        switch groupBy {
        case .owners:
            let area = contribution?.area ?? ""
            return Key(text: area, slug: Self.slug(area))
        case .file: return Key(text: entry.place.path, slug: Self.slug(entry.place.path))
        case .contact:
            let contact = entry.contacts.first ?? contribution?.contact
            let text = contact.map { "\($0.kind.rawValue):\($0.value.lowercased())" } ?? ""
            return Key(text: text, slug: contact.map { Self.slug($0.value) } ?? "no-contact")
        case .entry:
            guard let release = ReleaseBranch(in: entry.selector.name), let contribution else {
                return Key(text: entry.selector.description, slug: Self.slug(entry.selector.name))
            }
            let contact = contribution.contact?.value.lowercased() ?? ""
            return Key(
                text: "\(release) \(contribution.area) \(contact)",
                slug: Self.slug("\(contribution.area)-\(release)"))
        }
    }

    private func runs(of entries: [SweptEntry]) -> [[SweptEntry]] {
        var order: [Run] = []
        var members: [Run: [SweptEntry]] = [:]
        for entry in entries {
            let contribution = Contribution.contributions(of: [entry.selector], in: registry).first
            let run = Run(
                area: contribution?.area ?? "", bucket: contribution?.bucket,
                contact: contribution?.contact?.value.lowercased(), release: ReleaseBranch(in: entry.selector.name))
            if members[run] == nil { order.append(run) }
            members[run, default: []].append(entry)
        }
        return order.compactMap { members[$0] }
    }

    /// Letters of a slug: a branch's name should still fit on a line.
    static let slugLimit = 40

    /// A text as it stands in a branch's name: lower-case letters, digits and single dashes; `root` for none.
    static func slug(_ text: String) -> String {
        var bare = text.lowercased()[...]
        for prefix in ["config/testgrids/", "config/jobs/"] where bare.hasPrefix(prefix) {
            bare = bare.dropFirst(prefix.count)
        }
        for suffix in [".yaml", ".yml"] where bare.hasSuffix(suffix) { bare = bare.dropLast(suffix.count) }
        let words = bare.utf8.split { !ContactText.isASCIILetterOrDigit($0) }
        let slug = words.map { String(Substring($0)) }.joined(separator: "-").prefix(slugLimit)
        let trimmed = slug.hasSuffix("-") ? slug.dropLast() : slug
        return trimmed.isEmpty ? "root" : String(trimmed)
    }
}
