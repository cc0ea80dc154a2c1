/// Where values stand, found without building any: what nobody asks for costs no memory, however much of it there is.
extension JSONText {
    /// Why bytes are not one JSON value with white space around it; nil where they are.
    static func problem(in bytes: [UInt8]) -> JSONError? {
        var text = JSONText(bytes: bytes)
        do {
            try text.skipValue(depth: 0)
            return surplus(in: bytes, from: text.position)
        } catch {
            return error
        }
    }

    /// What stands behind a value that should be the last; nil where it is white space.
    static func surplus(in bytes: [UInt8], from place: Int) -> JSONError? {
        var text = JSONText(bytes: bytes, at: place)
        text.skipWhiteSpace()
        return text.position == bytes.count ? nil : text.problem("more follows after the end")
    }

    /// The first byte of the value at a place; nil where there is none.
    static func firstByte(in bytes: [UInt8], at place: Int) -> UInt8? {
        var text = JSONText(bytes: bytes, at: place)
        text.skipWhiteSpace()
        return text.current
    }

    /// The value at a place.
    static func value(in bytes: [UInt8], at place: Int) throws(JSONError) -> JSONValue {
        var text = JSONText(bytes: bytes, at: place)
        return try text.value(depth: 0)
    }

    /// Hands over each member of the object at a place: its key, and where its value begins.
    ///
    /// - Parameters:
    ///   - bytes: What the object is in.
    ///   - place: Where the object begins.
    ///   - body: Gets each member, in order; says whether to go on.
    /// - Returns: Where the object ends; nil where `body` wanted no more.
    /// - Throws: `JSONError` where there is no object, or nothing that `problem` would let pass.
    static func forEachMember(
        in bytes: [UInt8], at place: Int, _ body: (String, Int) -> Bool
    ) throws(JSONError) -> Int? {
        var text = JSONText(bytes: bytes, at: place)
        text.skipWhiteSpace()
        guard text.take(UInt8(ascii: "{")) else { throw text.problem("an object is expected") }
        text.skipWhiteSpace()
        if text.take(UInt8(ascii: "}")) { return text.position }
        while true {
            let key = try text.key()
            guard body(key, text.position) else { return nil }
            try text.skipValue(depth: 1)
            if try text.isOver(UInt8(ascii: "}")) { return text.position }
        }
    }

    /// Hands over the place of each element of the list at a place; as `forEachMember`.
    static func forEachElement(in bytes: [UInt8], at place: Int, _ body: (Int) -> Bool) throws(JSONError) {
        var text = JSONText(bytes: bytes, at: place)
        text.skipWhiteSpace()
        guard text.take(UInt8(ascii: "[")) else { throw text.problem("a list is expected") }
        text.skipWhiteSpace()
        if text.take(UInt8(ascii: "]")) { return }
        while true {
            guard body(text.position) else { return }
            try text.skipValue(depth: 1)
            if try text.isOver(UInt8(ascii: "]")) { return }
        }
    }

    /// Passes over a value, which is held to the same rules as one that is read.
    private mutating func skipValue(depth: Int) throws(JSONError) {
        guard depth <= Self.depthLimit else { throw problem("more than \(Self.depthLimit) levels are nested") }
        skipWhiteSpace()
        switch current {
        case UInt8(ascii: "{"): try skipMembers(depth: depth)
        case UInt8(ascii: "["): try skipElements(depth: depth)
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "t"): try skipWord("true")
        case UInt8(ascii: "f"): try skipWord("false")
        case UInt8(ascii: "n"): try skipWord("null")
        default: try skipNumber()
        }
    }

    private mutating func skipMembers(depth: Int) throws(JSONError) {
        position += 1
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return }
        while true {
            try expectKey()
            try skipString()
            try skipColon()
            try skipValue(depth: depth + 1)
            if try isOver(UInt8(ascii: "}")) { return }
        }
    }

    private mutating func skipElements(depth: Int) throws(JSONError) {
        position += 1
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return }
        while true {
            try skipValue(depth: depth + 1)
            if try isOver(UInt8(ascii: "]")) { return }
        }
    }

    private mutating func key() throws(JSONError) -> String {
        try expectKey()
        let key = try string()
        try skipColon()
        return key
    }

    private mutating func expectKey() throws(JSONError) {
        skipWhiteSpace()
        guard current == UInt8(ascii: "\"") else { throw problem("a key in double quotes is expected") }
    }

    private mutating func skipColon() throws(JSONError) {
        skipWhiteSpace()
        guard take(UInt8(ascii: ":")) else { throw problem("a colon is expected") }
    }

    /// Whether an object or a list ends here; else passes over a comma.
    private mutating func isOver(_ end: UInt8) throws(JSONError) -> Bool {
        skipWhiteSpace()
        if take(end) { return true }
        guard take(UInt8(ascii: ",")) else {
            throw problem("a comma or a closing \(end == UInt8(ascii: "}") ? "brace" : "bracket") is expected")
        }
        return false
    }

    private mutating func skipString() throws(JSONError) {
        position += 1
        var escaped: [UInt8] = []
        while true {
            position = endOfPlainText(from: position)
            switch current {
            case nil: throw problem("a text has no end")
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &escaped)
                escaped.removeAll(keepingCapacity: true)
            default: throw problem("a control character stands in a text")
            }
        }
    }
}
