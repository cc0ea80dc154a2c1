/// A field of a query, with what is wanted of it.
struct GraphQLField: Hashable {
    let alias: String
    let name: String
    let arguments: [String: JSON]
    let selection: [GraphQLSelection]
}

/// What can be selected of a thing.
indirect enum GraphQLSelection: Hashable {
    case field(GraphQLField)
    /// `... on TYPE { }`
    case fragment(type: String, [GraphQLSelection])
}

/// Why a query is none, or asks for more than this reader knows.
struct GraphQLProblem: Error {
    let message: String
}

/// Reads the part of GraphQL that a reader of files needs: one query with variables, aliases, arguments and inline
/// fragments.
///
/// Source: https://spec.graphql.org/October2021/.
struct GraphQLReader {
    private static let depthLimit = 20

    private let tokens: [String]
    private var position = 0
    private let variables: [String: JSON]

    /// Reads the one query of a text.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - variables: The values for its variables.
    /// - Returns: What is wanted of the root.
    /// - Throws: `GraphQLProblem` where the text is no query that this reader knows.
    static func selection(_ text: String, variables: [String: JSON]) throws -> [GraphQLSelection] {
        var reader = GraphQLReader(tokens: try tokens(of: text), variables: variables)
        return try reader.document()
    }

    private init(tokens: [String], variables: [String: JSON]) {
        self.tokens = tokens
        self.variables = variables
    }

    private var next: String? { position < tokens.count ? tokens[position] : nil }

    private mutating func take() throws -> String {
        guard let token = next else { throw GraphQLProblem(message: "The query broke off.") }
        position += 1
        return token
    }

    private mutating func expect(_ token: String) throws {
        let found = try take()
        guard found == token else { throw GraphQLProblem(message: "Expected \(token), found \(found).") }
    }

    private mutating func document() throws -> [GraphQLSelection] {
        if next == "query" {
            position += 1
            if next != "{", next != "(" { _ = try take() }
            if next == "(" {
                while try take() != ")" {}  // What the variables are declared as; their values are checked by use.
            }
        }
        let selection = try selectionSet(depth: 0)
        guard next == nil else { throw GraphQLProblem(message: "Only one query is read.") }
        return selection
    }

    private mutating func selectionSet(depth: Int) throws -> [GraphQLSelection] {
        guard depth < Self.depthLimit else { throw GraphQLProblem(message: "The query is nested too deep.") }
        try expect("{")
        var selection: [GraphQLSelection] = []
        while next != "}" {
            if next == "..." {
                position += 1
                try expect("on")
                selection.append(.fragment(type: try name(), try selectionSet(depth: depth + 1)))
            } else {
                selection.append(.field(try field(depth: depth)))
            }
        }
        position += 1
        guard !selection.isEmpty else { throw GraphQLProblem(message: "A selection is empty.") }
        return selection
    }

    private mutating func field(depth: Int) throws -> GraphQLField {
        let first = try name()
        var name = first
        if next == ":" {
            position += 1
            name = try self.name()
        }
        var arguments: [String: JSON] = [:]
        if next == "(" {
            position += 1
            while next != ")" {
                let key = try self.name()
                try expect(":")
                arguments[key] = try value()
            }
            position += 1
        }
        let selection = next == "{" ? try selectionSet(depth: depth + 1) : []
        return GraphQLField(alias: first, name: name, arguments: arguments, selection: selection)
    }

    private mutating func name() throws -> String {
        let token = try take()
        guard let first = token.utf8.first, Self.isNameByte(first) else {
            throw GraphQLProblem(message: "\(token) is no name.")
        }
        return token
    }

    private mutating func value() throws -> JSON {
        let token = try take()
        if token == "$" {
            let name = try name()
            guard let value = variables[name] else { throw GraphQLProblem(message: "Variable $\(name) has no value.") }
            return value
        }
        if token.hasPrefix("\"") { return try JSON(bytes: Array(token.utf8)) }
        switch token {
        case "true": return true
        case "false": return false
        case "null": return nil
        default:
            guard let number = Int(token) else { throw GraphQLProblem(message: "\(token) is no value.") }
            return .int(number)
        }
    }

    // MARK: - Tokens

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func tokens(of text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        var tokens: [String] = []
        var index = 0
        func word(while holds: (UInt8) -> Bool) -> String {
            let start = index
            while index < bytes.count, holds(bytes[index]) { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): index += 1
            case UInt8(ascii: "#"): _ = word { $0 != 0x0A }
            case UInt8(ascii: "."):
                let dots = word { $0 == UInt8(ascii: ".") }
                guard dots == "..." else { throw GraphQLProblem(message: "Stray dots.") }
                tokens.append(dots)
            case UInt8(ascii: "\""):
                let start = index
                index += 1
                while index < bytes.count, bytes[index] != byte { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
                index += 1
                guard index <= bytes.count else { throw GraphQLProblem(message: "A string has no end.") }
                tokens.append(String(decoding: bytes[start..<index], as: UTF8.self))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                tokens.append(word { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) })
            case _ where isNameByte(byte):
                tokens.append(word { isNameByte($0) || (0x30...0x39).contains($0) })
            default:
                tokens.append(String(Character(Unicode.Scalar(byte))))
                index += 1
            }
        }
        return tokens
    }
}
