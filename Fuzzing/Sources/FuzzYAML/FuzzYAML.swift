import BotCore

/// Reads any bytes as a file of the registry: a tree or located errors, never a trap, and every place within the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = YAMLSource(path: "fuzz.yaml", bytes: Array(UnsafeBufferPointer(start: start, count: count)))
    for issue in source.issues {
        precondition(!issue.words.what.isEmpty && issue.line >= 1 && issue.column >= 1)
    }
    for comment in source.comments {
        precondition(source.lines.text(of: comment.line).contains(comment.text))
    }
    for document in source.documents {
        visit(document, of: source)
    }
    return 0
}

private func visit(_ node: YAMLNode, of source: YAMLSource) {
    precondition(node.span.startLine >= 1 && node.span.endLine <= max(source.lines.count, 1))
    precondition(node.span.startLine <= node.span.endLine)
    _ = node.scalar?.value
    _ = source.commentsDirectlyAbove(node.span.startLine)
    for item in node.items ?? [] {
        visit(item, of: source)
    }
    for pair in node.pairs ?? [] {
        precondition(node[pair.key.text ?? ""] != nil || pair.key.text == nil)
        visit(pair.key, of: source)
        visit(pair.value, of: source)
    }
}
