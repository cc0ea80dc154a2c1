internal import BotCore

/// A comment of GitHub's as a terminal can show it: without remarks, its folded parts opened.
struct TerminalComment {
    /// Who wrote it, and what for.
    let heading: String
    /// What it says, in Markdown.
    let body: String

    /// The lines, within a frame.
    var text: String {
        let lines = Self.shown(body).map { "│ \($0)".trimmingSuffix(" ") }
        return (["╭─ \(heading)"] + lines + ["╰─"]).joined(separator: "\n")
    }

    private static func shown(_ body: String) -> [String] {
        var lines: [String] = []
        for line in Markdown.withoutRemarks(body).split(separator: "\n", omittingEmptySubsequences: false) {
            var shown = String(line).replacing("\r", with: "")
            if shown == "</details>" { continue }
            shown = shown.replacing("<details><summary>", with: "▾ ").replacing("</summary>", with: "")
            if shown.allSatisfy({ $0 == " " }), lines.last?.isEmpty ?? true { continue }
            lines.append(String(shown))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension String {
    /// The text without this character at its end.
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var text = self[...]
        while text.last == character { text = text.dropLast() }
        return String(text)
    }
}
