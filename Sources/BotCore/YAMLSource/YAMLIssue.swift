/// What is wrong with a file as YAML, where, and what to do about it.
public struct YAMLIssue: Hashable, Sendable {
    /// What can be wrong.
    public enum Kind: Hashable, Sendable {
        /// The parser stopped.
        case syntax(YAMLSyntaxProblem)
        /// A tab where only spaces may stand.
        case tab
        /// Bytes that are not UTF-8.
        case encoding
        /// A line break that YAML counts and editors do not: a lone CR, NEL, LS or PS.
        case lineBreak
        /// A key that the same mapping already has, with the line of the first.
        case duplicateKey(String, firstLine: Int)
        /// A mapping's key that is a list or a mapping.
        case keyNotScalar
        /// `&name`, `*name` or `<<`, which hide from a line editor what a line means.
        case alias(String)
        /// `!tag`, which asks a loader for a type.
        case tag(String)
        /// More levels of nesting than are read.
        case tooDeep(limit: Int)
        /// More bytes than are read.
        case tooLarge(limitBytes: Int)
        /// More values than are read.
        case tooManyValues(limit: Int)
        /// A second document, of which loaders of one document make an error.
        case secondDocument
    }

    /// What is wrong.
    public let kind: Kind
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in UTF-16 units.
    public let column: Int

    /// Whether the file could not be read to its end: it then has no documents.
    public var isFatal: Bool {
        switch kind {
        case .duplicateKey, .keyNotScalar, .secondDocument: false
        default: true
        }
    }

    /// What is wrong and what to do, without a full stop.
    public var words: (what: String, fix: String) {
        switch kind {
        case .syntax(let problem): problem.words
        case .tab: ("a tab stands where YAML wants spaces", "use spaces: a tab may stand only in quotes and comments")
        case .encoding: ("a byte here is not UTF-8 text", "save the file as UTF-8")
        case .lineBreak:
            ("a character here ends a line for YAML and not for editors", "delete it; end lines with a plain newline")
        case .duplicateKey(let key, let firstLine):
            ("the key \"\(key)\" stands here and on line \(firstLine)", "merge the two, or delete one")
        case .keyNotScalar: ("a key is a list or a mapping", "write the key as plain text")
        case .alias("<<"): ("\"<<\" is a merge key", "write the merged keys out, or quote it if it is text")
        case .alias(let name):
            (
                "\"\(name)\" is \(name.hasPrefix("&") ? "an anchor" : "an alias")",
                "write the value out, or put it in quotes if it is text"
            )
        case .tag(let name): ("\"\(name)\" is a tag", "drop the tag, or put the value in quotes if it is text")
        case .tooDeep(let limit): ("it is nested more than \(limit) levels deep", "flatten it")
        case .tooLarge(let limit): ("it has more than \(limit / 1_048_576) MiB", "split the file")
        case .tooManyValues(let limit): ("it has more than \(limit) values", "split the file")
        case .secondDocument:
            ("a second YAML document starts here", "keep one document a file: delete the \"---\" or \"...\" before it")
        }
    }
}
