/// A value of a YAML file, with where it stands.
public struct YAMLNode: Hashable, Sendable {
    /// What a node holds.
    public enum Content: Hashable, Sendable {
        /// One value.
        case scalar(YAMLScalar)
        /// A list, in order.
        case sequence([YAMLNode])
        /// Pairs, in the order in which they are written; a repeated key is there twice.
        case mapping([YAMLPair])
    }

    /// What the node holds.
    public let content: Content
    /// Where it stands; a block collection ends where its last scalar ends.
    public let span: SourceSpan
    /// Whether it is written with `[ ]` or `{ }`; such a collection has no lines of its own to delete.
    public let isFlow: Bool

    /// The scalar; nil where the node is a collection.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The items; nil where the node is no sequence.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The pairs; nil where the node is no mapping.
    public var pairs: [YAMLPair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// The scalar's text if it is a string, as YAML 1.1 reads it, or a plain number or boolean that is written as text.
    ///
    /// TestGrid and kettle take either where they want a string; a null is nil.
    public var text: String? {
        guard let scalar, scalar.value != .null else { return nil }
        return scalar.text
    }

    /// Whether nothing is written here, or `~` or `null`.
    public var isNull: Bool { scalar?.value == .null }

    /// The value of a key in a mapping; of a repeated key the last, as PyYAML has it.
    public subscript(key: String) -> YAMLNode? { pair(key)?.value }

    /// The pair of a key in a mapping; of a repeated key the last, as PyYAML has it.
    public func pair(_ key: String) -> YAMLPair? { pairs?.last { $0.key.scalar?.text == key } }
}

/// A key of a mapping and its value.
public struct YAMLPair: Hashable, Sendable {
    /// The key.
    public let key: YAMLNode
    /// The value; a null scalar right behind the key where nothing is written.
    public let value: YAMLNode

    /// From the key to the end of the value.
    public var span: SourceSpan { key.span.extended(to: value.span) }
}
