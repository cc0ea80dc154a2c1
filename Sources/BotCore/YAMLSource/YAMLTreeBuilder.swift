internal import CYAML

/// Builds nodes from libyaml's events, without recursion.
struct YAMLTreeBuilder {
    /// The file.
    private let lines: SourceLines
    /// The documents so far.
    private(set) var documents: [YAMLNode] = []
    /// What is wrong so far.
    private(set) var issues: [YAMLIssue] = []
    /// Where the scalars stand, for the comments.
    private(set) var scalarExtents: [YAMLScalarExtent] = []
    /// The collections that are open, outermost first.
    private var open: [OpenCollection] = []

    /// A collection whose end has not come yet.
    private struct OpenCollection {
        let start: yaml_mark_t
        let isMapping: Bool
        let isFlow: Bool
        var items: [YAMLNode] = []
        var pairs: [YAMLPair] = []
        var key: YAMLNode?
    }

    /// A builder for one file.
    init(lines: SourceLines) { self.lines = lines }

    /// Reads the file to its end or to the first fatal issue.
    mutating func build() {
        if let issue = lineBreakIssue() {
            issues.append(issue)
            return
        }
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            issues.append(YAMLIssue(kind: .syntax("the parser got no memory"), line: 1, column: 1))
            return
        }
        defer { yaml_parser_delete(&parser) }
        lines.bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            // Without this libyaml would take a byte-order mark as leave to read UTF-16.
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            while !issues.contains(where: \.isFatal), readEvent(&parser) {}
        }
        issues.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Takes the next event; false after the last one.
    private mutating func readEvent(_ parser: inout yaml_parser_t) -> Bool {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            issues.append(syntaxIssue(parser))
            return false
        }
        defer { yaml_event_delete(&event) }
        switch event.type {
        case YAML_STREAM_END_EVENT:
            return false
        case YAML_DOCUMENT_START_EVENT:
            if !documents.isEmpty { report(.secondDocument, at: event.start_mark) }
        case YAML_ALIAS_EVENT:
            report(.alias("*" + Self.text(event.data.alias.anchor)), at: event.start_mark)
        case YAML_SCALAR_EVENT:
            let data = event.data.scalar
            guard isPlain(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            add(scalar(data, event))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            guard isPlain(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            begin(event.start_mark, isMapping: false, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            guard isPlain(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            begin(event.start_mark, isMapping: true, isFlow: data.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            end(event.end_mark)
        default:
            break
        }
        return true
    }

    // MARK: - Collections

    private mutating func begin(_ start: yaml_mark_t, isMapping: Bool, isFlow: Bool) {
        guard open.count < YAMLSource.nestingLimit else {
            report(.tooDeep(limit: YAMLSource.nestingLimit), at: start)
            return
        }
        open.append(OpenCollection(start: start, isMapping: isMapping, isFlow: isFlow))
    }

    private mutating func end(_ mark: yaml_mark_t) {
        guard let collection = open.popLast() else { return }
        let start = position(collection.start)
        var span = SourceSpan(
            startLine: start.line, startColumn: start.column, endLine: start.line, endColumn: start.column)
        if collection.isFlow {
            let end = position(mark)
            span = SourceSpan(
                startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
        } else if let last = collection.isMapping ? collection.pairs.last?.span : collection.items.last?.span {
            span = span.extended(to: last)
        }
        let content: YAMLNode.Content =
            collection.isMapping ? .mapping(collection.pairs) : .sequence(collection.items)
        if collection.isMapping { reportDuplicates(collection.pairs) }
        add(YAMLNode(content: content, span: span, isFlow: collection.isFlow))
    }

    /// Hands a finished node to the collection around it, or makes it a document.
    private mutating func add(_ node: YAMLNode) {
        guard let last = open.indices.last else {
            documents.append(node)
            return
        }
        guard open[last].isMapping else {
            open[last].items.append(node)
            return
        }
        if let key = open[last].key {
            open[last].pairs.append(YAMLPair(key: key, value: node))
            open[last].key = nil
        } else {
            if node.scalar == nil { report(.keyNotScalar, line: node.span.startLine, column: node.span.startColumn) }
            if node.scalar?.text == "<<", node.scalar?.style == .plain {
                report(.alias("<<"), line: node.span.startLine, column: node.span.startColumn)
            }
            open[last].key = node
        }
    }

    private mutating func reportDuplicates(_ pairs: [YAMLPair]) {
        var firstLines: [String: Int] = [:]
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            if let first = firstLines[name] {
                report(
                    .duplicateKey(name, firstLine: first), line: pair.key.span.startLine,
                    column: pair.key.span.startColumn)
            } else {
                firstLines[name] = pair.key.span.startLine
            }
        }
    }

    // MARK: - Scalars

    private mutating func scalar(
        _ data: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar, _ event: yaml_event_t
    ) -> YAMLNode {
        let style: YAMLScalar.Style
        switch data.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: style = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: style = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: style = .literal
        case YAML_FOLDED_SCALAR_STYLE: style = .folded
        default: style = .plain
        }
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let isBlock = style == .literal || style == .folded
        let start = position(event.start_mark)
        let end = isBlock ? blockEnd(event) : position(event.end_mark)
        let endByte = lines.content(of: end.line).isEmpty ? 0 : byteOffset(line: end.line, utf16Column: end.column)
        scalarExtents.append(
            YAMLScalarExtent(
                startLine: start.line, endLine: max(start.line, end.line), endByte: endByte, isBlock: isBlock))
        let span = SourceSpan(
            startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
        return YAMLNode(content: .scalar(YAMLScalar(text: text, style: style)), span: span, isFlow: false)
    }

    /// The end of a `|` or `>` scalar: libyaml's mark stands behind the blank lines that follow it.
    private func blockEnd(_ event: yaml_event_t) -> (line: Int, column: Int) {
        let mark = position(event.end_mark)
        let first = position(event.start_mark).line
        var line = mark.column == 1 ? mark.line - 1 : mark.line
        line = min(line, lines.count)
        while line > first, lines.isBlank(line) { line -= 1 }
        return (max(line, first), String(decoding: lines.content(of: max(line, first)), as: UTF8.self).utf16.count + 1)
    }

    // MARK: - Places and issues

    /// libyaml counts characters from 0, and puts an empty value at the file's end on a line that the file has not.
    private func position(_ mark: yaml_mark_t) -> (line: Int, column: Int) {
        let line = min(Int(clamping: mark.line) &+ 1, max(lines.count, 1))
        if mark.line >= lines.count { return (line, lines.text(of: line).utf16.count + 1) }
        return (line, lines.column(line: line, scalarOffset: Int(clamping: mark.column)))
    }

    private func byteOffset(line: Int, utf16Column: Int) -> Int {
        let content = lines.content(of: line)
        if content.allSatisfy({ $0 < 0x80 }) { return utf16Column - 1 }
        return String(decoding: String(decoding: content, as: UTF8.self).utf16.prefix(utf16Column - 1), as: UTF16.self)
            .utf8.count
    }

    private mutating func isPlain(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at mark: yaml_mark_t
    ) -> Bool {
        if let anchor { report(.alias("&" + Self.text(anchor)), at: mark) }
        if let tag { report(.tag(Self.text(tag)), at: mark) }
        return anchor == nil && tag == nil
    }

    private mutating func report(_ kind: YAMLIssue.Kind, at mark: yaml_mark_t) {
        let position = position(mark)
        report(kind, line: position.line, column: position.column)
    }

    private mutating func report(_ kind: YAMLIssue.Kind, line: Int, column: Int) {
        issues.append(YAMLIssue(kind: kind, line: line, column: column))
    }

    private static func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String {
        guard let characters else { return "" }
        return String(String(cString: characters).prefix(64))
    }

    /// What libyaml says when it stops, where it says it.
    private func syntaxIssue(_ parser: yaml_parser_t) -> YAMLIssue {
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        if parser.error == YAML_READER_ERROR {
            let offset = min(Int(clamping: parser.problem_offset), lines.bytes.count)
            let line = lines.bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
            return YAMLIssue(kind: .encoding, line: max(1, min(line, lines.count)), column: 1)
        }
        let place = position(parser.problem_mark)
        let line = max(1, min(place.line, lines.count))
        let isTab = problem.contains("cannot start any token") && lines.content(of: line).contains(UInt8(ascii: "\t"))
        let context = parser.context.map { " " + String(cString: $0) } ?? ""
        return YAMLIssue(kind: isTab ? .tab : .syntax(problem + context), line: line, column: place.column)
    }

    /// The first line break that would make libyaml's lines differ from an editor's.
    private func lineBreakIssue() -> YAMLIssue? {
        guard let place = UnusualLineBreak.firstPlace(in: lines.bytes) else { return nil }
        let line = lines.bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
        return YAMLIssue(kind: .lineBreak, line: line, column: 1)
    }
}

/// Line breaks that YAML 1.1 knows and editors do not: a CR without LF, NEL, LS and PS.
enum UnusualLineBreak {
    /// The byte at which the first one stands.
    static func firstPlace(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices {
                switch buffer[index] {
                case 0x0D where index + 1 >= buffer.count || buffer[index + 1] != 0x0A:
                    return index
                case 0x85 where index >= 1 && buffer[index - 1] == 0xC2:
                    return index - 1
                case 0xA8 where index >= 2 && buffer[index - 1] == 0x80 && buffer[index - 2] == 0xE2,
                    0xA9 where index >= 2 && buffer[index - 1] == 0x80 && buffer[index - 2] == 0xE2:
                    return index - 2
                default:
                    continue
                }
            }
            return nil
        }
    }
}
