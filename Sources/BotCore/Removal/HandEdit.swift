/// Why no deletion of whole lines gives what is meant, and at which value.
struct HandEdit: Error, Hashable {
    /// What stands in the way.
    enum Reason: Hashable {
        /// The list or mapping is written with `[ ]` or `{ }`.
        case flow
        /// It is the first key of an item that stays, and stands on the line of the item's dash.
        case firstKey
        /// Something else begins on its first line.
        case sharedLine
        /// The file is no single, plain YAML document.
        case file(YAMLIssue)
        /// The file would mean something else than it has to.
        case unproven
        /// kettle cannot read a list of buckets without an entry.
        case lastBucket
    }

    /// The value; nil where the whole file is at fault.
    let position: NodePosition?
    /// What stands in the way.
    let reason: Reason

    /// The reason in words, without a full stop.
    var words: String {
        switch reason {
        case .flow: "it is written in one piece with [ ] or { }, of which no whole line can go"
        case .firstKey: "the key that has to go stands on the line on which its item begins"
        case .sharedLine: "another value begins on the same line"
        case .file(let issue): "line \(issue.line): \(issue.words.what); \(issue.words.fix)"
        case .unproven: "after the deletion of its lines the file would not mean what it has to"
        case .lastBucket: "it is the last entry, and kettle cannot read a list of buckets without one"
        }
    }
}
