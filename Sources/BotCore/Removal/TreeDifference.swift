/// Finds what one file has and another, which came of it by deletion, has not.
enum TreeDifference {
    /// The outermost values of a file that another does not have.
    ///
    /// Pairs are told by their keys, items by their names, or by all they hold where they have none.
    ///
    /// - Parameters:
    ///   - source: The file that has more.
    ///   - rest: The file that has less; nil where it is gone.
    /// - Returns: The values.
    static func deletion(from source: YAMLSource, to rest: YAMLSource?) -> FileDeletion {
        var deletion = FileDeletion()
        guard let root = source.root else { return deletion }
        guard let other = rest?.root else {
            deletion.pairs = Set((root.pairs ?? []).map { NodePosition($0.key.span) })
            return deletion
        }
        compare(root, other, &deletion)
        return deletion
    }

    private static func compare(_ node: YAMLNode, _ rest: YAMLNode, _ deletion: inout FileDeletion) {
        switch (node.content, rest.content) {
        case (.sequence(let items), .sequence(let others)):
            var index = 0
            for item in items {
                if index < others.count, isOne(item, others[index]) {
                    compare(item, others[index], &deletion)
                    index += 1
                } else {
                    deletion.items.insert(NodePosition(item.span))
                }
            }
        case (.mapping(let pairs), .mapping(let others)):
            var index = 0
            for pair in pairs {
                if index < others.count, pair.key.scalar?.text == others[index].key.scalar?.text {
                    compare(pair.value, others[index].value, &deletion)
                    index += 1
                } else {
                    deletion.pairs.insert(NodePosition(pair.key.span))
                }
            }
        default: return
        }
    }

    /// Whether two items have the same name.
    private static func isOne(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
        if let name = left.itemName, let other = right.itemName { return name == other }
        return MeaningProof.isSame(left, right)
    }
}

extension YAMLNode {
    /// What an item of a list is called: its `name`, or itself where it is one value.
    var itemName: String? { text ?? fieldText("name") }
}
