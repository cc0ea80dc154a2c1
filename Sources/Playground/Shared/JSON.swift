/// A JSON value.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// Reads one value.
    ///
    /// - Parameter bytes: UTF-8 text.
    /// - Throws: `JSONProblem` where they are none, or nested too deep.
    public init(bytes: [UInt8]) throws(JSONProblem) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }

    /// The text, its keys in alphabetical order.
    public var bytes: [UInt8] {
        var text = ByteText(capacity: 1024)
        write(to: &text)
        return text.bytes
    }

    /// The member of this name; nil where there is none or this is no object.
    public subscript(name: String) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The element at this place; nil where there is none or this is no list.
    public subscript(index: Int) -> JSON? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    /// The text; nil for anything else.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The whole number; nil for anything else.
    public var int: Int? { if case .int(let number) = self { number } else { nil } }
    /// The truth value; nil for anything else.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements; nil for anything else.
    public var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    /// The members; nil for anything else.
    public var object: [String: JSON]? { if case .object(let members) = self { members } else { nil } }
    /// Whether it is null.
    public var isNull: Bool { self == .null }

    /// An object with the members of two; where both have one, that of `other`.
    func merging(_ other: [String: JSON]) -> JSON {
        .object((object ?? [:]).merging(other) { $1 })
    }

    private func write(to text: inout ByteText) {
        switch self {
        case .null: text.raw("null")
        case .bool(let value): text.raw(value ? "true" : "false")
        case .int(let number): text.decimal(number)
        case .double(let number): text.raw(number.isFinite ? "\(number)" : "null")
        case .string(let value): text.quoted(value)
        case .array(let elements):
            text.raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { text.raw(",") }
                element.write(to: &text)
            }
            text.raw("]")
        case .object(let members):
            text.raw("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text.raw(",") }
                text.quoted(member.key)
                text.raw(":")
                member.value.write(to: &text)
            }
            text.raw("}")
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
    /// A list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object; of two members with one name the later counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements) { $1 })
    }

    /// A string, or null where there is none.
    static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    /// A whole number, or null where there is none.
    static func number(_ value: Int?) -> JSON { value.map { .int($0) } ?? .null }
}
