/// Where a value of a YAML file starts, which tells it from the others of its file.
struct NodePosition: Hashable, Sendable {
    /// The line, from 1.
    let line: Int
    /// The column, from 1, in UTF-16 units.
    let column: Int

    /// The start of a span.
    init(_ span: SourceSpan) {
        line = span.startLine
        column = span.startColumn
    }
}

/// The values of one file that go.
///
/// An item of a list starts where its first key does, so items and pairs are kept apart.
struct FileDeletion: Hashable, Sendable {
    /// Items of lists.
    var items: Set<NodePosition> = []
    /// Pairs of mappings, by their keys.
    var pairs: Set<NodePosition> = []

    /// Whether nothing goes.
    var isEmpty: Bool { items.isEmpty && pairs.isEmpty }

    /// Whether an item of a list goes.
    func removes(item: YAMLNode) -> Bool { items.contains(NodePosition(item.span)) }

    /// Whether a pair of a mapping goes.
    func removes(_ pair: YAMLPair) -> Bool { pairs.contains(NodePosition(pair.key.span)) }
}
