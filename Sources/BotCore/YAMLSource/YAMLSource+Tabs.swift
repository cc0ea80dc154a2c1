extension YAMLSource {
    /// The tabs that libyaml lets pass and PyYAML's own scanner does not: those outside quotes, blocks and comments.
    ///
    /// kettle reads `buckets.yaml` with `yaml.safe_load`, which stops at the first of them, even behind a value.
    ///
    /// Source: `kettle/make_db.py`; `scan_to_next_token` in PyYAML's `scanner.py`.
    ///
    /// - Returns: The first such tab of each line, at most `issueLimit`; none for an unreadable file.
    public func tabsOutsideText() -> [YAMLIssue] {
        guard !isUnreadable, lines.bytes.contains(UInt8(ascii: "\t")) else { return [] }
        var texts: [SourceSpan] = []
        for document in documents { document.collectUnplainText(into: &texts) }
        var issues: [YAMLIssue] = []
        var remaining = texts[...]
        for line in 1...max(1, lines.count) where lines.content(of: line).contains(UInt8(ascii: "\t")) {
            let end = comment(on: line)?.column ?? .max
            for (index, unit) in lines.text(of: line).utf16.enumerated() where unit == 0x09 && index + 1 < end {
                let place = (line, index + 1)
                remaining = remaining.drop { ($0.endLine, $0.endColumn) <= place }
                if let text = remaining.first, (text.startLine, text.startColumn) < place { continue }
                issues.append(YAMLIssue(kind: .tab, line: line, column: index + 1))
                break
            }
            if issues.count == Self.issueLimit { break }
        }
        return issues
    }
}

extension YAMLNode {
    /// Adds the places of all quoted and block scalars, in the order of the file.
    fileprivate func collectUnplainText(into spans: inout [SourceSpan]) {
        switch content {
        case .scalar(let scalar):
            if scalar.style != .plain { spans.append(span) }
        case .sequence(let items):
            for item in items { item.collectUnplainText(into: &spans) }
        case .mapping(let pairs):
            for pair in pairs {
                pair.key.collectUnplainText(into: &spans)
                pair.value.collectUnplainText(into: &spans)
            }
        }
    }
}
