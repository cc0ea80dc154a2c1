internal import BotCore

/// Turns as much of GitHub's Markdown into HTML as comments of the bot use, for the page of the demo.
///
/// It knows paragraphs, headings, lists, quotes, fenced code, foldable details, code in a line, bold text and links.
/// Remarks are left out, and everything else is shown as it was written, escaped.
///
/// Source: https://github.github.com/gfm/.
struct ShownMarkdown {
    private var html = ""
    private var paragraph: [String] = []
    private var list: [String] = []
    private var quote: [String] = []

    /// The HTML of a text.
    static func html(_ text: String) -> String {
        var page = ShownMarkdown()
        page.read(text)
        return page.html
    }

    /// Text that stands for itself in HTML.
    static func escaped(_ text: some StringProtocol) -> String {
        String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private mutating func read(_ text: String) {
        var fence: String?
        var code: [String] = []
        let plain = Markdown.withoutRemarks(text.replacing("\r\n", with: "\n"))
        for line in plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let open = fence {
                if line.hasPrefix(open), line.allSatisfy({ $0 == "`" || $0 == " " }) {
                    html += "<pre><code>\(Self.escaped(code.joined(separator: "\n")))</code></pre>\n"
                    (fence, code) = (nil, [])
                } else {
                    code.append(line)
                }
            } else if line.hasPrefix("```") {
                close()
                fence = String(line.prefix { $0 == "`" })
            } else {
                read(line: line)
            }
        }
        if fence != nil { html += "<pre><code>\(Self.escaped(code.joined(separator: "\n")))</code></pre>\n" }
        close()
    }

    private mutating func read(line: String) {
        let marks = line.prefix { $0 == "#" }.count
        if (1...6).contains(marks), line.dropFirst(marks).first == " " {
            close()
            let text = Self.inline(String(line.dropFirst(marks + 1)))
            html += "<h\(min(6, marks + 1))>\(text)</h\(min(6, marks + 1))>\n"
        } else if line.hasPrefix("- ") || line.hasPrefix("* ") {
            if !paragraph.isEmpty || !quote.isEmpty { close() }
            list.append(String(line.dropFirst(2)))
        } else if line.hasPrefix(">") {
            if !paragraph.isEmpty || !list.isEmpty { close() }
            quote.append(String(line.dropFirst().drop { $0 == " " }))
        } else if line.hasPrefix("<details>") || line.hasPrefix("</details>") {
            close()
            html += Self.details(line) + "\n"
        } else if line.allSatisfy(\.isWhitespace) {
            close()
        } else if !list.isEmpty {
            list[list.count - 1] += "\n" + line
        } else {
            paragraph.append(line)
        }
    }

    /// Ends the block that is open.
    private mutating func close() {
        if !paragraph.isEmpty { html += "<p>\(Self.inline(paragraph.joined(separator: "\n")))</p>\n" }
        if !quote.isEmpty { html += "<blockquote>\(Self.inline(quote.joined(separator: "\n")))</blockquote>\n" }
        if !list.isEmpty {
            html += "<ul>\n\(list.map { "<li>\(Self.inline($0))</li>\n" }.joined())</ul>\n"
        }
        (paragraph, quote, list) = ([], [], [])
    }

    /// `<details>` with a summary, or its end.
    private static func details(_ line: String) -> String {
        guard line.hasPrefix("<details>") else { return "</details>" }
        let summary = line.split(separator: "<summary>", maxSplits: 1).last?.split(separator: "</summary>").first
        return "<details><summary>\(inline(String(summary ?? "More")))</summary>"
    }

    // MARK: - In a line

    private static func inline(_ text: String) -> String {
        var html = ""
        var rest = text[...]
        var isBold = false
        while let character = rest.first {
            if character == "`" {
                let ticks = rest.prefix { $0 == "`" }
                let inner = rest.dropFirst(ticks.count)
                if let end = inner.firstRange(of: ticks) {
                    html += "<code>\(escaped(inner[..<end.lowerBound]))</code>"
                    rest = inner[end.upperBound...]
                } else {
                    html += ticks
                    rest = inner
                }
            } else if rest.hasPrefix("**") {
                html += isBold ? "</b>" : "<b>"
                isBold.toggle()
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("<http"), let end = rest.firstIndex(of: ">") {
                html += link(rest[rest.index(after: rest.startIndex)..<end], to: rest.dropFirst()[..<end])
                rest = rest[rest.index(after: end)...]
            } else if character == "[", let found = bracketed(rest) {
                html += link(found.text, to: found.address)
                rest = found.rest
            } else if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
                html += escaped(String(next))
                rest = rest.dropFirst(2)
            } else {
                html += character == "\n" ? "<br>\n" : escaped(String(character))
                rest = rest.dropFirst()
            }
        }
        return isBold ? html + "</b>" : html
    }

    /// `[text](address)` at the start of a text.
    private static func bracketed(
        _ text: Substring
    ) -> (text: Substring, address: Substring, rest: Substring)? {
        guard let middle = text.firstRange(of: "]("), let end = text[middle.upperBound...].firstIndex(of: ")") else {
            return nil
        }
        let name = text[text.index(after: text.startIndex)..<middle.lowerBound]
        let address = text[middle.upperBound..<end]
        guard !name.contains("\n"), address.hasPrefix("http") else { return nil }
        return (name, address, text[text.index(after: end)...])
    }

    private static func link(_ text: some StringProtocol, to address: some StringProtocol) -> String {
        "<a href=\"\(escaped(address))\" rel=\"noreferrer\">\(escaped(text))</a>"
    }
}
