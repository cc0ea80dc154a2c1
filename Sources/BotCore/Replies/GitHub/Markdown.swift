/// Writes other people's text into GitHub's Markdown so that nothing in it is alive.
///
/// Alive are mentions, references to issues and commits, links, HTML, emoji codes, and marks that change how text looks
/// or where a block begins. Text between backticks is none of these, so whatever is not a plain word is put there.
///
/// Source: https://github.github.com/gfm/ and
/// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
public enum Markdown {
    /// Characters of one text by others that are shown in a sentence.
    public static let shownCharacters = 300

    /// A text as a reader sees it: without `<!-- -->`, which hides the rest where it is not closed.
    public static func withoutRemarks(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "<!--") {
            shown += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "-->") else { return shown }
            rest = rest[end.upperBound...]
        }
        return shown + rest
    }

    /// A text as code in a line.
    ///
    /// - Parameters:
    ///   - text: Anything; control characters become visible, and what is too long is cut.
    ///   - limit: Characters that are shown.
    /// - Returns: The text between as many backticks as it takes; `(nothing)` for an empty one.
    public static func code(_ text: String, limit: Int = shownCharacters) -> String {
        let shown = cut(text.printable.replacing("\t", with: " "), limit)
        guard shown.contains(where: { $0 != " " }) else { return "(nothing)" }
        let fence = String(repeating: "`", count: longestRunOfBackticks(in: shown) + 1)
        // By scalars: an accent behind a backtick makes another character of both for Swift, and not for GitHub.
        let ends = [shown.unicodeScalars.first, shown.unicodeScalars.last]
        let isPadded = ends.contains(" ") || ends.contains("`")
        return isPadded ? "\(fence) \(shown) \(fence)" : fence + shown + fence
    }

    /// A sentence, in one line: plain words stay as they are, and all else becomes code.
    ///
    /// Our own sentences go through it as well, which sets names of files and commands in them as code. What stands in
    /// quotation marks becomes code as a whole, and needs the marks no more.
    public static func prose(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
        var shown: [String] = []
        var rest = words[...]
        while let first = rest.first {
            let quotation = Quotation(startOf: rest)
            if let quotation, quotation.words.contains(where: { word($0, isFirst: false) != $0 }) {
                shown.append(
                    quotation.opening + code(quotation.words.joined(separator: " ")) + quotation.closing)
                rest = rest.dropFirst(quotation.words.count)
            } else {
                shown.append(word(first, isFirst: shown.isEmpty))
                rest = rest.dropFirst()
            }
        }
        return shown.joined(separator: " ")
    }

    /// Lines to copy.
    ///
    /// - Parameters:
    ///   - lines: Each without its line break; control characters in them become visible.
    ///   - language: What colors them: `sh`, `yaml`, or nothing.
    /// - Returns: A fenced block without a final line break.
    public static func block(_ lines: [String], language: String = "") -> String {
        let shown = lines.map(\.printable)
        let fence = fence(for: shown.joined(separator: "\n"))
        return ([fence + language] + shown + [fence]).joined(separator: "\n")
    }

    /// As many backticks as it takes to fence a text, at least three.
    static func fence(for text: String) -> String {
        String(repeating: "`", count: max(3, longestRunOfBackticks(in: text) + 1))
    }

    /// Markdown in a cell of a table, which a bar would end, also between backticks.
    static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    /// A part of an address: everything but letters, digits and `-._~` is percent-encoded.
    ///
    /// - Parameters:
    ///   - text: Anything.
    ///   - keepsSlashes: Whether slashes stay, as in a path.
    /// - Returns: Text that ends no address and begins no other part of it.
    public static func encoded(_ text: String, keepsSlashes: Bool = true) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if ContactText.isASCIILetterOrDigit(byte) || "-._~".utf8.contains(byte)
                || (keepsSlashes && byte == UInt8(ascii: "/"))
            {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// A text of at most some characters; what was cut ends in `…`.
    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.utf8.count > limit, text.count > limit else { return text }
        return text.prefix(limit) + "…"
    }

    private static func longestRunOfBackticks(in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    // MARK: - Words

    /// A word as it is where it is plain, with its inner part as code where it is not.
    private static func word(_ word: String, isFirst: Bool) -> String {
        let scalars = Array(word.unicodeScalars)
        let leading = scalars.prefix { Quotation.openers.contains($0) }
        let rest = scalars.dropFirst(leading.count)
        let trailingCount = rest.reversed().prefix { Quotation.closers.contains($0) }.count
        let core = rest.dropLast(trailingCount)
        // "1." and "1)" at the start of a line would begin a list.
        let trailing = rest.suffix(trailingCount)
        let beginsList = isFirst && core.allSatisfy(isDigit) && (trailing.first == "." || trailing.first == ")")
        if isPlain(core), !beginsList { return word }
        guard !core.isEmpty, !beginsList else { return code(word) }
        return text(leading) + code(text(core)) + text(trailing)
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// A word of letters, with hyphens or apostrophes inside, a number of up to six digits, a day or a time of day.
    ///
    /// Longer numbers, and words of the letters a to f, could be the beginning of a commit's name, which is a link.
    private static func isPlain(_ core: ArraySlice<Unicode.Scalar>) -> Bool {
        guard !core.isEmpty else { return false }
        if core.allSatisfy(isDigit) { return core.count <= 6 }
        let shape = core.map { isDigit($0) ? "0" : String($0) }.joined()
        if shape == "0000-00-00" || shape == "00:00:00" || shape == "00:00" { return true }
        if core.count >= 7, core.allSatisfy({ $0.properties.isASCIIHexDigit }) { return false }
        return core.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "'" }.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
