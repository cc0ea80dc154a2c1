/// What a reader does with anchors, aliases and merge keys.
public enum YAMLAliasRule: Hashable, Sendable {
    /// They are issues, because a line that means another line cannot be deleted on its own.
    case refused
    /// They are followed, as Prow's loader does, in files whose lines nobody deletes.
    case followed
}

/// The values of a file that have a name, `&name`, and what `*name` and `<<` make of them.
struct YAMLAnchors {
    /// A value and what it costs to walk it, since the same value may stand behind many aliases.
    struct Anchored {
        /// The value, with the place at which it is written.
        let node: YAMLNode
        /// What is in it.
        let weight: Weight
    }

    /// How much a value holds.
    struct Weight {
        /// Levels of lists and mappings: 0 for a scalar.
        var depth: Int
        /// Keys, values, lists and mappings, itself included.
        var count: Int

        /// One scalar.
        static let scalar = Weight(depth: 0, count: 1)
    }

    private var byName: [String: Anchored] = [:]

    /// The value of a name; nil before its end, so that no value can hold itself.
    subscript(name: String) -> Anchored? {
        get { byName[name] }
        set { byName[name] = newValue }
    }

    /// A mapping's pairs with those that it takes from others by `<<`; of a repeated key its own counts.
    ///
    /// - Parameter pairs: As they are written.
    /// - Returns: The others' pairs, then its own; nil where `<<` has something else than a mapping or a list of them.
    ///
    /// Source: https://yaml.org/type/merge.html.
    static func merged(_ pairs: [YAMLPair]) -> [YAMLPair]? {
        let own = pairs.filter { !isMergeKey($0.key) }
        var names = Set(own.compactMap { $0.key.scalar.map { ExactText($0.text) } })
        var taken: [YAMLPair] = []
        for pair in pairs where isMergeKey(pair.key) {
            for source in pair.value.items ?? [pair.value] {
                guard let others = source.pairs else { return nil }
                // From the back, because of a key that is there twice the last counts.
                let new = others.reversed().filter { other in
                    other.key.scalar.map { names.insert(ExactText($0.text)).inserted } ?? true
                }
                taken += new.reversed()
            }
        }
        return taken + own
    }

    /// Whether a key is a plain `<<`.
    static func isMergeKey(_ key: YAMLNode) -> Bool { key.scalar?.text == "<<" && key.scalar?.style == .plain }
}
