import BotCore
import Testing

@Suite("Places in YAML stay inside the file")
struct YAMLPlaceTests {
    @Test(
        "an empty value at the end of the file stands on its last line",
        arguments: ["\n\n?\n", "---\n", "? a\n:\n", "a:\n", "- \n"]
    )
    func emptyValueAtTheEnd(_ text: String) throws {
        let source = YAMLSource(path: "a.yaml", bytes: Array(text.utf8))
        for node in try everyNode(under: #require(source.root)) {
            #expect(node.span.startLine <= node.span.endLine)
            #expect(1...source.lines.count ~= node.span.endLine, "of \(text.debugDescription)")
        }
    }

    private func everyNode(under node: YAMLNode) -> [YAMLNode] {
        let below = (node.items ?? []) + (node.pairs ?? []).flatMap { [$0.key, $0.value] }
        return [node] + below.flatMap(everyNode)
    }
}
