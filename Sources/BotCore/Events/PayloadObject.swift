/// One object of a webhook's payload, which knows where it stands, so that a problem can name the path.
///
/// Keys are taken as written. `null` is as good as absent, because GitHub uses both for "there is none".
///
/// Values are built when they are asked for: of a body of many megabytes nobody asks for more than a few hundred bytes.
struct PayloadObject {
    /// Where it stands: empty for the payload itself, else `pull_request.head`.
    let path: String
    private let bytes: [UInt8]
    /// Where each value begins.
    private let places: [String: Int]

    /// Members of one object; GitHub's have a hundred.
    static let memberLimit = 1_000
    /// Elements of one list.
    static let elementLimit = 100_000

    /// Reads a whole payload.
    init(payload: some Collection<UInt8>) throws(EventProblem) {
        let bytes = Array(payload)
        // Checked first, because the reader of JSON would repair what is not UTF-8 and two bodies would look alike.
        guard Self.isUTF8(bytes) else { throw .notUTF8 }
        guard JSONText.firstByte(in: bytes, at: 0) == UInt8(ascii: "{") else {
            if let error = JSONText.problem(in: bytes) { throw EventProblem(error) }
            throw .notObject(found: Self.summary(of: bytes, at: 0))
        }
        let end: Int
        (places, end) = try Self.places(in: bytes, at: 0, path: "")
        if let error = JSONText.surplus(in: bytes, from: end) { throw EventProblem(error) }
        self.bytes = bytes
        path = ""
    }

    private init(bytes: [UInt8], at place: Int, path: String) throws(EventProblem) {
        (places, _) = try Self.places(in: bytes, at: place, path: path)
        self.bytes = bytes
        self.path = path
    }

    /// Where each value of an object begins, and where the object ends; all of it is held to the rules of JSON on the way.
    private static func places(
        in bytes: [UInt8], at place: Int, path: String
    ) throws(EventProblem) -> (places: [String: Int], end: Int) {
        // Room for what objects of GitHub's have, so that few outgrow it.
        var places = [String: Int](minimumCapacity: 48)
        var problem: EventProblem?
        let end: Int?
        do throws(JSONError) {
            end = try JSONText.forEachMember(in: bytes, at: place) { key, place in
                if places.updateValue(place, forKey: key) != nil {
                    problem = .repeated(path: join(path, key))
                } else if places.count > memberLimit {
                    problem = .tooMany(path: path, limit: memberLimit)
                }
                return problem == nil
            }
        } catch {
            throw EventProblem(error)
        }
        if let problem { throw problem }
        return (places, end ?? bytes.count)
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return true
        } catch {
            // Which byte it is helps nobody: no sender of GitHub's writes such a body.
            return false
        }
    }

    private static func summary(of bytes: [UInt8], at place: Int) -> String {
        switch JSONText.firstByte(in: bytes, at: place) {
        case UInt8(ascii: "{"): return "an object"
        case UInt8(ascii: "["): return "a list"
        default:
            do throws(JSONError) {
                return try JSONText.value(in: bytes, at: place).summary
            } catch {
                return error.problem
            }
        }
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
        guard let place = present(key) else { return nil }
        guard JSONText.firstByte(in: bytes, at: place) == UInt8(ascii: "{") else {
            throw unfit(key, "an object", place)
        }
        return try PayloadObject(bytes: bytes, at: place, path: Self.join(path, key))
    }

    /// A list of objects; empty where there is none.
    func objects(_ key: String) throws(EventProblem) -> [PayloadObject] {
        guard let place = present(key) else { return [] }
        guard JSONText.firstByte(in: bytes, at: place) == UInt8(ascii: "[") else { throw unfit(key, "a list", place) }
        var places: [Int] = []
        do throws(JSONError) {
            try JSONText.forEachElement(in: bytes, at: place) { element in
                places.append(element)
                return places.count <= Self.elementLimit
            }
        } catch {
            throw EventProblem(error)
        }
        guard places.count <= Self.elementLimit else {
            throw .tooMany(path: Self.join(path, key), limit: Self.elementLimit)
        }
        var objects: [PayloadObject] = []
        for (index, element) in places.enumerated() {
            let name = "\(Self.join(path, key))[\(index)]"
            guard JSONText.firstByte(in: bytes, at: element) == UInt8(ascii: "{") else {
                throw .unfit(path: name, expected: "an object", found: Self.summary(of: bytes, at: element))
            }
            objects.append(try PayloadObject(bytes: bytes, at: element, path: name))
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
        guard let place = present(key) else { return nil }
        guard case .string(let text) = try value(at: place) else { throw unfit(key, "a text", place) }
        return text
    }

    /// True or false; what is absent is false, as GitHub leaves some flags out of older payloads.
    func flag(_ key: String) throws(EventProblem) -> Bool {
        guard let place = present(key) else { return false }
        guard case .boolean(let flag) = try value(at: place) else { throw unfit(key, "true or false", place) }
        return flag
    }

    /// A whole number of at least 1, as all of GitHub's numbers of things are.
    func number(_ key: String) throws(EventProblem) -> Int64 {
        guard let place = present(key) else { throw .missing(path: Self.join(path, key)) }
        guard case .number(let text) = try value(at: place), let number = Int64(text), number > 0 else {
            throw unfit(key, "a whole number above 0", place)
        }
        return number
    }

    /// A text that `convert` accepts.
    func read<Value>(
        _ key: String, as expected: String, _ convert: (String) -> Value?
    ) throws(EventProblem) -> Value {
        let text = try text(key)
        guard let value = convert(text) else {
            let found = JSONValue.string(text).summary
            throw .unfit(path: Self.join(path, key), expected: expected, found: found)
        }
        return value
    }

    private func present(_ key: String) -> Int? {
        guard let place = places[key], JSONText.firstByte(in: bytes, at: place) != UInt8(ascii: "n") else { return nil }
        return place
    }

    /// A value that is neither an object nor a list, which are not built; those are `null` here.
    private func value(at place: Int) throws(EventProblem) -> JSONValue {
        guard let first = JSONText.firstByte(in: bytes, at: place), first != UInt8(ascii: "{"),
            first != UInt8(ascii: "[")
        else { return .null }
        do throws(JSONError) {
            return try JSONText.value(in: bytes, at: place)
        } catch {
            throw EventProblem(error)
        }
    }

    private func unfit(_ key: String, _ expected: String, _ place: Int) -> EventProblem {
        .unfit(path: Self.join(path, key), expected: expected, found: Self.summary(of: bytes, at: place))
    }

    private static func join(_ path: String, _ key: String) -> String {
        path.isEmpty ? String(key.prefix(100)) : "\(path).\(key.prefix(100))"
    }
}

extension EventProblem {
    /// What a reader of JSON found.
    fileprivate init(_ error: JSONError) { self = .notJSON(offset: error.offset, problem: error.problem) }
}
