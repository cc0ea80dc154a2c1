/// The messages of commits that remove or put back.
///
/// Nothing in them closes an issue, refers to one, mentions anyone or asks to be folded into another commit, whatever
/// entries are called: Prow's `invalidcommitmsg` blocks a pull request for that.
public struct CommitMessages: Sendable {
    private let templates: Templates

    /// Things that are listed one by one.
    static let listLimit = 50
    /// Characters of a subject.
    static let subjectLimit = 72

    /// Messages.
    ///
    /// - Parameter templates: The program's sentences.
    public init(templates: Templates) { self.templates = templates }

    /// The message of the commit that takes out one contribution.
    public func message(for plan: ContributionPlan) -> String {
        let names = plan.contribution.selectors.map(\.name)
        let removed = plan.removal.removed.map { Self.harmless("\($0.words) (\($0.place.path))") }
        let bucket: [String] = plan.contribution.bucket.map { [Self.harmless($0)] } ?? []
        let contact: [[String: String]] =
            plan.contribution.contact.map { contact in
                [["name": Self.harmless(contact.value), "source": contact.source.rawValue]]
            } ?? []
        return templates.text(
            "edits/commit-remove",
            [
                "subject": Self.subject("Remove", names), "removed": Array(removed.prefix(Self.listLimit)),
                "rest": rest(removed.count), "bucket": bucket, "contact": contact,
            ])
    }

    /// The message of the commit that puts back what another took.
    ///
    /// - Parameters:
    ///   - plan: What comes back.
    ///   - commit: The hash of the commit that took it.
    /// - Returns: The whole message.
    public func message(for plan: RestorePlan, removedBy commit: String) -> String {
        let restored = plan.selectors.map { Self.harmless("\($0)") }
        return templates.text(
            "edits/commit-restore",
            [
                "subject": Self.subject("Put back", plan.selectors.map(\.name)),
                "restored": Array(restored.prefix(Self.listLimit)), "rest": rest(restored.count), "commit": commit,
            ])
    }

    private func rest(_ count: Int) -> [Int] { count > Self.listLimit ? [count - Self.listLimit] : [] }

    private static func subject(_ verb: String, _ names: [String]) -> String {
        guard let first = names.first else { return "\(verb) entries" }
        let others = names.count == 1 ? "" : " and \(names.count - 1) more"
        let whole = "\(verb) \(harmless(first))\(others)"
        let short = names.count == 1 ? "\(verb) one entry" : "\(verb) \(names.count) entries"
        return whole.count <= subjectLimit ? whole : short
    }

    /// A text in which nothing means more to GitHub or to git than its letters.
    static func harmless(_ text: String) -> String {
        let words = text.printable.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            var word = String(word)
            for order in ["fixup!", "squash!", "amend!"] { word = word.replacing(order, with: order.dropLast()) }
            let isReference = word.lowercased().hasPrefix("gh-") && word.dropFirst(3).first?.isNumber == true
            if isReference { word = word.replacing("-", with: " ", maxReplacements: 1) }
            for digit in 0...9 { word = word.replacing("#\(digit)", with: "# \(digit)") }
            return word.replacing("@", with: "(at)").replacing("github.com/", with: "github.com ")
        }
        return words.joined(separator: " ")
    }
}
