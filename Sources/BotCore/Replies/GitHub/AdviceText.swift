/// A finding in GitHub's Markdown: what is wrong, why that matters, and what to do, with lines to copy.
struct AdviceText {
    /// Characters of a name that are shown in a line to copy: no name of storage is longer.
    static let copiedCharacters = 2_000

    private let texts: RuleTexts

    /// Stands for what a shell would act on; no text of ours has it.
    private static let unsafe: Character = "\u{FFFC}"

    /// How to write findings.
    init(texts: RuleTexts) { self.texts = texts }

    /// What is wrong, as one sentence.
    func what(_ finding: Finding) -> String { Markdown.prose(words(finding, limit: Markdown.shownCharacters).what) }

    /// What is wrong and what to do, in one line and without lines to copy.
    func sentences(_ finding: Finding) -> String {
        Markdown.prose(words(finding, limit: Markdown.shownCharacters).sentences)
    }

    /// What is wrong in bold, why it matters, and what to do.
    func paragraphs(_ finding: Finding) -> String {
        var seen: Set<String> = []
        return paragraphs(finding, except: &seen, instead: "")
    }

    /// The same, where commands that were given already are not given again.
    ///
    /// - Parameters:
    ///   - finding: The finding.
    ///   - given: Commands that were given, as blocks of Markdown; those of this finding join them.
    ///   - sentence: What stands in the place of one of them.
    /// - Returns: Paragraphs of Markdown.
    func paragraphs(_ finding: Finding, except given: inout Set<String>, instead sentence: String) -> String {
        let words = words(finding, limit: Markdown.shownCharacters)
        let head = "**\(Markdown.prose(words.what))** \(Markdown.prose(words.why))"
        let whole = self.words(finding, limit: Self.copiedCharacters)
        let steps = steps(words.fix, copied: whole.fix, checkedForShell: checked(finding).fix).map { step in
            step.hasPrefix("```sh") && !given.insert(step).inserted ? sentence : step
        }
        return ([head] + steps).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// What was asked and answered, a line each.
    ///
    /// - Parameters:
    ///   - finding: The finding.
    ///   - isTimeShown: Whether it is said when.
    /// - Returns: The lines, without marks of a list.
    func evidence(_ finding: Finding, isTimeShown: Bool) -> [String] {
        finding.evidence.map { evidence in
            let status = evidence.status.map { " answered \($0)" } ?? " got no answer"
            let time = isTimeShown ? evidence.observedAt.map { " at \($0.rfc3339)" } ?? "" : ""
            let detail = evidence.detail.isEmpty ? "" : ": \(Markdown.code(evidence.detail))"
            return Markdown.code(evidence.request, limit: Self.copiedCharacters) + status + time + detail
        }
    }

    /// The finding as plain text, for a medium that knows no Markdown.
    func plain(_ finding: Finding) -> String {
        let words = words(finding, limit: Self.copiedCharacters)
        return [words.what, words.why, words.fix].joined(separator: "\n").printableText
    }

    private func words(_ finding: Finding, limit: Int) -> RuleWords {
        texts.words(for: finding) { Self.oneLine(Markdown.cut($0, limit)) }
    }

    /// The words with a mark in place of each argument that a shell would act on.
    private func checked(_ finding: Finding) -> RuleWords {
        texts.words(for: finding) { argument in
            let line = Self.oneLine(Markdown.cut(argument, Self.copiedCharacters))
            let isSafe = line.unicodeScalars.allSatisfy {
                !"`$\"'\\;|&<>(){}*?!#~".unicodeScalars.contains($0) && $0 != "\u{FFFC}"
            }
            return isSafe && !line.hasPrefix("-") ? line : String(Self.unsafe)
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").printable
    }

    /// Sentences, and blocks for the indented lines between them.
    ///
    /// - Parameters:
    ///   - fix: The lines, names in them cut as sentences show them.
    ///   - copied: The same lines, names whole.
    ///   - checked: The same lines, names that a shell would act on replaced by a mark.
    /// - Returns: Paragraphs of Markdown.
    private func steps(_ fix: String, copied: String, checkedForShell checked: String) -> [String] {
        var steps: [String] = []
        var block: [String] = []
        func endBlock() {
            guard !block.isEmpty else { return }
            let isShell = block.contains { Self.isShell($0) }
            let isSlash = block.contains { $0.hasPrefix("/") }
            steps.append(Markdown.block(block, language: isShell ? "sh" : isSlash ? "" : "yaml"))
            block = []
        }
        let whole = copied.split(separator: "\n", omittingEmptySubsequences: false)
        let twin = checked.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in fix.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.hasPrefix("  ") else {
                endBlock()
                steps.append(Markdown.prose(String(line)))
                continue
            }
            let isUnsafe = index < twin.count && twin[index].contains(Self.unsafe)
            let command = String((index < whole.count ? whole[index] : line).dropFirst(2))
            if Self.isShell(command), isUnsafe {
                block.append("# A name in this command has characters that a shell would act on: write it by hand.")
            } else {
                block.append(command)
            }
        }
        endBlock()
        return steps
    }

    private static func isShell(_ line: String) -> Bool {
        ["gcloud ", "gsutil ", "echo ", "date ", "#", "BUILD_ID="].contains { line.hasPrefix($0) }
            && !line.hasPrefix("# bucketbot:") && !line.hasPrefix("# PROJECT")
    }
}
