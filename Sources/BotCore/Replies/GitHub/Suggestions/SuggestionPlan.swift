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
        if finding.rule == TestGridContactMissing.id { return contact(for: finding) }
        guard let fix = finding.fix, let path = finding.place?.path else { return nil }
        return suggestion(for: finding, fix, path: path)
    }

    private func suggestion(for finding: Finding, _ fix: Fix, path: String, contact: String? = nil) -> Suggestion? {
        guard let shown = shown[path], fix.startLine <= fix.endLine, shown.holds(fix.startLine...fix.endLine),
            !generated.contains(where: { $0.matches(path) }), let file = registry.file(at: path)
        else { return nil }
        return Suggestion(for: finding, fix, path: path, source: file.source.lines, contact: contact)
    }

    // MARK: - The contact

    /// A comment that names the author: next to the test group, as the process asks, or above the dashboard where
    /// several groups have nobody.
    ///
    /// Source: docs/contributing-test-results.md in kubernetes/test-infra: "in the tab's description, or a comment".
    private func contact(for finding: Finding) -> Suggestion? {
        guard let author, case .dashboard(let name) = finding.entry, let dashboard = registry.dashboard(named: name)
        else { return nil }
        let group = finding.arguments["group"].flatMap { registry.group(named: $0) }
        let isOne = finding.arguments["groups"] == group?.name
        let places: [SourcePlace?] =
            isOne ? [group?.headPlace, dashboard.headPlace] : [dashboard.headPlace, group?.headPlace]
        for case let place? in places {
            guard let file = registry.file(at: place.path),
                let fix = Self.comment("# \(Self.plain(name))(contact: @\(author))", above: place.line, in: file.source)
            else { continue }
            if let found = suggestion(for: finding, fix, path: place.path, contact: author) { return found }
        }
        return nil
    }

    /// Puts a comment above an item of a list, as far in as the item.
    private static func comment(_ text: String, above line: Int, in source: YAMLSource) -> Fix? {
        guard line >= 1, line <= source.lines.count,
            let old = String(validating: source.lines.content(of: line), as: UTF8.self)
        else { return nil }
        let indentation = old.prefix { $0 == " " }
        // An item that begins behind something else has no line of its own.
        guard old.dropFirst(indentation.count).hasPrefix("- ") else { return nil }
        return Fix(startLine: line, endLine: line, replacement: "\(indentation)\(text)\n\(old)")
    }

    /// A name as it may stand in a comment, with a blank behind it; nothing where it could be read as something else.
    private static func plain(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { ContactText.isASCIILetterOrDigit($0) || "-_. ".utf8.contains($0) }
        return isPlain && !name.isEmpty ? name + " " : ""
    }
}
