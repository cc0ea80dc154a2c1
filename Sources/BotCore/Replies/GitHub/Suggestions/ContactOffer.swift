/// Where a pull request can name whoever answers for new results: in a tab's description, or in a comment.
///
/// Source: docs/contributing-test-results.md in kubernetes/test-infra asks for a contact "in the tab's description, or a
/// comment" next to the test group.
struct ContactOffer {
    /// An edit of one file.
    struct Edit {
        let path: String
        let fix: Fix
    }

    let registry: Registry
    /// The GitHub name of who would become the contact.
    let login: String

    /// Edits of which each would do, the best first.
    ///
    /// One group is given its contact where its tab is described, else above it; of several the dashboard that shows
    /// them is, since one line there speaks for all.
    ///
    /// - Parameter finding: Says which dashboard shows groups that nobody answers for.
    /// - Returns: The edits; none where the finding is about no dashboard that is known.
    func edits(for finding: Finding) -> [Edit] {
        guard case .dashboard(let name) = finding.entry, let dashboard = registry.dashboard(named: name) else {
            return []
        }
        let group = finding.arguments["group"].flatMap { registry.group(named: $0) }
        let comments = (group: group.flatMap { comment(above: $0, of: name) }, all: comment(above: dashboard, of: name))
        guard let group, finding.arguments["groups"] == group.name else {
            return [comments.all, comments.group].compactMap(\.self)
        }
        let descriptions = dashboard.tabs.filter { $0.testGroupName == group.name }.map(description)
        return (descriptions + [comments.group, comments.all]).compactMap(\.self)
    }

    // MARK: - Comments

    /// A comment above an item of a list, as far in as the item.
    private func comment(above item: some RegistryItem, of dashboard: String) -> Edit? {
        let line = item.span.startLine
        guard let old = text(of: line, in: item.path) else { return nil }
        let indentation = old.prefix { $0 == " " }
        // An item that begins behind something else has no line of its own.
        guard old.dropFirst(indentation.count).hasPrefix("- ") else { return nil }
        let comment = "\(indentation)# \(Self.plain(dashboard))(contact: @\(login))"
        return Edit(
            path: item.path, fix: Fix(startLine: line, endLine: line, replacement: "\(comment)\n\(old)"))
    }

    /// A name as it may stand in a comment, with a blank behind it; nothing where it could be read as something else.
    private static func plain(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { ContactText.isASCIILetterOrDigit($0) || "-_. ".utf8.contains($0) }
        return isPlain && !name.isEmpty ? name + " " : ""
    }

    // MARK: - Descriptions

    /// A description that names the contact: a new line, or the old text with the name behind it.
    private func description(of tab: DashboardTab) -> Edit? {
        guard !tab.node.isFlow else { return nil }
        let pair = tab.node.field("description")
        guard let new = pair.map({ extended($0, in: tab.path) }) ?? added(to: tab) else { return nil }
        let fix = Fix(startLine: new.line, endLine: new.line, replacement: new.replacement)
        let edit = Edit(path: tab.path, fix: fix)
        return describes(tab, new.text, after: edit) ? edit : nil
    }

    /// The line that an edit replaces, its new text, and what the description reads then.
    private typealias Description = (line: Int, replacement: String, text: String)

    private func added(to tab: DashboardTab) -> Description? {
        guard let group = tab.node.field("test_group_name"), group.span.lines.count == 1,
            let old = text(of: group.span.startLine, in: tab.path)
        else { return nil }
        let indentation = String(repeating: " ", count: max(group.span.startColumn - 1, 0))
        let text = "Contact: @\(login)"
        return (group.span.startLine, "\(old)\n\(indentation)description: \"\(text)\"", text)
    }

    private func extended(_ pair: YAMLPair, in path: String) -> Description? {
        let span = pair.value.span
        guard let scalar = pair.value.scalar, pair.span.lines.count == 1, !scalar.text.trimmingWhitespace().isEmpty,
            let old = text(of: span.startLine, in: path)
        else { return nil }
        let quoteCount: Int
        switch scalar.style {
        case .plain: quoteCount = 0
        case .singleQuoted, .doubleQuoted: quoteCount = 1
        case .literal, .folded: return nil
        }
        let columns = Array(old.utf16)
        let end = span.endColumn - 1 - quoteCount
        guard columns.indices.contains(end - 1) else { return nil }
        // A colon with a blank behind it would end a text without quotes.
        let name = " (contact\(quoteCount == 0 ? "" : ":") @\(login))"
        let replacement =
            String(decoding: columns[..<end], as: UTF16.self) + name + String(decoding: columns[end...], as: UTF16.self)
        return (span.startLine, replacement, scalar.text + name)
    }

    /// Whether the file can still be read after an edit, and the tab's description is what was meant.
    private func describes(_ tab: DashboardTab, _ text: String, after edit: Edit) -> Bool {
        guard let file = registry.file(at: edit.path) else { return false }
        let lines = file.source.lines
        let old = lines.contentRange(of: edit.fix.startLine)
        var bytes = lines.bytes
        bytes.replaceSubrange(old, with: edit.fix.replacement.utf8)
        let source = YAMLSource(path: edit.path, bytes: bytes)
        guard !source.isUnreadable else { return false }
        return source.documents.contains { document in
            document.fieldItems("dashboards").contains { node in
                Dashboard(path: edit.path, node: node).tabs.contains {
                    $0.selector == tab.selector && $0.testGroupName == tab.testGroupName
                        && $0.node.fieldText("description") == text
                }
            }
        }
    }

    private func text(of line: Int, in path: String) -> String? {
        registry.file(at: path)?.source.lines.exactText(of: line)
    }
}
