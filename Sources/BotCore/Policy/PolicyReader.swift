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

    /// The keys by the section that they stand in; "" is the margin.
    static let keys = [
        "": [
            "version", "paths", "generated", "protected", "dashboardPrefixes", "staleAfterDays", "ageingAfterDays",
            "presubmitStaleAfterDays", "confirmations", "maxFlipPercent", "controlLocations", "comment",
            "maxProbesPerPullRequest", "removals", "dashboardIssue",
        ],
        "paths": ["buckets", "testgrid", "jobs"],
        "removals": [
            "enabled", "groupBy", "commitPer", "maxOpenPullRequests", "maxEntriesPerPullRequest", "holdDays",
            "holdLabel", "labels", "snoozeDays", "pingsPerPersonPerWeek",
        ],
    ]

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
        readPaths(section("paths", in: root), into: &policy.paths)
        read(root, "generated", into: &policy.generated, check: PolicyText.glob)
        read(root, "protected", into: &policy.protected, check: PolicyText.glob)
        read(root, "dashboardPrefixes", into: &policy.dashboardPrefixes, check: PolicyText.name)
        read(root, "staleAfterDays", into: &policy.staleAfterDays, in: 30...3650)
        read(root, "ageingAfterDays", into: &policy.ageingAfterDays, in: 1...3649)
        read(root, "presubmitStaleAfterDays", into: &policy.presubmitStaleAfterDays, in: 30...3650)
        read(root, "confirmations", into: &policy.confirmations, in: 1...30)
        read(root, "maxFlipPercent", into: &policy.maxFlipPercent, in: 1...100)
        read(root, "controlLocations", into: &policy.controlLocations, check: PolicyText.location)
        read(root, "comment", into: &policy.comment)
        read(root, "maxProbesPerPullRequest", into: &policy.maxProbesPerPullRequest, in: 1...5000)
        readRemovals(section("removals", in: root), into: &policy.removals)
        read(root, "dashboardIssue", into: &policy.dashboardIssue)
        if policy.ageingAfterDays >= policy.staleAfterDays,
            let pair = root.pair("ageingAfterDays") ?? root.pair("staleAfterDays")
        {
            report(
                .ageingNotBelowStale(ageing: policy.ageingAfterDays, stale: policy.staleAfterDays),
                at: place(pair.value.span))
        }
        return policy
    }

    private mutating func readPaths(_ node: YAMLNode?, into paths: inout RegistryPaths) {
        guard let node else { return }
        read(node, "buckets", into: &paths.buckets, check: PolicyText.glob)
        read(node, "testgrid", into: &paths.testgrid, check: PolicyText.glob)
        read(node, "jobs", into: &paths.jobs, check: PolicyText.glob)
    }

    private mutating func readRemovals(_ node: YAMLNode?, into removals: inout RemovalPolicy) {
        guard let node else { return }
        read(node, "enabled", into: &removals.enabled)
        read(node, "groupBy", into: &removals.groupBy)
        read(node, "commitPer", into: &removals.commitPer)
        read(node, "maxOpenPullRequests", into: &removals.maxOpenPullRequests, in: 1...100)
        read(node, "maxEntriesPerPullRequest", into: &removals.maxEntriesPerPullRequest, in: 1...1000)
        read(node, "holdDays", into: &removals.holdDays, in: 0...365)
        readLabel(node, into: &removals.holdLabel)
        read(node, "labels", into: &removals.labels, check: PolicyText.label)
        read(node, "snoozeDays", into: &removals.snoozeDays, in: 1...3650)
        read(node, "pingsPerPersonPerWeek", into: &removals.pingsPerPersonPerWeek, in: 0...100)
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
        let known = Self.keys[section] ?? []
        for pair in node.pairs ?? [] {
            guard let name = pair.key.scalar?.text, !known.contains(name) else { continue }
            let home = Self.keys.sorted { $0.key < $1.key }.first { $0.value.contains(name) }
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
        // Octal, sexagesimal and grouped digits are numbers to YAML and surprises to people.
        guard let scalar = node.scalar, case .int(let number) = scalar.value, scalar.text == "\(number)" else {
            report(.wrongKind(key: key, wanted: "a whole number", found: node.kindInWords), at: place(node.span))
            return
        }
        guard let exact = Int(exactly: number), bounds.contains(exact) else {
            report(.outOfRange(key: key, found: number, bounds: bounds), at: place(node.span))
            return
        }
        value = exact
    }

    private mutating func read(_ node: YAMLNode, _ key: String, into value: inout Bool) {
        guard let node = node[key] else { return }
        guard case .bool(let flag) = node.scalar?.value else {
            report(.wrongKind(key: key, wanted: "true or false", found: node.kindInWords), at: place(node.span))
            return
        }
        value = flag
    }

    private mutating func read<Choice: RawRepresentable & CaseIterable>(
        _ node: YAMLNode, _ key: String, into value: inout Choice
    ) where Choice.RawValue == String {
        guard let node = node[key] else { return }
        let choices = Choice.allCases.map(\.rawValue)
        guard let text = node.text else {
            report(
                .wrongKind(key: key, wanted: "one of " + choices.joined(separator: ", "), found: node.kindInWords),
                at: place(node.span))
            return
        }
        guard let choice = Choice(rawValue: text) else {
            report(.notAChoice(key: key, found: String(text.prefix(100)), choices: choices), at: place(node.span))
            return
        }
        value = choice
    }

    private mutating func readLabel(_ node: YAMLNode, into value: inout String) {
        guard let node = node["holdLabel"] else { return }
        guard let text = node.text, node.scalar?.value == .string else {
            report(
                .wrongKind(key: "holdLabel", wanted: "a label's name", found: node.kindInWords), at: place(node.span))
            return
        }
        if let reason = PolicyText.label(text) {
            report(.unusable(key: "holdLabel", text: String(text.prefix(100)), reason: reason), at: place(node.span))
            return
        }
        value = text
    }

    /// Items of a list that are read.
    static let listLimit = 200

    /// A list of texts, each of which `check` finds nothing wrong with.
    private mutating func read(
        _ node: YAMLNode, _ key: String, into value: inout [String], check: (String) -> String?
    ) {
        guard let node = node[key] else { return }
        guard let items = node.items else {
            report(.wrongKind(key: key, wanted: "a list, [] for none", found: node.kindInWords), at: place(node.span))
            return
        }
        guard items.count <= Self.listLimit else {
            report(.tooMany(key: key, limit: Self.listLimit), at: place(node.span))
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
