import BotCore
import FuzzDriver

/// Reads any bytes as a file of the registry: a tree or located errors, never a trap, and every place within the file.
@main
enum FuzzYAML: Fuzzer {
    static func read(_ bytes: [UInt8]) {
        let source = YAMLSource(path: "fuzz.yaml", bytes: bytes)
        for issue in source.issues {
            precondition(!issue.words.what.isEmpty && issue.line >= 1 && issue.column >= 1)
        }
        for comment in source.comments {
            let line = Array(source.lines.text(of: comment.line).utf16)
            precondition(line.indices.contains(comment.column - 1) && line[comment.column - 1] == 0x23)
        }
        for document in source.documents {
            visit(document, of: source)
        }
    }

    static func visit(_ node: YAMLNode, of source: YAMLSource) {
        precondition(node.span.startLine >= 1 && node.span.endLine <= max(source.lines.count, 1))
        precondition(node.span.startLine <= node.span.endLine)
        _ = node.scalar?.value
        _ = source.commentsDirectlyAbove(node.span.startLine)
        for item in node.items ?? [] {
            visit(item, of: source)
        }
        for pair in node.pairs ?? [] {
            visit(pair.key, of: source)
            visit(pair.value, of: source)
        }
    }
}
