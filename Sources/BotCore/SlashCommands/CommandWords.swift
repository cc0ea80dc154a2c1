/// The words behind a command's name, one at a time, with quotation marks around those that have spaces.
struct CommandWords {
    /// A word, and whether it stood in quotation marks.
    struct Word: Hashable {
        let text: String
        let isQuoted: Bool
    }

    /// A quotation mark has no second one, or something follows right behind the second.
    struct QuoteError: Error {}

    private var rest: Substring

    /// The words of a text.
    init(_ text: Substring) { rest = text.drop { $0.isWhitespace } }

    /// What is left, without white space around it.
    var remainder: String { String(rest).trimmingWhitespace() }

    /// Whether nothing is left.
    var isAtEnd: Bool { rest.isEmpty }

    /// The word that follows, which stays where it is; nil at the end.
    ///
    /// Quotation marks mean nothing here.
    var ahead: String? { rest.isEmpty ? nil : String(rest.prefix { !$0.isWhitespace }) }

    /// Takes the next word; nil at the end.
    ///
    /// - Throws: `QuoteError` where the word starts with a quotation mark and is not rightly ended.
    mutating func next() throws(QuoteError) -> Word? {
        guard let first = rest.first else { return nil }
        guard first == "\"" else {
            let word = rest.prefix { !$0.isWhitespace }
            rest = rest[word.endIndex...].drop { $0.isWhitespace }
            return Word(text: String(word), isQuoted: false)
        }
        var text = ""
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex, rest[index] != "\"" {
            if rest[index] == "\\" {
                index = rest.index(after: index)
                guard index < rest.endIndex, rest[index] == "\"" || rest[index] == "\\" else { throw QuoteError() }
            }
            text.append(rest[index])
            index = rest.index(after: index)
        }
        guard index < rest.endIndex else { throw QuoteError() }
        let behind = rest[rest.index(after: index)...]
        guard behind.first?.isWhitespace != false else { throw QuoteError() }
        rest = behind.drop { $0.isWhitespace }
        return Word(text: text, isQuoted: true)
    }

    /// A text as one argument: between quotation marks where it has to be.
    static func quoted(_ text: String) -> String {
        guard text.isEmpty || text.contains(where: { $0.isWhitespace || $0 == "\"" }) else { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
