/// A comment of a YAML file.
public struct YAMLComment: Hashable, Sendable {
    /// Its line, from 1.
    public let line: Int
    /// The column of its `#`, from 1.
    public let column: Int
    /// What stands after the `#`s, without white space around it.
    public let text: String
    /// Whether nothing else stands on its line.
    public let isWholeLine: Bool
}
