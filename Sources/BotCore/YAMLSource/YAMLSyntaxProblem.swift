/// Why a file is not YAML, in the words of the person who has to mend it.
public enum YAMLSyntaxProblem: Hashable, Sendable {
    case unclosedQuote, unknownEscape
    case unclosedList, unclosedMapping, missingValue, colonInFlow
    case missingColon, unexpectedColon, colonInText, notAKey, notAnItem, unexpectedItem, unexpectedKey
    case textAfterValue, textAfterDocument, reservedCharacter, blockHeader, controlCharacter
    case brokenAlias, brokenTag, directive
    /// Anything that libyaml says and this list does not know.
    case other(String)

    /// Finds the case of a message.
    ///
    /// - Parameters:
    ///   - message: What libyaml 0.2.5 says is wrong.
    ///   - context: What it says it was doing; empty where it says nothing.
    init(message: String, context: String) {
        switch context {
        case "while scanning an alias", "while scanning an anchor":
            self = .brokenAlias
        case "while scanning a tag", "while parsing a tag":
            self = .brokenTag
        case "while scanning a directive", "while scanning a %YAML directive", "while scanning a %TAG directive",
            "while parsing a tag directive", "while parsing a %TAG directive":
            self = .directive
        default:
            self = Self.byMessage[message] ?? .other(context.isEmpty ? message : "\(message) \(context)")
        }
    }

    private static let byMessage: [String: YAMLSyntaxProblem] = [
        "found unexpected end of stream": .unclosedQuote,
        "found unexpected document indicator": .unclosedQuote,
        "found unknown escape character": .unknownEscape,
        "did not find expected hexdecimal number": .unknownEscape,
        "found invalid Unicode character escape code": .unknownEscape,
        "did not find expected ',' or ']'": .unclosedList,
        "did not find expected ',' or '}'": .unclosedMapping,
        "did not find expected node content": .missingValue,
        "found unexpected ':'": .colonInFlow,
        "could not find expected ':'": .missingColon,
        "mapping values are not allowed in this context": .unexpectedColon,
        "did not find expected key": .notAKey,
        "did not find expected '-' indicator": .notAnItem,
        "block sequence entries are not allowed in this context": .unexpectedItem,
        "mapping keys are not allowed in this context": .unexpectedKey,
        "did not find expected <document start>": .textAfterDocument,
        "found character that cannot start any token": .reservedCharacter,
        "did not find expected comment or line break": .blockHeader,
        "found an indentation indicator equal to 0": .blockHeader,
        "control characters are not allowed": .controlCharacter,
        "found undefined tag handle": .brokenTag,
        "found duplicate %YAML directive": .directive,
        "found duplicate %TAG directive": .directive,
        "found incompatible YAML document": .directive,
    ]

    /// The same, told more exactly by what stands before the place on its line.
    func seen(behind text: Substring) -> YAMLSyntaxProblem {
        switch self {
        case .unexpectedColon where text.contains(": "): .colonInText
        case .notAKey where text.contains { $0 != " " }, .notAnItem where text.contains { $0 != " " },
            .textAfterDocument where text.contains { $0 != " " }:
            .textAfterValue
        default: self
        }
    }

    /// What is wrong and what to do, without a full stop.
    var words: (what: String, fix: String) {
        switch self {
        case .unclosedQuote: ("a quote is opened here and never closed", "add the closing quote")
        case .unknownEscape:
            (
                "a backslash in double quotes starts an escape that YAML does not know",
                "write \"\\\\\" for a backslash, or put the text in single quotes"
            )
        case .unclosedList:
            ("a list in \"[ ]\" is not closed, or lacks a comma", "add the \"]\" or the comma, or quote the text")
        case .unclosedMapping:
            ("a mapping in \"{ }\" is not closed, or lacks a comma", "add the \"}\" or the comma, or quote the text")
        case .missingValue: ("a value is missing here", "write it, or delete the comma, bracket or brace too many")
        case .colonInFlow: ("a \":\" stands in plain text between brackets or braces", "put the text in quotes")
        case .missingColon:
            (
                "the line is neither \"key: value\" nor \"- item\"",
                "add the \":\" and a space, or indent or quote the text if it belongs to the line above"
            )
        case .unexpectedColon:
            (
                "a \":\" stands where no key can be",
                "indent the key like its neighbors, and see that a \"-\" or \":\" above has a space behind it"
            )
        case .colonInText: ("the text behind a key holds another \":\"", "put the text in quotes")
        case .notAKey:
            (
                "the line does not fit the mapping around it",
                "indent it like the keys above, and see that a \"-\" or \":\" above has a space behind it"
            )
        case .notAnItem:
            (
                "the line does not fit the list around it",
                "start it with \"- \", or indent it like the key to which it belongs"
            )
        case .unexpectedItem:
            ("a list item stands where no list can be", "put the \"- \" on a line of its own, below its key")
        case .unexpectedKey: ("a \"?\" stands where no key can be", "write \"key: value\", or quote the text")
        case .textAfterValue:
            (
                "text stands behind the quote, bracket or brace that ends a value",
                "delete it, put the whole value in quotes, or close a quote that was opened above"
            )
        case .textAfterDocument:
            ("text stands behind the end of the value", "indent or quote it to make it part of the value, or delete it")
        case .reservedCharacter:
            ("a value starts with a character that YAML keeps for itself", "put the value in quotes")
        case .blockHeader:
            ("text stands behind \"|\" or \">\"", "start the text on the next line, indented, or quote the whole value")
        case .controlCharacter: ("a control character, which editors do not show, stands here", "delete it")
        case .brokenAlias:
            ("text that starts with \"*\" or \"&\" is read as an alias or an anchor", "put the text in quotes")
        case .brokenTag: ("text that starts with \"!\" is read as a tag", "put the text in quotes, or drop the tag")
        case .directive: ("a line that starts with \"%\" is read as a directive", "delete the line, or quote the text")
        case .other(let message):
            ("it is not YAML: \(message)", "mend the indentation or the quotes of the line, or of the one above")
        }
    }
}
