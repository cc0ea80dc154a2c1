/// The keys of one JSON object, read as Go's `encoding/json` reads them into a struct.
///
/// Keys fit whatever their case, the last of several wins, `null` is as good as absent, and unknown keys are ignored.
/// Each value of a wrong type becomes an issue, and reading goes on.
///
/// Source: https://pkg.go.dev/encoding/json#Unmarshal.
struct JSONFields {
    /// What was wrong so far, in the order of the questions.
    var issues: [LayoutIssue] = []
    private var values: [String: JSONValue] = [:]

    /// Reads the first value of a file; what follows it is ignored, as TestGrid does.
    init(bytes: [UInt8]) {
        switch JSONText.firstValue(in: bytes) {
        case .failure(let error) where error.isEmptyInput:
            issues = [.empty]
        case .failure(let error):
            issues = [.notJSON(offset: error.offset, problem: error.problem)]
        case .success(.object(let members)):
            for member in members { values[member.key.lowercased()] = member.value }
        case .success(.null):
            break
        case .success(let other):
            issues = [.notObject(found: other.summary)]
        }
    }

    /// A whole number of 64 bits, written without fraction or exponent.
    mutating func integer(_ key: String) -> Int64? {
        read(key, expected: "a whole number of seconds without quotes or fraction") { value in
            guard case .number(let text) = value else { return nil }
            return Int64(text)
        }
    }

    /// A text.
    mutating func string(_ key: String) -> String? {
        read(key, expected: "a text in quotes") { value in
            guard case .string(let text) = value else { return nil }
            return text
        }
    }

    /// True or false.
    mutating func boolean(_ key: String) -> Bool? {
        read(key, expected: "true or false without quotes") { value in
            guard case .boolean(let value) = value else { return nil }
            return value
        }
    }

    /// Says so where the key holds anything but an object.
    mutating func checkObject(_ key: String) {
        let _: [JSONMember]? = read(key, expected: "an object in braces") { $0.members }
    }

    /// Says so where the key holds anything but an object of texts.
    mutating func checkStringMap(_ key: String) {
        let members = read(key, expected: "an object in braces") { $0.members } ?? []
        for member in members {
            switch member.value {
            case .string, .null: continue
            default:
                let name = "\(key).\(member.key)"
                issues.append(.wrongType(key: name, expected: "a text in quotes", found: member.value.summary))
            }
        }
    }

    private mutating func read<Value>(
        _ key: String, expected: String, as convert: (JSONValue) -> Value?
    ) -> Value? {
        guard let value = values[key], value != .null else { return nil }
        if let converted = convert(value) { return converted }
        issues.append(.wrongType(key: key, expected: expected, found: value.summary))
        return nil
    }
}
