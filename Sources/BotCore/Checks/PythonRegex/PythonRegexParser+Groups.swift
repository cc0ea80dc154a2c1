/// What stands in round brackets.
extension PythonRegexParser {
    /// A group, behind its opening bracket; nil for a comment and for flags, which are no items.
    mutating func group(from start: Int, isVerbose: Bool) throws(PythonRegex.Problem) -> Item? {
        guard take("?") else { return try .repeatable(captured(name: nil, from: start, isVerbose: isVerbose)) }
        guard let sign = take() else { throw problem("unexpected end of pattern", at: position) }
        switch sign {
        case "P": return try namedGroup(from: start, isVerbose: isVerbose)
        case ":", ">": return try .repeatable(inner(from: start, isVerbose: isVerbose))
        case "#":
            try skipComment(from: start)
            return nil
        case "=", "!":
            _ = try inner(from: start, isVerbose: isVerbose)
            return .repeatable(.zero)
        case "<": return try lookbehind(from: start, isVerbose: isVerbose)
        case "(": return try conditional(from: start, isVerbose: isVerbose)
        case "-", "a", "i", "L", "m", "s", "u", "x":
            return try flags(first: sign, from: start, isVerbose: isVerbose)
        default: throw problem("unknown extension ?\(sign)", at: start + 1)
        }
    }

    /// Alternatives up to the closing bracket.
    private mutating func inner(from start: Int, isVerbose: Bool) throws(PythonRegex.Problem) -> PythonRegexWidth {
        let width = try alternatives(isVerbose: isVerbose)
        guard take(")") else { throw problem("missing ), unterminated subpattern", at: start) }
        return width
    }

    /// A group that gets a number, and may have a name.
    private mutating func captured(
        name: String?, from start: Int, isVerbose: Bool
    ) throws(PythonRegex.Problem) -> PythonRegexWidth {
        groups.append(nil)
        let number = groups.count
        if let name {
            guard names[name] == nil else { throw problem("redefinition of group name \"\(name)\"", at: start) }
            names[name] = number
        }
        let width = try inner(from: start, isVerbose: isVerbose)
        groups[number - 1] = width
        return width
    }

    private mutating func namedGroup(from start: Int, isVerbose: Bool) throws(PythonRegex.Problem) -> Item {
        if take("<") {
            let name = try groupName(until: ">")
            return try .repeatable(captured(name: name, from: start, isVerbose: isVerbose))
        }
        guard take("=") else {
            guard let next else { throw problem("unexpected end of pattern", at: position) }
            throw problem("unknown extension ?P\(next)", at: start + 1)
        }
        let name = try groupName(until: ")")
        guard let number = names[name] else { throw problem("unknown group name \"\(name)\"", at: start + 4) }
        return try .repeatable(width(ofGroup: number, at: start))
    }

