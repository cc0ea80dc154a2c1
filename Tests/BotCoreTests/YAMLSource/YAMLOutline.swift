import BotCore

/// Reads text as a file called `file.yaml`.
func read(_ text: String) -> YAMLSource { YAMLSource(path: "file.yaml", bytes: Array(text.utf8)) }

/// A file as one line a value: its span, what it is, and the same, indented, of what it holds.
///
/// `2:3-2:7 key: string "x" 2:8-2:9` would be too long to read, so a pair is two lines: its key, then its value.
func outline(_ source: YAMLSource) -> [String] {
    source.documents.flatMap { outline($0, indentation: "") }
        + source.comments.map { "\($0.line):\($0.column) #\($0.isWholeLine ? "#" : "") \($0.text)" }
        + source.issues.map { "\($0.line):\($0.column) ! \($0.words.what)" }
}

private func outline(_ node: YAMLNode, indentation: String) -> [String] {
    let span = node.span
    let head = "\(indentation)\(span.startLine):\(span.startColumn)-\(span.endLine):\(span.endColumn) "
    let flow = node.isFlow ? "flow " : ""
    switch node.content {
    case .scalar(let scalar):
        let text = scalar.text.replacing("\n", with: "\\n")
        return [head + (node.isNull ? "null" : "\"\(text)\"")]
    case .sequence(let items):
        return [head + flow + "list"] + items.flatMap { outline($0, indentation: indentation + "  ") }
    case .mapping(let pairs):
        return [head + flow + "mapping"]
            + pairs.flatMap { pair in
                outline(pair.key, indentation: indentation + "  ")
                    + outline(pair.value, indentation: indentation + "    ")
            }
    }
}
