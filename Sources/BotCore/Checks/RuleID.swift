/// The name of a rule, as scripts and templates know it.
///
/// Shape: lowercase words joined by `-`, as in `bucket-prefix-colon`.
public struct RuleID: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as it is written.
    public let name: String

    /// A rule named by a literal.
    public init(stringLiteral name: String) { self.name = name }

    /// The name as it is written.
    public var description: String { name }

    /// In the order of the alphabet.
    public static func < (left: RuleID, right: RuleID) -> Bool { left.name < right.name }
}
