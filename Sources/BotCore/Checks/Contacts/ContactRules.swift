/// A rule that needs what GitHub says of an entry's contact.
public protocol ContactRule: Rule {
    /// How the contact breaks the rule.
    static func findings(on asked: AskedContact) -> [Finding]
}

/// The rules that ask GitHub, and how they are run together.
public enum ContactRules {
    /// All of them.
    public static let all: [any ContactRule.Type] = standing + [BucketContactNotAuthor.self]

    /// Their names.
    static let ids = Set(all.map { $0.id })

    /// Those that judge whether the name leads to somebody.
    private static let standing: [any ContactRule.Type] = [
        BucketContactUnknown.self, ContactGone.self, ContactRenamed.self, ContactDeparted.self,
    ]

    /// How a contact breaks the rules: one whose name leads to nobody cannot have spoken.
    public static func findings(on asked: AskedContact) -> [Finding] {
        let found = standing.flatMap { $0.findings(on: asked) }
        return found.isEmpty ? BucketContactNotAuthor.findings(on: asked) : found
    }

    /// How contacts break the rules: what is wrong with one name in one place is told once, whatever entries share it.
    public static func findings(on all: [AskedContact]) -> [Finding] {
        var seen: Set<String> = []
        return all.flatMap { asked in
            findings(on: asked).filter { finding in
                seen.insert("\(finding.rule) \(asked.contact.key) \(asked.contact.place)").inserted
            }
        }
    }
}

extension ContactRule {
    /// A finding on the contact's line.
    ///
    /// That one of the people of an OWNERS file is not there any more is worth a note: the others are.
    static func finding(on asked: AskedContact, _ more: [String: String] = [:]) -> Finding {
        let arguments = [
            "key": asked.entry.name, "contact": asked.contact.value, "organization": asked.organization,
            "owners": asked.candidates?.path ?? "No OWNERS file",
            "candidates": asked.candidates?.names.listed() ?? "anybody else",
        ]
        return Finding(
            rule: id, severity: asked.contact.source == .owners ? .note : severity, place: asked.contact.place,
            entry: asked.entry, arguments: arguments.merging(more) { $1 }, evidence: asked.evidence, fix: asked.fix)
    }
}
