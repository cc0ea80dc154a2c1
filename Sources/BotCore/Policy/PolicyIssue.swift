/// What is wrong with a policy file, where, and what to do about it.
public struct PolicyIssue: Hashable, Sendable {
    /// What can be wrong.
    public enum Kind: Hashable, Sendable {
        /// The file is not YAML as we read it.
        case yaml(YAMLIssue.Kind)
        /// The file is empty, or not a mapping.
        case noMapping
        /// There is no `version`.
        case missingVersion
        /// A version that this program does not know.
        case unknownVersion(String)
        /// A key that means nothing here, with the known one that was perhaps meant.
        case unknownKey(String, nearest: String?)
        /// A key that belongs elsewhere.
        case misplacedKey(String, section: String)
        /// A value of another kind than its key wants.
        case wrongKind(key: String, wanted: String, found: String)
        /// A number outside of its bounds.
        case outOfRange(key: String, found: String, bounds: ClosedRange<Int>)
        /// `ageingAfterDays` does not come before `staleAfterDays`.
        case ageingNotBelowStale(ageing: Int, stale: Int)
        /// A word that is none of the choices.
        case notAChoice(key: String, found: String, choices: [String])
        /// A text that cannot be used where it stands, with the reason.
        case unusable(key: String, text: String, reason: String)
        /// A list with more items than are read.
        case tooMany(key: String, limit: Int)
        /// An item that the list already has.
        case repeated(key: String, text: String)
    }

    /// What is wrong.
    public let kind: Kind
    /// Where.
    public let place: SourcePlace

    /// What is wrong and what to do, in one sentence each, without a capital and a full stop.
    public var words: (what: String, fix: String) {
        switch kind {
        case .yaml(let kind):
            return YAMLIssue(kind: kind, line: place.line, column: place.column ?? 1).words
        case .noMapping:
            return ("the file holds no keys", "write at least \"version: 1\", or delete the file to get the defaults")
        case .missingVersion:
            return ("the file does not say its version", "write \"version: 1\" as the first line")
        case .unknownVersion(let found):
            return ("version \(found) is not known here", "write \"version: 1\", the only one so far")
        case .unknownKey(let key, let nearest):
            let fix = nearest.map { "write \"\($0)\", if that was meant, or delete the line" } ?? "delete the line"
            return ("the key \"\(key)\" is not known", fix)
        case .misplacedKey(let key, let section):
            return (
                "the key \"\(key)\" does not belong here",
                "move it \(section.isEmpty ? "out to the margin" : "below \"\(section):\"")"
            )
        case .wrongKind(let key, let wanted, let found):
            return ("\"\(key)\" is \(found)", "write \(wanted)")
        case .outOfRange(let key, let found, let bounds):
            return (
                "\"\(key)\" is \(found)", "write a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
            )
        case .ageingNotBelowStale(let ageing, let stale):
            return (
                "\"ageingAfterDays\" is \(ageing), which is not below \"staleAfterDays\", \(stale)",
                "let entries age for fewer days than it takes to be stale"
            )
        case .notAChoice(let key, let found, let choices):
            return ("\"\(key)\" is \"\(found)\"", "write one of \(choices.joined(separator: ", "))")
        case .unusable(let key, let text, let reason):
            return ("\"\(text)\" cannot stand in \"\(key)\": \(reason)", "correct it, or delete it")
        case .tooMany(let key, let limit):
            return ("\"\(key)\" has more than \(limit) items", "keep \(limit) at most")
        case .repeated(let key, let text):
            return ("\"\(key)\" has \"\(text)\" twice", "delete one of them")
        }
    }
}
