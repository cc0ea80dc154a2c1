internal import CYAML

/// Builds nodes from libyaml's events, without recursion.
struct YAMLTreeBuilder {
    /// The file.
    private let lines: SourceLines
    private let aliases: YAMLAliasRule
    private var anchors = YAMLAnchors()
    /// The documents so far.
    private(set) var documents: [YAMLNode] = []
    /// What is wrong so far.
    private(set) var issues: [YAMLIssue] = []
    /// Whether a fatal issue ended the reading.
    private(set) var isStopped = false
    /// Knows where the scalars stand, and with that the comments.
    private(set) var commentFinder: YAMLCommentFinder
    private var places: YAMLPlaces
    /// The collections that are open, outermost first.
    private var open: [OpenCollection] = []
    /// Where the last thing that is written ends: a value that is not written stands there.
    private var lastEnd = SourcePosition(line: 1, column: 1, offset: 0)
    private var valueCount = 0

    /// A collection whose end has not come yet.
    private struct OpenCollection {
        let start: SourcePosition
        let isMapping: Bool
        let isFlow: Bool
        let anchor: String?
        var inside = YAMLAnchors.Weight(depth: 0, count: 0)
        var items: [YAMLNode] = []
        var pairs: [YAMLPair] = []
        var key: YAMLNode?
    }

    /// A builder for one file.
    init(lines: SourceLines, aliases: YAMLAliasRule) {
        self.lines = lines
        self.aliases = aliases
        commentFinder = YAMLCommentFinder(lines: lines)
        places = YAMLPlaces(lines: lines)
    }

