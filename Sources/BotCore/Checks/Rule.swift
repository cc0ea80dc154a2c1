/// One rule of the process: what `docs/RULES.md` says of it, apart from its words, which are
/// `templates/rules/<id>.mustache`.
///
/// Each rule is a type of its own in a file of the same name, so that any rule is found in one guess:
/// `bucket-prefix-colon` is `Checks/Buckets/BucketPrefixColon.swift`.
public protocol Rule: Sendable {
    /// The rule's name.
    static var id: RuleID { get }
    /// How bad it is as a rule; a finding may be milder.
    static var severity: Severity { get }
    /// The document or program that states the rule.
    static var source: String { get }
    /// The rules that necessarily or usually fire with this one.
    static var implies: [RuleID] { get }
    /// Whether kubernetes/test-infra's own tests refuse what breaks this rule.
    static var isUpstreamEnforced: Bool { get }
    /// The smallest text or state that breaks the rule, as `docs/RULES.md` shows it.
    static var example: String { get }
}

extension Rule {
    /// None, where the rule names none.
    public static var implies: [RuleID] { [] }
    /// No, where the rule does not say so.
    public static var isUpstreamEnforced: Bool { false }
}

/// A rule that needs nothing but the registry's files.
public protocol RegistryRule: Rule {
    /// Every place in the registry that breaks the rule, in the order of the files.
    static func findings(in context: RegistryContext) -> [Finding]
}

/// A rule that needs what a probe of Google Cloud Storage found.
public protocol ProbeRule: Rule {
    /// How the probed location breaks the rule; at most a few findings.
    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding]
}
