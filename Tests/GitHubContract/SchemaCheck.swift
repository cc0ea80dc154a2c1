internal import Playground

/// Holds JSON against the schemas of an OpenAPI 3.1 description: types, required members, enumerations, references,
/// `oneOf`, `anyOf`, `allOf`, lengths, ranges, dates, and members that are not allowed.
struct SchemaCheck {
    private static let depthLimit = 60
    private static let failureLimit = 20

    /// The schemas by their names.
    let schemas: [String: JSON]

    /// What does not fit, each with the place where it is; empty where all does.
    func failures(of value: JSON, against schema: JSON) -> [String] {
        var failures: [String] = []
        check(value, schema, at: "$", depth: 0, &failures)
        return Array(failures.prefix(Self.failureLimit))
    }

    private func check(_ value: JSON, _ schema: JSON, at place: String, depth: Int, _ failures: inout [String]) {
        guard depth < Self.depthLimit else {
            failures.append("\(place): nested too deep")
            return
        }
        if let reference = schema["$ref"]?.string {
            guard let target = schemas[reference.split(separator: "/").last.map(String.init) ?? ""] else {
                failures.append("\(place): no schema \(reference)")
                return
            }
            check(value, target, at: place, depth: depth + 1, &failures)
            return
        }
        checkCombinations(value, schema, at: place, depth: depth, &failures)
        checkScalar(value, schema, at: place, &failures)
        if let members = value.object { checkMembers(members, schema, at: place, depth: depth, &failures) }
        if let elements = value.array, let items = schema["items"] {
            for (index, element) in elements.enumerated() {
                check(element, items, at: "\(place)[\(index)]", depth: depth + 1, &failures)
            }
        }
    }

    private func checkCombinations(
        _ value: JSON, _ schema: JSON, at place: String, depth: Int, _ failures: inout [String]
    ) {
        for part in schema["allOf"]?.array ?? [] { check(value, part, at: place, depth: depth + 1, &failures) }
        for word in ["anyOf", "oneOf"] {
            guard let parts = schema[word]?.array else { continue }
            var fewest: [String]?
            var isFitting = false
            for part in parts where !isFitting {
                var own: [String] = []
                check(value, part, at: place, depth: depth + 1, &own)
                isFitting = own.isEmpty
                if own.count < fewest?.count ?? Int.max { fewest = own }
            }
            // Descriptions say `oneOf` where several fit, so both words mean "at least one" here.
            if !isFitting { failures += fewest ?? ["\(place): \(word) of nothing"] }
        }
    }

    private func checkScalar(_ value: JSON, _ schema: JSON, at place: String, _ failures: inout [String]) {
        let types = schema["type"]?.array?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { Self.isA($0, value) }) {
            failures.append("\(place): is not \(types.joined(separator: " or "))")
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            failures.append("\(place): \(value.string ?? "the value") is not one of those allowed")
        }
        if let constant = schema["const"], constant != value {
            failures.append("\(place): is not the one value allowed")
        }
        if let text = value.string {
            let count = text.unicodeScalars.count
            if let most = schema["maxLength"]?.int, count > most { failures.append("\(place): is longer than \(most)") }
            if let least = schema["minLength"]?.int, count < least { failures.append("\(place): is too short") }
            if schema["format"]?.string == "date-time", !Self.isTime(text) {
                failures.append("\(place): \(text) is no time")
            }
        }
        if let number = value.int {
            if let most = schema["maximum"]?.int ?? schema["le"]?.int, number > most {
                failures.append("\(place): is over \(most)")
            }
            if let least = schema["minimum"]?.int, number < least { failures.append("\(place): is below \(least)") }
        }
    }

    private func checkMembers(
        _ members: [String: JSON], _ schema: JSON, at place: String, depth: Int, _ failures: inout [String]
    ) {
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where members[name] == nil {
            failures.append("\(place).\(name): is missing")
        }
        let properties = schema["properties"]?.object ?? [:]
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            if let property = properties[name] {
                check(member, property, at: "\(place).\(name)", depth: depth + 1, &failures)
            } else if schema["additionalProperties"] == false {
                failures.append("\(place).\(name): is not allowed")
            } else if let other = schema["additionalProperties"], other.object != nil {
                check(member, other, at: "\(place).\(name)", depth: depth + 1, &failures)
            }
        }
    }

    private static func isA(_ type: String, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
            ("integer", .int), ("number", .int), ("number", .double):
            true
        default: false
        }
    }

    /// Whether a text is a time of RFC 3339.
    private static func isTime(_ text: String) -> Bool {
        let shape = text.prefix(19).map { $0.isWholeNumber ? "0" : $0 }
        return String(shape) == "0000-00-00T00:00:00" && text.count > 19
    }
}
