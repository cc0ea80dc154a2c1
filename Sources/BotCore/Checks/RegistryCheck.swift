/// Runs the rules that need nothing but files.
public enum RegistryCheck {
    /// Every rule broken in a registry as it stands.
    public static func findings(in registry: Registry, policy: Policy) -> [Finding] {
        findings(in: RegistryContext(registry: registry, policy: policy))
    }

    /// What a change is responsible for: findings on what it added or edited, and what it broke elsewhere.
    ///
    /// A finding that the base already has, word for word, in a place that the change did not touch, is left out.
    ///
    /// - Parameters:
    ///   - change: What lies between the base and `head`.
    ///   - head: The registry with the change.
    ///   - policy: The repository's policy.
    ///   - baseFindings: What is wrong with the base, for who knows it from before; nil finds it out.
    /// - Returns: The findings, in order.
    public static func findings(
        of change: RegistryChange, in head: Registry, policy: Policy, baseFindings: [Finding]? = nil
    ) -> [Finding] {
        var known: [FindingIdentity: Int] = [:]
        for finding in baseFindings ?? findings(in: change.base, policy: policy) {
            known[FindingIdentity(finding), default: 0] += 1
        }
        let found = findings(in: RegistryContext(registry: head, policy: policy, change: change))
        return found.filter { finding in
            if let place = finding.place, change.touches(place) { return true }
            if let entry = finding.entry, change.touches(entry, in: head) { return true }
            let identity = FindingIdentity(finding)
            guard let count = known[identity], count > 0 else { return true }
            known[identity] = count - 1
            return false
        }
    }

    private static func findings(in context: RegistryContext) -> [Finding] {
        RuleCatalog.registryRules.flatMap { $0.findings(in: context) }.sortedByPlace()
    }
}

/// What makes two findings of different states of a registry the same: all but where they stand.
private struct FindingIdentity: Hashable {
    let rule: RuleID
    let path: ExactText?
    let entry: Selector?
    let arguments: [String: String]

    init(_ finding: Finding) {
        rule = finding.rule
        path = finding.place.map { ExactText($0.path) }
        entry = finding.entry
        // Lines in the words move with every line above them.
        arguments = finding.arguments.filter { !$0.key.lowercased().hasSuffix("line") }
    }
}

extension [Finding] {
    /// By file, line, column and rule; what has no place comes last.
    public func sortedByPlace() -> [Finding] {
        sorted { left, right in
            switch (left.place, right.place) {
            case (let left?, let right?) where left.path != right.path: left.path < right.path
            case (let left?, let right?) where left.line != right.line: left.line < right.line
            case (let left?, let right?) where left.column != right.column: (left.column ?? 0) < (right.column ?? 0)
            case (nil, _?): false
            case (_?, nil): true
            default: left.rule < right.rule
            }
        }
    }
}

extension RegistryChange {
    /// Whether the change added or edited any line of an entry.
    func touches(_ entry: Selector, in head: Registry) -> Bool {
        switch entry {
        case .bucket(let key): head.buckets.contains { $0.key.isExactly(key) && touches($0) }
        case .testGroup(let name): head.group(named: name).map(touches) == true
        case .dashboard(let name): head.dashboard(named: name).map { touches($0.headPlace) } == true
        case .tab(let dashboard, let tab):
            head.dashboard(named: dashboard)?.tabs.contains { $0.name.isExactly(tab) && touches($0) } == true
        case .dashboardGroup(let name): head.dashboardGroup(named: name).map { touches($0.headPlace) } == true
        }
    }
}
