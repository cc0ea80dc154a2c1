/// Words between quotation marks, with what stands around the marks.
struct Quotation {
    /// What stands before the opening mark: `(`, or nothing.
    let opening: String
    /// The words between the marks.
    let words: [String]
    /// What stands behind the closing mark: `.`, or nothing.
    let closing: String

    /// What may stand right before a word.
    static let openers = Set("(\"'".unicodeScalars)
    /// What may stand right behind a word.
    static let closers = Set(".,;:!?)\"'".unicodeScalars)
    /// Words that are looked through for a closing mark.
    private static let wordLimit = 8

    /// The quotation that a text begins with; nil where it begins with none.
    ///
    /// - Parameter text: Its words, without white space.
    init?(startOf text: ArraySlice<String>) {
        guard let first = text.first else { return nil }
        let leading = first.unicodeScalars.prefix { Self.openers.contains($0) }
        guard leading.last == "\"" else { return nil }
        var words: [String] = []
        for word in text.prefix(Self.wordLimit) {
            let own = words.isEmpty ? Substring(first.unicodeScalars.dropFirst(leading.count)) : Substring(word)
            let trailingCount = own.unicodeScalars.reversed().prefix { Self.closers.contains($0) }.count
            let trailing = own.unicodeScalars.suffix(trailingCount)
            guard let mark = trailing.firstIndex(of: "\"") else {
                words.append(String(own))
                continue
            }
            words.append(String(own.unicodeScalars[..<mark]))
            // A mark right behind another one holds nothing.
            guard words.allSatisfy({ !$0.isEmpty }) else { return nil }
            opening = String(leading.dropLast())
            self.words = words
            closing = String(own.unicodeScalars[mark...].dropFirst())
            return
        }
        return nil
    }
}
