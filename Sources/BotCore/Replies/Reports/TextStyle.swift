/// Colors for a terminal, or none.
public struct TextStyle: Hashable, Sendable {
    /// Whether anything but plain text is printed.
    public let isColored: Bool

    /// A style.
    public init(isColored: Bool) { self.isColored = isColored }

    func bold(_ text: String) -> String { wrapped(text, "1") }
    func dim(_ text: String) -> String { wrapped(text, "2") }

    /// The severity's word in its color.
    func word(for severity: Severity) -> String {
        switch severity {
        case .error: wrapped("error", "31;1")
        case .warning: wrapped("warning", "33;1")
        case .note: wrapped("note", "36")
        }
    }

    private func wrapped(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// The text with control characters made visible, so that what others wrote cannot steer a terminal.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isControl) else { return self }
        return unicodeScalars.map { Self.isControl($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }

    /// The text, its line breaks kept, with every other control character made visible.
    public var printableText: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }

    /// The lines of a text of ours, each with control characters made visible.
    var printableLines: [String] { split(separator: "\n").map { String($0).printable } }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\t"
        // Right-to-left overrides and the like reorder what is read.
        case .format: true
        default: false
        }
    }
}