    /// Reads the file to its end or to the first fatal issue.
    mutating func build() {
        if let place = UnusualText.firstPlace(in: lines) {
            report(place.kind, at: lines.position(ofByte: place.offset))
            return
        }
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            report(.syntax(.other("the parser got no memory")), at: lastEnd)
            return
        }
        defer { yaml_parser_delete(&parser) }
        lines.bytes.withUnsafeBufferPointer { buffer in
            // libyaml would count a byte-order mark as a column of the first line, and so as indentation.
            let text = UnsafeBufferPointer(rebasing: buffer.dropFirst(lines.byteOrderMarkLength))
            guard let address = text.baseAddress else { return }
            yaml_parser_set_input_string(&parser, address, text.count)
            // Without this libyaml would take the first bytes as leave to read UTF-16.
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            while !isStopped, readEvent(&parser) {}
        }
        // A mapping's keys are compared at its end, when what it holds has been reported.
        issues.sort { ($0.isFatal ? 1 : 0, $0.line, $0.column) < ($1.isFatal ? 1 : 0, $1.line, $1.column) }
    }

    /// Takes the next event; false after the last one.
    private mutating func readEvent(_ parser: inout yaml_parser_t) -> Bool {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            reportStop(of: parser)
            return false
        }
        defer { yaml_event_delete(&event) }
        switch event.type {
        case YAML_STREAM_END_EVENT:
            return false
        case YAML_DOCUMENT_START_EVENT:
            if !documents.isEmpty { report(.secondDocument, at: places.position(event.start_mark)) }
            if event.data.document_start.implicit == 0 { lastEnd = places.position(event.end_mark) }
        case YAML_ALIAS_EVENT:
            follow(event)
        case YAML_SCALAR_EVENT:
            let data = event.data.scalar
            guard accepts(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            add(scalar(event), named: Self.text(data.anchor))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            guard accepts(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
            begin(event.start_mark, isMapping: false, isFlow: isFlow, named: Self.text(data.anchor))
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            guard accepts(anchor: data.anchor, tag: data.tag, at: event.start_mark) else { return false }
            let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
            begin(event.start_mark, isMapping: true, isFlow: isFlow, named: Self.text(data.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            end(event.end_mark)
        default:
            break
        }
        return true
    }

    // MARK: - Collections

    private mutating func begin(_ mark: yaml_mark_t, isMapping: Bool, isFlow: Bool, named anchor: String?) {
        let start = places.position(mark)
        guard open.count < YAMLSource.nestingLimit else {
            report(.tooDeep(limit: YAMLSource.nestingLimit), at: start)
            return
        }
        open.append(OpenCollection(start: start, isMapping: isMapping, isFlow: isFlow, anchor: anchor))
    }

    private mutating func end(_ mark: yaml_mark_t) {
        guard let collection = open.popLast() else { return }
        var span = SourceSpan(from: collection.start, to: collection.start)
        if collection.isFlow {
            lastEnd = places.position(mark)
            span = SourceSpan(from: collection.start, to: lastEnd)
        } else if let last = collection.isMapping ? collection.pairs.last?.span : collection.items.last?.span {
            span = span.extended(to: last)
        }
        var content = YAMLNode.Content.sequence(collection.items)
        if collection.isMapping {
            reportDuplicates(in: collection.pairs)
            content = .mapping(merged(collection.pairs))
        }
        var weight = collection.inside
        weight.depth += 1
        weight.count += 1
        add(YAMLNode(content: content, span: span, isFlow: collection.isFlow), named: collection.anchor, weight: weight)
    }

    /// Hands a finished node to the collection around it, or makes it a document.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - anchor: The name that it has from now on.
    ///   - weight: What is in it.
    ///   - newValues: How many values there are more in the file; what a collection holds has been counted.
    private mutating func add(
        _ node: YAMLNode, named anchor: String? = nil, weight: YAMLAnchors.Weight = .scalar, newValues: Int = 1
    ) {
        valueCount += newValues
        guard valueCount <= YAMLSource.valueLimit else {
            report(.tooManyValues(limit: YAMLSource.valueLimit), at: lastEnd)
            return
        }
        if let anchor { anchors[anchor] = YAMLAnchors.Anchored(node: node, weight: weight) }
        guard let last = open.indices.last else {
            documents.append(node)
            return
        }
        open[last].inside.depth = max(open[last].inside.depth, weight.depth)
        open[last].inside.count += weight.count
        if !open[last].isMapping {
            open[last].items.append(node)
        } else if let key = open[last].key {
            open[last].pairs.append(YAMLPair(key: key, value: node))
            open[last].key = nil
        } else {
            if node.scalar == nil { report(.keyNotScalar, at: node.span) }
            if aliases == .refused, YAMLAnchors.isMergeKey(node) { report(.alias("<<"), at: node.span) }
            open[last].key = node
        }
    }

    private mutating func reportDuplicates(in pairs: [YAMLPair]) {
        if pairs.count <= 8 {
            // Cheaper than hashing for nearly every mapping there is.
            for (index, pair) in pairs.enumerated() {
                guard let name = pair.key.scalar?.text else { continue }
                if let first = pairs[..<index].first(where: { $0.key.scalar?.text.isExactly(name) == true }) {
                    report(.duplicateKey(name, firstLine: first.key.span.startLine), at: pair.key.span)
                }
            }
            return
        }
        var firstLines: [ExactText: Int] = [:]
        for pair in pairs {
            guard let name = pair.key.scalar?.text else { continue }
            if let first = firstLines[ExactText(name)] {
                report(.duplicateKey(name, firstLine: first), at: pair.key.span)
            } else {
                firstLines[ExactText(name)] = pair.key.span.startLine
            }
        }
    }

    // MARK: - Anchors and aliases

    /// Whether a node may have this anchor and tag; reports them where not.
    private mutating func accepts(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at mark: yaml_mark_t
    ) -> Bool {
        if tag == nil, anchor == nil || aliases == .followed { return true }
        refuse(at: mark)
        return false
    }

    /// Puts what an alias stands for in its place; its own lines are those of the alias.
    private mutating func follow(_ event: yaml_event_t) {
        guard aliases == .followed, let name = Self.text(event.data.alias.anchor), let anchored = anchors[name] else {
            refuse(at: event.start_mark)
            return
        }
        let start = places.position(event.start_mark)
        lastEnd = places.position(event.end_mark)
        guard open.count + anchored.weight.depth <= YAMLSource.nestingLimit else {
            report(.tooDeep(limit: YAMLSource.nestingLimit), at: start)
            return
        }
        let node = YAMLNode(
            content: anchored.node.content, span: SourceSpan(from: start, to: lastEnd),
            isFlow: anchored.node.scalar == nil)
        add(node, weight: anchored.weight, newValues: anchored.weight.count)
    }

    private mutating func merged(_ pairs: [YAMLPair]) -> [YAMLPair] {
        guard aliases == .followed, let key = pairs.first(where: { YAMLAnchors.isMergeKey($0.key) })?.key else {
            return pairs
        }
        if let merged = YAMLAnchors.merged(pairs) { return merged }
        report(.alias("<<"), at: key.span)
        return pairs
    }

    /// Reports the anchor, alias or tag that is written at a place.
    private mutating func refuse(at mark: yaml_mark_t) {
        let place = places.position(mark)
        let rest = lines.bytes[place.offset..<lines.contentRange(of: place.line).upperBound]
        let word = String(decoding: rest.prefix(256), as: UTF8.self).prefix { !" \t,[]{}".contains($0) }
        let name = String(word.prefix(64))
        report(name.hasPrefix("!") ? .tag(name) : .alias(name), at: place)
    }

    private static func text(_ characters: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        characters.map { String(cString: $0) }
    }

    // MARK: - Scalars

    private mutating func scalar(_ event: yaml_event_t) -> YAMLNode {
        let data = event.data.scalar
        let style = YAMLScalar.Style(data.style)
        let isBlock = style == .literal || style == .folded
        var start = places.position(event.start_mark)
        var end = start
        if style == .plain, data.length == 0 {
            if !isWritten(start) {
                start = lastEnd
                end = lastEnd
            }
        } else {
            end = isBlock ? blockEnd(event, from: start) : places.position(event.end_mark)
            commentFinder.exclude(from: start, to: end, isBlock: isBlock)
        }
        lastEnd = end
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let content = YAMLNode.Content.scalar(YAMLScalar(text: text, style: style))
        return YAMLNode(content: content, span: SourceSpan(from: start, to: end), isFlow: false)
    }

    /// Whether a place where nothing is written stands right behind the `:` or `-` that says so, or is a key's.
    ///
    /// Elsewhere libyaml has the place of what comes next, beyond comments and blank lines.
    private func isWritten(_ place: SourcePosition) -> Bool {
        if let collection = open.last, collection.isMapping, collection.key == nil { return true }
        guard place.offset > lastEnd.offset else { return true }
        let before = lines.bytes[place.offset - 1]
        return before == UInt8(ascii: ":") || before == UInt8(ascii: "-")
    }

    /// The end of a `|` or `>` scalar: libyaml's mark stands behind the blank lines that follow it, comments excluded.
    private func blockEnd(_ event: yaml_event_t, from start: SourcePosition) -> SourcePosition {
        let header = lines.bytes[start.offset..<lines.contentRange(of: start.line).upperBound].dropFirst()
        let indicators = header.prefix { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || (48...57).contains($0) }
        var line = min(Int(clamping: event.end_mark.line) &+ (event.end_mark.column == 0 ? 0 : 1), lines.count)
        if !indicators.contains(UInt8(ascii: "+")) {
            while line > start.line, lines.isBlank(line) { line -= 1 }
        }
        let end = line > start.line ? lines.contentRange(of: line).upperBound : indicators.endIndex
        return lines.position(ofByte: end)
    }

    // MARK: - Issues

    private mutating func report(_ kind: YAMLIssue.Kind, at span: SourceSpan) {
        report(kind, at: SourcePosition(line: span.startLine, column: span.startColumn, offset: 0))
    }

    private mutating func report(_ kind: YAMLIssue.Kind, at place: SourcePosition) {
        let issue = YAMLIssue(kind: kind, line: place.line, column: place.column)
        guard !isStopped, issue.isFatal || issues.count < YAMLSource.issueLimit - 1 else { return }
        isStopped = issue.isFatal
        issues.append(issue)
    }

    /// Reports why libyaml stopped.
    private mutating func reportStop(of parser: yaml_parser_t) {
        let message = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        if parser.error == YAML_READER_ERROR {
            let offset = Int(clamping: parser.problem_offset) &+ lines.byteOrderMarkLength
            let isControl = message == "control characters are not allowed"
            report(isControl ? .syntax(.controlCharacter) : .encoding, at: lines.position(ofByte: offset))
            return
        }
        var place = places.position(parser.problem_mark)
        let before = lines.bytes[lines.contentRange(of: place.line).lowerBound..<place.offset]
        let problem = YAMLSyntaxProblem(message: message, context: parser.context.map { String(cString: $0) } ?? "")
            .seen(behind: String(decoding: before, as: UTF8.self)[...])
        let isTab = place.offset < lines.bytes.count && lines.bytes[place.offset] == UInt8(ascii: "\t")
        if isTab, problem == .reservedCharacter || message.contains("tab character") {
            report(.tab, at: place)
            return
        }
        // What was opened and not closed shows at the end of the file; the line to mend is where it was opened.
        let isAtEnd = lines.bytes[place.offset...].allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        switch problem {
        case .unclosedQuote, .missingColon: place = places.position(parser.context_mark)
        case .unclosedList where isAtEnd, .unclosedMapping where isAtEnd: place = places.position(parser.context_mark)
        default: break
        }
        report(.syntax(problem), at: place)
    }
}

extension YAMLScalar.Style {
    init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
