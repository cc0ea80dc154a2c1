/// The JSON Schema of a policy file, for editors and for other people's checks.
///
/// It says what each key holds; what a schema cannot say, as that braces of a glob match or that `ageingAfterDays` lies
/// below `staleAfterDays`, the reader says.
/// Source: https://json-schema.org/draft/2020-12/schema
public enum PolicySchema {
    /// The schema as text that ends with a line break.
    public static func text() -> String { SchemaValue.object(root).text(indentation: 0) + "\n" }

    private static var root: [(String, SchemaValue)] {
        [
            ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            ("title", .text(PolicyFile.path)), ("type", .text("object")),
            ("required", .array([.text("version")])), ("additionalProperties", .flag(false)),
            ("properties", .object(properties(of: ""))),
        ]
    }

    private static func properties(of section: String) -> [(String, SchemaValue)] {
        let defaults = Policy()
        return PolicyKey.all.filter { $0.section == section }.map { key in
            (key.name, .object([("description", .text(key.words))] + members(of: key, defaults)))
        }
    }

    private static func members(of key: PolicyKey, _ defaults: Policy) -> [(String, SchemaValue)] {
        switch key.value {
        case .version: return [("const", .number(1))]
        case .section:
            return [
                ("type", .array([.text("object"), .text("null")])), ("additionalProperties", .flag(false)),
                ("properties", .object(properties(of: key.name))),
            ]
        case .number(let path, let bounds):
            return [
                ("type", .text("integer")), ("minimum", .number(bounds.lowerBound)),
                ("maximum", .number(bounds.upperBound)), ("default", .number(defaults[keyPath: path])),
            ]
        case .flag(let path): return [("type", .text("boolean")), ("default", .flag(defaults[keyPath: path]))]
        case .choice(let choice):
            return [("enum", .array(choice.words.map { .text($0) })), ("default", .text(choice.get(defaults)))]
        case .label(let path): return text(of: .label) + [("default", .text(defaults[keyPath: path]))]
        case .texts(let path, let kind):
            return [
                ("type", .text("array")), ("maxItems", .number(PolicyKey.listLimit)), ("uniqueItems", .flag(true)),
                ("items", .object(text(of: kind))), ("default", .array(defaults[keyPath: path].map { .text($0) })),
            ]
        }
    }

    private static func text(of kind: PolicyText.Kind) -> [(String, SchemaValue)] {
        var members: [(String, SchemaValue)] = [("type", .text("string"))]
        if let limit = kind.characterLimit { members.append(("maxLength", .number(limit))) }
        return members + [("pattern", .text(kind.pattern))]
    }
}

/// A value of a schema, its members in the order in which they are written.
private enum SchemaValue {
    case object([(String, SchemaValue)])
    case array([SchemaValue])
    case text(String)
    case number(Int)
    case flag(Bool)

    /// As JSON, members on lines of their own and lists on one line.
    func text(indentation: Int) -> String {
        switch self {
        case .object(let members):
            let margin = String(repeating: " ", count: indentation + 2)
            let lines = members.map { name, value in
                "\(margin)\(LineReplacement.doubleQuoted(name)): \(value.text(indentation: indentation + 2))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n" + String(repeating: " ", count: indentation) + "}"
        case .array(let values):
            return "[" + values.map { $0.text(indentation: indentation) }.joined(separator: ", ") + "]"
        case .text(let text): return LineReplacement.doubleQuoted(text)
        case .number(let number): return "\(number)"
        case .flag(let flag): return flag ? "true" : "false"
        }
    }
}
