/// A rule that needs what GitHub says of an entry's contact.
public protocol ContactRule: Rule {
    /// How the contact breaks the rule.
    static func findings(on asked: AskedContact) -> [Finding]
}

/// The rules that ask GitHub, and how they are run together.
public enum ContactRules {
    /// All of them.
    public static let all: [any ContactRule.Type] = [BucketContactUnknown.self, BucketContactNotAuthor.self]

    /// How a contact breaks the rules: one whom GitHub does not know cannot have spoken.
    public static func findings(on asked: AskedContact) -> [Finding] {
        let unknown = BucketContactUnknown.findings(on: asked)
        return unknown.isEmpty ? BucketContactNotAuthor.findings(on: asked) : unknown
    }
}

extension ContactRule {
    static func finding(on asked: AskedContact) -> Finding {
        Finding(
            rule: id, severity: severity, place: asked.contact.place, entry: asked.entry,
            arguments: ["key": asked.entry.name, "contact": asked.contact.value], evidence: asked.evidence)
    }
}
