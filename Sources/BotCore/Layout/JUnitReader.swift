private import CExpat

/// Reads a JUnit file as it streams in, so that a large one is never held whole.
///
/// Feed the bytes in pieces of any size, then ask for the summary. It stops taking bytes at the first problem. Entities
/// are not expanded, nesting and the size of a tag are bounded, and so is the whole file, at TestGrid's limit. What
/// follows the root element is counted and not read, because Go's decoder, which TestGrid uses, does not look at it.
///
/// It owns a parser of Expat and belongs to one task.
///
/// Source: https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/junit/junit.go.
public final class JUnitReader {
    /// Bytes that TestGrid reads of one file.
    public static let byteLimit = 100_000_000
    /// Elements inside each other that are read; Go's decoder stops there too.
    static let depthLimit = 10_000
    /// Bytes of one tag or comment, which Expat must hold together.
    static let tagByteLimit = 8 << 20

    private let parser: XML_Parser?
    private let state = JUnitState()
    private let byteLimit: Int

    /// A reader.
    ///
    /// - Parameter byteLimit: Bytes after which the file is too large.
    public init(byteLimit: Int = JUnitReader.byteLimit) {
        self.byteLimit = byteLimit
        // Naming the encoding keeps Expat from refusing "utf8", which TestGrid takes; others are refused by name.
        parser = XML_ParserCreate("UTF-8")
        guard let parser else { return }
        state.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        XML_SetElementHandler(parser, startElement, endElement)
        XML_SetXmlDeclHandler(parser, xmlDeclaration)
        XML_SetEntityDeclHandler(parser, entityDeclaration)
    }

    deinit {
        if let parser { XML_ParserFree(parser) }
    }

    /// Takes the next bytes.
    ///
    /// - Parameter bytes: Any number of bytes.
    /// - Returns: Whether more are wanted; false once a problem is found.
    @discardableResult
    public func feed(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { feed($0) }
    }

    /// Takes the next bytes.
    ///
    /// - Parameter bytes: Any number of bytes.
    /// - Returns: Whether more are wanted; false once a problem is found.
    @discardableResult
    public func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard state.summary.problem == nil else { return false }
        guard bytes.count <= byteLimit - state.summary.byteCount else {
            state.summary.problem = .tooLarge(byteLimit: byteLimit)
            return false
        }
        state.summary.byteCount += bytes.count
        // Expat takes the length as a C int, and looks again at an unfinished tag with every piece.
        var rest = bytes[...]
        while !rest.isEmpty, state.summary.problem == nil, !state.isRootClosed {
            parse(UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 20)), isFinal: false)
            rest = rest.dropFirst(1 << 20)
        }
        return state.summary.problem == nil
    }

    /// Says what was in the file; to be called once, after the last bytes.
    public func finish() -> JUnitSummary {
        if state.summary.problem == nil, state.summary.byteCount == 0 { state.summary.problem = .empty }
        if state.summary.problem == nil, !state.isRootClosed {
            parse(UnsafeRawBufferPointer(start: nil, count: 0), isFinal: true)
        }
        return state.summary
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, isFinal: Bool) {
        guard let parser else {
            state.summary.problem = .notXML(line: 1, problem: "no parser could be made")
            return
        }
        state.fedBytes += bytes.count
        let base = bytes.assumingMemoryBound(to: CChar.self).baseAddress
        let status = XML_Parse(parser, base, Int32(bytes.count), isFinal ? 1 : 0)
        guard state.summary.problem == nil, !state.isRootClosed else { return }
        if status != XML_STATUS_OK {
            let code = XML_GetErrorCode(parser)
            let text = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
            let line = Int(clamping: XML_GetCurrentLineNumber(parser))
            state.summary.problem = .notXML(line: line, problem: text)
        } else if state.fedBytes - Int(XML_GetCurrentByteIndex(parser)) > Self.tagByteLimit + bytes.count {
            state.summary.problem = .tagTooLarge(byteLimit: Self.tagByteLimit)
        }
    }
}

/// What Expat's callbacks write to.
private final class JUnitState {
    var summary = JUnitSummary()
    var parser: XML_Parser?
    var fedBytes = 0
    var depth = 0
    var isRootClosed = false
    var testCase: TestCase?

    /// The test case that is being read.
    struct TestCase {
        let depth: Int
        var hasFailed = false
        var isSkipped = false
    }

    func stop(_ problem: JUnitProblem) {
        guard summary.problem == nil else { return }
        summary.problem = problem
        if let parser { XML_StopParser(parser, 0) }
    }

    func start(_ name: String) {
        depth += 1
        if depth == 1, name != "testsuites", name != "testsuite" { return stop(.root(name: name)) }
        if depth > JUnitReader.depthLimit { return stop(.tooDeep(limit: JUnitReader.depthLimit)) }
        switch name {
        case "testcase" where testCase == nil: testCase = TestCase(depth: depth)
        case "failure", "error": if testCase?.depth == depth - 1 { testCase?.hasFailed = true }
        case "skipped": if testCase?.depth == depth - 1 { testCase?.isSkipped = true }
        default: break
        }
    }

    func end() {
        if let finished = testCase, finished.depth == depth {
            summary.tests += 1
            if finished.hasFailed { summary.failures += 1 }
            if finished.isSkipped { summary.skips += 1 }
            testCase = nil
        }
        depth -= 1
        if depth == 0 {
            isRootClosed = true
            if let parser { XML_StopParser(parser, 0) }
        }
    }
}

/// The state behind the pointer that Expat hands to every callback.
private func state(_ pointer: UnsafeMutableRawPointer?) -> JUnitState? {
    pointer.map { Unmanaged<JUnitState>.fromOpaque($0).takeUnretainedValue() }
}

/// An element's name without its namespace prefix, as Go compares it.
private func localName(_ name: UnsafePointer<XML_Char>?) -> String {
    guard let name else { return "" }
    let text = String(cString: name)
    guard let colon = text.lastIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...])
}

private let startElement: XML_StartElementHandler = { pointer, name, _ in state(pointer)?.start(localName(name)) }

private let endElement: XML_EndElementHandler = { pointer, _ in state(pointer)?.end() }

private let xmlDeclaration: XML_XmlDeclHandler = { pointer, _, encoding, _ in
    guard let encoding else { return }
    let name = String(cString: encoding)
    if !["utf-8", "utf8", ""].contains(name.lowercased()) {
        state(pointer)?.stop(.charset(name: String(name.prefix(60))))
    }
}

private let entityDeclaration: XML_EntityDeclHandler = { pointer, _, _, _, _, _, _, _, _ in
    state(pointer)?.stop(.entities)
}
