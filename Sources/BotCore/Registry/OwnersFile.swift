/// An OWNERS file: who approves and reviews changes below its folder.
///
/// Source: https://www.kubernetes.dev/docs/guide/owners/.
public struct OwnersFile: Sendable {
    /// The file.
    public let path: String
    /// Logins or aliases, as written, each with the line of its name; no emeritus approvers.
    public let approvers: [Owner]
    /// The reviewers, in the same form.
    public let reviewers: [Owner]
    /// `options.no_parent_owners`: whether the owners of the folders above count here.
    public let excludesParents: Bool

    /// One line of an OWNERS file.
    public struct Owner: Hashable, Sendable {
        /// A login or an alias.
        public let name: String
        /// The line.
        public let line: Int
    }

    /// Reads a file; `filters` counts for every file below.
    init(_ source: YAMLSource) {
        path = source.path
        let root = source.root
        let sections = [root].compactMap { $0 } + (root?.field("filters")?.value.pairs ?? []).map(\.value)
        func owners(_ key: String) -> [Owner] {
            sections.flatMap { $0.fieldItems(key) }.compactMap { item in
                item.text.map { Owner(name: $0, line: item.span.startLine) }
            }
        }
        approvers = owners("approvers")
        reviewers = owners("reviewers")
        excludesParents =
            root?.field("options")?.value.field("no_parent_owners")?.value.scalar?.value == .bool(true)
    }

    /// What the aliases of an OWNERS_ALIASES file stand for, by their names in lower case.
    static func aliases(in source: YAMLSource) -> [String: [String]] {
        var aliases: [String: [String]] = [:]
        for pair in source.root?.field("aliases")?.value.pairs ?? [] {
            guard let name = pair.key.scalar?.text else { continue }
            aliases[name.lowercased()] = (pair.value.items ?? []).compactMap(\.text)
        }
        return aliases
    }
}
