extension PullRequestCheck {
    /// How a pull request stands, the worst first.
    public enum Outcome: Hashable, Sendable {
        /// At least one error.
        case wrong
        /// No error, but something could not be looked at.
        case unknown
        /// No error, all was looked at, and there is a warning.
        case doubtful
        /// Nothing but notes.
        case right
    }

    /// How many findings have a severity; a policy file that cannot be used is an error.
    public func count(_ severity: Severity) -> Int {
        findings.count { $0.severity == severity } + (severity == .error ? policyIssues.count : 0)
    }

    /// Whether a question that was needed got no answer.
    public var isUnknown: Bool {
        !unreadFiles.isEmpty || findings.contains { $0.rule == AccessInconclusive.id }
            || entries.contains { entry in
                entry.locations.contains { EntryChecklist.isUnanswered($0) }
                    || entry.contacts.contains { $0.isUnanswered }
            }
    }

    /// How it stands.
    public var outcome: Outcome {
        if count(.error) > 0 { return .wrong }
        if isUnknown { return .unknown }
        return count(.warning) > 0 ? .doubtful : .right
    }

    /// Whether somebody has to look at it: for a comment only where something is wrong.
    public var hasProblem: Bool { outcome != .right }

    /// Whether nothing but access stands in the way, so that another look soon may find it mended.
    public var failsOnlyByAccess: Bool {
        let errors = findings.filter { $0.severity == .error }
        guard policyIssues.isEmpty, !errors.isEmpty || isUnknown else { return false }
        let access = Set(ProbeRules.access.map { $0.id } + [LayoutNoBuilds.id])
        return errors.allSatisfy { access.contains($0.rule) }
    }
}

extension AskedContact {
    /// Whether GitHub was asked for the account and did not answer.
    var isUnanswered: Bool {
        if case .unknown? = standing { true } else { false }
    }
}
