extension Rule {
    /// A finding of this rule.
    ///
    /// - Parameters:
    ///   - place: Where; nil where no file is at fault.
    ///   - entry: What it is about; nil where that is a file.
    ///   - arguments: What the rule's template fills in.
    ///   - severity: The rule's own unless it is milder here.
    ///   - fix: The lines that mend it.
    /// - Returns: The finding.
    static func finding(
        at place: SourcePlace?, about entry: Selector?, _ arguments: [String: String], severity: Severity? = nil,
        fix: Fix? = nil
    ) -> Finding {
        Finding(
            rule: id, severity: severity ?? self.severity, place: place, entry: entry, arguments: arguments, fix: fix)
    }
}

extension [String] {
    /// The texts in one line for a sentence, at most `limit` of them and how many more there are.
    func listed(limit: Int = 5) -> String {
        let shown = prefix(limit).joined(separator: ", ")
        return count > limit ? "\(shown) and \(count - limit) more" : shown
    }
}
