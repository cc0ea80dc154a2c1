/// Something that stands in one place of one file: an entry, a dashboard, a tab.
public protocol RegistryItem: Sendable {
    /// The file.
    var path: String { get }
    /// The mapping that it is written as.
    var node: YAMLNode { get }
    /// From its first line to its last.
    var span: SourceSpan { get }
}

extension RegistryItem {
    /// From its first line to its last.
    public var span: SourceSpan { node.span }

    /// The whole of it.
    public var place: SourcePlace {
        SourcePlace(path: path, line: span.startLine, column: span.startColumn, endLine: span.endLine)
    }

    /// The first line of it.
    public var headPlace: SourcePlace { SourcePlace(path: path, line: span.startLine, column: span.startColumn) }

    /// Where one of its keys stands, with its value; the first line of the item where it has no such key.
    public func place(of key: String) -> SourcePlace { node.field(key).map { place(of: $0.span) } ?? headPlace }

    /// A place in the item's file.
    public func place(of span: SourceSpan) -> SourcePlace {
        SourcePlace(path: path, line: span.startLine, column: span.startColumn, endLine: span.endLine)
    }
}

extension YAMLNode {
    /// The pair of a key, written in any case: TestGrid's loader goes through Go's `encoding/json`, which ignores case.
    func field(_ key: String) -> YAMLPair? {
        guard let pairs else { return nil }
        return pairs.last { $0.key.scalar?.text == key }
            ?? pairs.last { $0.key.scalar?.text.equalsIgnoringASCIICase(key) == true }
    }

    /// The text of a field; nil where it is absent, null or a collection.
    func fieldText(_ key: String) -> String? { field(key)?.value.text }

    /// The items of a field that is a list; empty where it is anything else.
    func fieldItems(_ key: String) -> [YAMLNode] { field(key)?.value.items ?? [] }
}

extension String {
    /// Whether two texts differ at most in the case of ASCII letters.
    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0 == $1 || $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    /// The byte, or the lowercase one of an ASCII letter.
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
