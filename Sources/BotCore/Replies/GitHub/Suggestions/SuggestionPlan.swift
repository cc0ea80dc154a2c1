/// Finds what can be mended by a click: mechanical fixes on lines that the page of a pull request shows.
public struct SuggestionPlan {
    /// Comments of one review; what is left over comes with a later commit.
    public static let perReview = 20

    private let registry: Registry
    private let shown: [String: ShownLines]
    private let author: String?
    private let generated: [Glob]

    /// What suggestions may be made on.
    ///
    /// - Parameters:
    ///   - registry: The registry with the pull request.
    ///   - patches: The hunks of the changed files of the registry, by path.
    ///   - author: Who opened the pull request; nil where that account is no more, or is none that answers.
    ///   - policy: The policy of the base branch; what a generator writes is not touched.
    public init(registry: Registry, patches: [String: String], author: String?, policy: Policy) {
        self.registry = registry
        shown = patches.mapValues { ShownLines(patch: $0) }
        self.author = author.flatMap { ContactText.isLogin($0) ? $0 : nil }
        generated = policy.generated.map { Glob($0) }
    }

    /// Suggestions for findings, the worst first; of two on the same lines only the first.
    public func suggestions(for findings: [Finding]) -> [Suggestion] {
        var taken: [String: [ClosedRange<Int>]] = [:]
        var keys: Set<String> = []
        var suggestions: [Suggestion] = []
        for finding in findings.sorted(by: { $0.severity > $1.severity }) {
            guard let suggestion = suggestion(for: finding),
                taken[suggestion.path]?.contains(where: { $0.overlaps(suggestion.lines) }) != true,
                keys.insert(suggestion.key).inserted
            else { continue }
            taken[suggestion.path, default: []].append(suggestion.lines)
            suggestions.append(suggestion)
        }
        return suggestions
    }

    private func suggestion(for finding: Finding) -> Suggestion? {
        if finding.rule == TestGridContactMissing.id, let author {
            for edit in ContactOffer(registry: registry, login: author).edits(for: finding) {
                if let found = suggestion(for: finding, edit.fix, path: edit.path, contact: author) { return found }
            }
            return nil
        }
        guard let fix = finding.fix, let path = finding.place?.path else { return nil }
        return suggestion(for: finding, fix, path: path)
    }

    private func suggestion(for finding: Finding, _ fix: Fix, path: String, contact: String? = nil) -> Suggestion? {
        guard let shown = shown[path], fix.startLine <= fix.endLine, shown.holds(fix.startLine...fix.endLine),
            !generated.contains(where: { $0.matches(path) }), let file = registry.file(at: path)
        else { return nil }
        return Suggestion(for: finding, fix, path: path, source: file.source.lines, contact: contact)
    }
}
