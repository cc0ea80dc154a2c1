/// Reads the keys of a policy file into a `Policy`.
struct PolicyReader {
    /// The file, for places.
    let path: String
    /// What is wrong so far.
    private(set) var issues: [PolicyIssue] = []

    /// A reader of one file.
    init(path: String) { self.path = path }

    mutating func report(_ kind: PolicyIssue.Kind, at place: SourcePlace) {
        issues.append(PolicyIssue(kind: kind, place: place))
    }

    /// The policy that a file says; of what is wrong the default stays, and an issue is reported.
    mutating func policy(in root: YAMLNode?) -> Policy {
        var policy = Policy()
        guard let root, root.pairs != nil else {
            report(.noMapping, at: SourcePlace(path: path, line: root?.span.startLine ?? 1))
            return policy
        }
        // Of another version nobody knows what its keys mean.
        guard hasKnownVersion(root) else { return policy }
        refuseUnknownKeys(in: root, section: "")
        var homes = ["": root]
        for key in PolicyKey.all {
            guard let home = homes[key.section] else { continue }
            if case .section = key.value {
                homes[key.name] = section(key.name, in: home)
            } else {
                read(key, in: home, into: &policy)
            }
        }
        if policy.ageingAfterDays >= policy.staleAfterDays,
            let pair = root.pair("ageingAfterDays") ?? root.pair("staleAfterDays")
        {
            report(
                .ageingNotBelowStale(ageing: policy.ageingAfterDays, stale: policy.staleAfterDays),
                at: place(pair.value.span))
        }
        return policy
    }

    private mutating func read(_ key: PolicyKey, in home: YAMLNode, into policy: inout Policy) {
        switch key.value {
        case .version, .section: break
        case .number(let path, let bounds): read(home, key.name, into: &policy[keyPath: path], in: bounds)
        case .flag(let path): read(home, key.name, into: &policy[keyPath: path])
        case .choice(let choice): read(home, key.name, choice, into: &policy)
        case .label(let path): readLabel(home, key.name, into: &policy[keyPath: path])
        case .texts(let path, let kind):
            read(home, key.name, into: &policy[keyPath: path], check: kind.problem)
        }
    }

    // MARK: - Sections and keys

    private mutating func hasKnownVersion(_ root: YAMLNode) -> Bool {
        guard let node = root["version"] else {
            report(.missingVersion, at: SourcePlace(path: path, line: root.span.startLine))
            return false
        }
        guard node.text == PolicyFile.version, node.scalar?.style == .plain else {
            report(.unknownVersion(node.text ?? node.kindInWords), at: place(node.span))
            return false
        }
        return true
    }

    /// A mapping below the margin; nil where it is not there or holds nothing, which leaves the defaults.
    private mutating func section(_ name: String, in root: YAMLNode) -> YAMLNode? {
        guard let node = root[name], !node.isNull else { return nil }
        guard node.pairs != nil else {
            report(
                .wrongKind(key: name, wanted: "keys with values, indented, below it", found: node.kindInWords),
                at: place(node.span))
            return nil
        }
        refuseUnknownKeys(in: node, section: name)
        return node
    }

    private mutating func refuseUnknownKeys(in node: YAMLNode, section: String) {
        let known = PolicyKey.names[section] ?? []
        for pair in node.pairs ?? [] {
            guard let name = pair.key.scalar?.text, !known.contains(name) else { continue }
            let home = PolicyKey.names.sorted { $0.key < $1.key }.first { $0.value.contains(name) }
            if let home, name != "version" {
                report(.misplacedKey(name, section: home.key), at: place(pair.key.span))
            } else {
                let near = nearest(to: name, among: known, count: 1).first
                report(.unknownKey(String(name.prefix(100)), nearest: near), at: place(pair.key.span))
            }
        }
    }

    private func place(_ span: SourceSpan) -> SourcePlace {
        SourcePlace(path: path, line: span.startLine, column: span.startColumn, endLine: span.endLine)
    }

    // MARK: - Values

    private mutating func read(_ node: YAMLNode, _ key: String, into value: inout Int, in bounds: ClosedRange<Int>) {
        guard let node = node[key] else { return }
        guard let scalar = node.scalar, scalar.style == .plain, Self.isWholeNumber(scalar.text) else {
            report(.wrongKind(key: key, wanted: "a whole number", found: node.kindInWords), at: place(node.span))
            return
        }
        guard let number = Int(scalar.text), bounds.contains(number) else {
            let found = String(scalar.text.prefix(Self.digitsShown))
            report(.outOfRange(key: key, found: found, bounds: bounds), at: place(node.span))
            return
        }
        value = number
    }

    /// Digits of a number that are repeated to people.
    private static let digitsShown = 40

    /// Whether a text is a number as people write it, of any size: octal, sexagesimal and grouped digits are numbers to
    /// YAML and surprises to people.
    private static func isWholeNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return first != UInt8(ascii: "0") || text == "0"
    }

    private mutating func read(_ node: YAMLNode, _ key: String, into value: inout Bool) {
        guard let node = node[key] else { return }
        guard case .bool(let flag) = node.scalar?.value else {
            report(.wrongKind(key: key, wanted: "true or false", found: node.kindInWords), at: place(node.span))
            return
        }
        value = flag
    }

    private mutating func read(
        _ node: YAMLNode, _ key: String, _ choice: PolicyChoice, into policy: inout Policy
    ) {
        guard let node = node[key] else { return }
        guard let text = node.text else {
            report(
                .wrongKind(key: key, wanted: "one of " + choice.words.joined(separator: ", "), found: node.kindInWords),
                at: place(node.span))
            return
        }
        guard choice.set(text, &policy) else {
            report(.notAChoice(key: key, found: String(text.prefix(100)), choices: choice.words), at: place(node.span))
            return
        }
    }

    private mutating func readLabel(_ node: YAMLNode, _ key: String, into value: inout String) {
        guard let node = node[key] else { return }
        guard let text = node.text, node.scalar?.value == .string else {
            report(
                .wrongKind(key: key, wanted: "a label's name", found: node.kindInWords), at: place(node.span))
            return
        }
        if let reason = PolicyText.label(text) {
            report(.unusable(key: key, text: String(text.prefix(100)), reason: reason), at: place(node.span))
            return
        }
        value = text
    }

    /// A list of texts, each of which `check` finds nothing wrong with.
    private mutating func read(
        _ node: YAMLNode, _ key: String, into value: inout [String], check: (String) -> String?
    ) {
        guard let node = node[key] else { return }
        guard let items = node.items else {
            report(.wrongKind(key: key, wanted: "a list, [] for none", found: node.kindInWords), at: place(node.span))
            return
        }
        guard items.count <= PolicyKey.listLimit else {
            report(.tooMany(key: key, limit: PolicyKey.listLimit), at: place(node.span))
            return
        }
        var texts: [String] = []
        for item in items {
            guard let text = item.text, item.scalar?.value == .string else {
                report(
                    .wrongKind(key: key, wanted: "only texts into the list", found: item.kindInWords),
                    at: place(item.span))
                continue
            }
            if let reason = check(text) {
                report(.unusable(key: key, text: String(text.prefix(100)), reason: reason), at: place(item.span))
            } else if texts.contains(text) {
                report(.repeated(key: key, text: text), at: place(item.span))
            } else {
                texts.append(text)
            }
        }
        value = texts
    }
}
