/// Shows that a file means what another means without some of its values.
///
/// Style counts as meaning: an edit that only deletes lines changes neither quotes nor the order of keys.
enum MeaningProof {
    /// Whether `new` is `old` without the values of `deletion`, and nothing else.
    ///
    /// - Parameters:
    ///   - old: The file before.
    ///   - deletion: The values of `old` that are gone.
    ///   - new: The file after, read anew.
    /// - Returns: Whether that can be shown; false for a file that cannot be read.
    static func holds(_ old: YAMLSource, without deletion: FileDeletion, is new: YAMLSource) -> Bool {
        guard !old.isUnreadable, !new.isUnreadable, old.documents.count == 1, new.documents.count == 1,
            let oldRoot = old.root, let newRoot = new.root
        else { return false }
        return isSame(oldRoot, newRoot, deletion)
    }

    /// Whether two values mean the same.
    static func isSame(_ old: YAMLNode, _ new: YAMLNode) -> Bool { isSame(old, new, FileDeletion()) }

    private static func isSame(_ old: YAMLNode, _ new: YAMLNode, _ deletion: FileDeletion) -> Bool {
        switch (old.content, new.content) {
        case (.scalar(let left), .scalar(let right)):
            return left == right
        case (.sequence(let left), .sequence(let right)):
            var index = 0
            for item in left where !deletion.removes(item: item) {
                guard index < right.count, isSame(item, right[index], deletion) else { return false }
                index += 1
            }
            return index == right.count
        case (.mapping(let left), .mapping(let right)):
            var index = 0
            for pair in left where !deletion.removes(pair) {
                guard index < right.count, isSame(pair.key, right[index].key, deletion),
                    isSame(pair.value, right[index].value, deletion)
                else { return false }
                index += 1
            }
            return index == right.count
        default:
            return false
        }
    }
}
