/// What is wrong with a `started.json` or `finished.json`, as TestGrid's decoder sees it.
public enum LayoutIssue: Hashable, Sendable {
    /// The file is empty.
    case empty
    /// It is not JSON: the byte, from 0, and what was wrong there.
    case notJSON(offset: Int, problem: String)
    /// It is JSON, but not an object; what it is instead.
    case notObject(found: String)
    /// A key has a value of the wrong type.
    case wrongType(key: String, expected: String, found: String)
    /// A key that is needed is absent, null or zero.
    case missing(key: String)
    /// It is larger than what is read of such a file.
    case tooLarge(byteLimit: Int)

    /// The issue in a few words, as in `"timestamp" should be a whole number of seconds, and is "1600000000"`.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .notJSON(let offset, let problem): "it is not JSON: \(problem) at byte \(offset)"
        case .notObject(let found): "it should be an object in braces, and is \(found)"
        case .wrongType(let key, let expected, let found): "\"\(key)\" should be \(expected), and is \(found)"
        case .missing(let key): "\"\(key)\" is missing or zero"
        case .tooLarge(let byteLimit): "it is larger than \(byteLimit) bytes"
        }
    }
}