    /// An identifier up to a sign, which is taken too.
    private mutating func groupName(until end: Unicode.Scalar) throws(PythonRegex.Problem) -> String {
        let start = position
        let name = take(atMost: .max) { $0 != end }
        guard take(end) else { throw problem("missing \(end), unterminated name", at: start) }
        guard let first = name.unicodeScalars.first else { throw problem("missing group name", at: start) }
        let isIdentifier =
            first == "_" || first.properties.isIDStart
            ? name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isIDContinue } : false
        guard isIdentifier else { throw problem("bad character in group name \"\(name)\"", at: start) }
        return name
    }

    /// The width of a group that something refers to.
    func width(ofGroup number: Int, at offset: Int) throws(PythonRegex.Problem) -> PythonRegexWidth {
        guard groups.indices.contains(number - 1), let width = groups[number - 1] else {
            throw problem("cannot refer to an open group", at: offset)
        }
        try refuseReferenceWithinLookbehind(to: number, at: offset)
        return width
    }

    private func refuseReferenceWithinLookbehind(to number: Int, at offset: Int) throws(PythonRegex.Problem) {
        if let before = groupsBeforeLookbehind, number > before {
            throw problem("cannot refer to group defined in the same lookbehind subpattern", at: offset)
        }
    }

    private mutating func lookbehind(from start: Int, isVerbose: Bool) throws(PythonRegex.Problem) -> Item {
        guard let sign = take() else { throw problem("unexpected end of pattern", at: position) }
        guard sign == "=" || sign == "!" else { throw problem("unknown extension ?<\(sign)", at: start + 1) }
        let isOutermost = groupsBeforeLookbehind == nil
        if isOutermost { groupsBeforeLookbehind = groups.count }
        let width = try inner(from: start, isVerbose: isVerbose)
        if isOutermost { groupsBeforeLookbehind = nil }
        guard width.low == width.high else { throw problem("look-behind requires fixed-width pattern", at: start) }
        return .repeatable(.zero)
    }

    /// `(?(1)yes|no)` and `(?(name)yes|no)`.
    private mutating func conditional(from start: Int, isVerbose: Bool) throws(PythonRegex.Problem) -> Item {
        let nameStart = position
        let digits = take(atMost: .max, where: Self.isDigit)
        if digits.isEmpty {
            let name = try groupName(until: ")")
            guard let number = names[name] else { throw problem("unknown group name \"\(name)\"", at: nameStart) }
            try refuseReferenceWithinLookbehind(to: number, at: nameStart)
        } else {
            guard take(")") else { throw problem("missing ), unterminated name", at: nameStart) }
            guard let number = Int(digits) else { throw problem("invalid group reference \(digits)", at: nameStart) }
            guard number > 0 else { throw problem("bad group number", at: nameStart) }
            conditions.append((number, nameStart))
            try refuseReferenceWithinLookbehind(to: number, at: nameStart)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw giveUp() }
        var width = try sequence(isVerbose: isVerbose)
        if take("|") {
            width = try width | sequence(isVerbose: isVerbose)
            if next == "|" { throw problem("conditional backref with more than two branches", at: position) }
        } else {
            width = width | .zero
        }
        guard take(")") else { throw problem("missing ), unterminated subpattern", at: start) }
        return .repeatable(width)
    }

    private mutating func skipComment(from start: Int) throws(PythonRegex.Problem) {
        while let next = take() {
            if next == ")" { return }
            if next == "\\", take() == nil { throw problem("bad escape (end of pattern)", at: position - 1) }
        }
        throw problem("missing ), unterminated comment", at: start)
    }

    /// `(?i)` for the whole pattern, `(?i-s:...)` for a part.
    private mutating func flags(
        first: Unicode.Scalar, from start: Int, isVerbose: Bool
    ) throws(PythonRegex.Problem) -> Item? {
        var added: Set<Unicode.Scalar> = []
        var removed: Set<Unicode.Scalar> = []
        var isRemoving = first == "-"
        if !isRemoving { added.insert(first) }
        while true {
            guard let next = take() else { throw problem("missing -, : or )", at: position) }
            if next == ")", !isRemoving {
                // Under x for everything Python starts over and reads white space in another way.
                if added.contains("x") { throw giveUp() }
                try refuse(added, removed, from: start)
                return nil
            }
            if next == ":" { break }
            if next == "-", !isRemoving {
                isRemoving = true
                continue
            }
            guard "aiLmsux".unicodeScalars.contains(next) else {
                let missing = isRemoving ? (removed.isEmpty ? "missing flag" : "missing :") : "missing -, : or )"
                throw problem(Self.isLetter(next) ? "unknown flag" : missing, at: position - 1)
            }
            if isRemoving { removed.insert(next) } else { added.insert(next) }
        }
        if isRemoving, removed.isEmpty { throw problem("missing flag", at: position - 1) }
        try refuse(added, removed, from: start)
        let isVerbose = (isVerbose || added.contains("x")) && !removed.contains("x")
        return try .repeatable(inner(from: start, isVerbose: isVerbose))
    }

    /// Flags that exclude each other.
    private func refuse(
        _ added: Set<Unicode.Scalar>, _ removed: Set<Unicode.Scalar>, from start: Int
    ) throws(PythonRegex.Problem) {
        if added.contains("L") { throw problem("bad inline flags: cannot use 'L' flag with a str pattern", at: start) }
        if added.isSuperset(of: ["a", "u"]) {
            throw problem("bad inline flags: flags 'a', 'u' and 'L' are incompatible", at: start)
        }
        if !removed.isDisjoint(with: ["a", "u", "L"]) {
            throw problem("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", at: start)
        }
        if !added.isDisjoint(with: removed) {
            throw problem("bad inline flags: flag turned on and off", at: start)
        }
    }
}
