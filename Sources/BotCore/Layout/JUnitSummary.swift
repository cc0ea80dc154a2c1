/// What is in a JUnit file, as far as TestGrid would show it.
public struct JUnitSummary: Hashable, Sendable {
    /// `testcase` elements.
    public var tests = 0
    /// Test cases with a `failure` or an `error`.
    public var failures = 0
    /// Test cases with a `skipped`.
    public var skips = 0
    /// Bytes that were read.
    public var byteCount = 0
    /// Why TestGrid cannot use the file; nil for a good one.
    public var problem: JUnitProblem?

    /// An empty summary.
    public init() {}
}

/// Why a JUnit file cannot be used.
public enum JUnitProblem: Hashable, Sendable {
    /// There is nothing in it.
    case empty
    /// The root is another element than `testsuites` or `testsuite`.
    case root(name: String)
    /// The declared character set is none that TestGrid reads.
    case charset(name: String)
    /// It is not XML.
    case notXML(line: Int, problem: String)
    /// It declares entities, which TestGrid does not expand.
    case entities
    /// Elements are nested deeper than anyone reads.
    case tooDeep(limit: Int)
    /// It has more bytes than TestGrid reads.
    case tooLarge(byteLimit: Int)
    /// One tag or comment is larger than is read at once.
    case tagTooLarge(byteLimit: Int)

    /// What mends it, as a sentence without its full stop.
    public var repair: String {
        switch self {
        case .tooLarge, .tagTooLarge, .tooDeep:
            "Write less into one file: split it into several junit_*.xml, and leave output to build-log.txt"
        case .empty: "Make the test runner write its results before they are uploaded, or upload no file"
        case .root, .charset, .notXML, .entities:
            "Make the test runner write JUnit XML in UTF-8 with <testsuites> or <testsuite> as its root"
        }
    }

    /// The problem in a few words.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .root(let name): "its root is <\(name)> and should be <testsuites> or <testsuite>"
        case .charset(let name): "its encoding is \"\(name)\" and should be UTF-8"
        case .notXML(let line, let problem): "line \(line) is not XML: \(problem)"
        case .entities: "it declares entities, which are not expanded"
        case .tooDeep(let limit): "its elements are nested more than \(limit) deep"
        case .tooLarge(let byteLimit): "it is larger than \(byteLimit) bytes"
        case .tagTooLarge(let byteLimit): "one of its tags is larger than \(byteLimit) bytes"
        }
    }
}
