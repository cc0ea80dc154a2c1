/// Why a delivery's body is not the event that it says it is.
///
/// A path names a value from the outermost object inwards: `pull_request.head.sha`, `repositories[2].id`.
public enum EventProblem: Error, Hashable, Sendable {
    /// The bytes are not UTF-8, which JSON is written in.
    case notUTF8
    /// The text is not one JSON value; the offset counts bytes from 0.
    case notJSON(offset: Int, problem: String)
    /// The outermost value is no object.
    case notObject(found: String)
    /// A value that the event cannot do without is absent or `null`.
    case missing(path: String)
    /// A value is of another kind than GitHub documents.
    case unfit(path: String, expected: String, found: String)
    /// An object has a key twice, so that two readers could take it for two things.
    case repeated(path: String)
    /// An object or a list has more in it than any of GitHub's.
    case tooMany(path: String, limit: Int)
}

extension EventProblem: CustomStringConvertible {
    /// One sentence for an operator, without the values that others wrote beyond their first 40 characters.
    public var description: String {
        switch self {
        case .notUTF8: "the body is not UTF-8"
        case .notJSON(let offset, let problem): "the body is not JSON: \(problem), at byte \(offset)"
        case .notObject(let found): "the body is not a JSON object but \(found)"
        case .missing(let path): "\(path) is missing"
        case .unfit(let path, let expected, let found): "\(path) should be \(expected) and is \(found)"
        case .repeated(let path): "\(path) is there twice"
        case .tooMany(let path, let limit): "\(path.isEmpty ? "the body" : path) holds more than \(limit) values"
        }
    }
}
