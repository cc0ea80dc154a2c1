/// One object of a webhook's payload, which knows where it stands, so that a problem can name the path.
///
/// Keys are taken as written. `null` is as good as absent, because GitHub uses both for "there is none".
struct PayloadObject {
    /// Where it stands: empty for the payload itself, else `pull_request.head`.
    let path: String
    private let members: [String: JSONValue]

    /// Reads a whole payload.
    init(payload: some Collection<UInt8>) throws(EventProblem) {
        let bytes = Array(payload)
        // Checked first, because the reader of JSON would repair what is not UTF-8 and two bodies would look alike.
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        switch JSONText.wholeValue(in: bytes) {
        case .failure(let error): throw .notJSON(offset: error.offset, problem: error.problem)
        case .success(let value):
            guard let members = value.members else { throw .notObject(found: value.summary) }
            try self.init(members: members, path: "")
        }
    }

    private init(members: [JSONMember], path: String) throws(EventProblem) {
        self.path = path
        var values: [String: JSONValue] = [:]
        for member in members {
            guard values.updateValue(member.value, forKey: member.key) == nil else {
                throw .repeated(path: Self.join(path, member.key))
            }
        }
        self.members = values
    }

    /// Whether there is a value other than `null`.
    func has(_ key: String) -> Bool { present(key) != nil }

    /// An object inside this one.
    func object(_ key: String) throws(EventProblem) -> PayloadObject {
        guard let object = try objectIfAny(key) else { throw .missing(path: Self.join(path, key)) }
        return object
    }

    /// An object inside this one, or nil where there is none.
    func objectIfAny(_ key: String) throws(EventProblem) -> PayloadObject? {
        guard let value = present(key) else { return nil }
        guard let members = value.members else { throw unfit(key, "an object", value) }
        return try PayloadObject(members: members, path: Self.join(path, key))
    }

    /// A list of objects; empty where there is none.
    func objects(_ key: String) throws(EventProblem) -> [PayloadObject] {
        guard let value = present(key) else { return [] }
        guard case .array(let elements) = value else { throw unfit(key, "a list", value) }
        var objects: [PayloadObject] = []
        for (index, element) in elements.enumerated() {
            let place = "\(Self.join(path, key))[\(index)]"
            guard let members = element.members else {
                throw .unfit(path: place, expected: "an object", found: element.summary)
            }
            objects.append(try PayloadObject(members: members, path: place))
        }
        return objects
    }

    /// A text.
    func text(_ key: String) throws(EventProblem) -> String {
        guard let text = try textIfAny(key) else { throw .missing(path: Self.join(path, key)) }
        return text
    }

    /// A text, or nil where there is none.
    func textIfAny(_ key: String) throws(EventProblem) -> String? {
        guard let value = present(key) else { return nil }
        guard case .string(let text) = value else { throw unfit(key, "a text", value) }
        return text
    }

    /// True or false; what is absent is false, as GitHub leaves some flags out of older payloads.
    func flag(_ key: String) throws(EventProblem) -> Bool {
        guard let value = present(key) else { return false }
        guard case .boolean(let flag) = value else { throw unfit(key, "true or false", value) }
        return flag
    }

    /// A whole number of at least 1, as all of GitHub's numbers of things are.
    func number(_ key: String) throws(EventProblem) -> Int64 {
        guard let value = present(key) else { throw .missing(path: Self.join(path, key)) }
        guard case .number(let text) = value, let number = Int64(text), number > 0 else {
            throw unfit(key, "a whole number above 0", value)
        }
        return number
    }

    /// A text that `convert` accepts.
    func read<Value>(
        _ key: String, as expected: String, _ convert: (String) -> Value?
    ) throws(EventProblem) -> Value {
        let text = try text(key)
        guard let value = convert(text) else { throw unfit(key, expected, .string(text)) }
        return value
    }

    private func present(_ key: String) -> JSONValue? {
        guard let value = members[key], value != .null else { return nil }
        return value
    }

    private func unfit(_ key: String, _ expected: String, _ value: JSONValue) -> EventProblem {
        .unfit(path: Self.join(path, key), expected: expected, found: value.summary)
    }

    private static func join(_ path: String, _ key: String) -> String {
        path.isEmpty ? String(key.prefix(100)) : "\(path).\(key.prefix(100))"
    }
}
