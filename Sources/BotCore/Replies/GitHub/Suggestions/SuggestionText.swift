/// Writes suggestions as comments of a review.
public struct SuggestionText {
    /// The kind of the marker that each comment starts with.
    public static let markerKind = "suggestion"

    private let templates: Templates
    private let advice: AdviceText

    /// How to write suggestions.
    public init(templates: Templates, texts: RuleTexts) {
        self.templates = templates
        advice = AdviceText(texts: texts)
    }

    /// A comment: a marker, what is wrong, and the lines.
    ///
    /// - Parameters:
    ///   - suggestion: What is suggested.
    ///   - head: The commit that was judged.
    /// - Returns: Markdown.
    public func comment(_ suggestion: Suggestion, head: ObjectSHA) -> String {
        let value: [String: any Sendable] = [
            "what": advice.what(suggestion.finding), "isContact": suggestion.contact != nil,
            "contact": Markdown.code(suggestion.contact ?? ""),
        ]
        let words = templates.text("github/suggestion", value).trimmingWhitespace()
        return "\(Self.marker(of: suggestion, head: head).text)\n\(words)\n\n\(Self.block(suggestion.replacement))\n"
    }

    /// What stands above the comments.
    ///
    /// - Parameters:
    ///   - count: Comments of the review.
    ///   - omittedCount: Suggestions that there was no room for.
    /// - Returns: Markdown.
    public func review(count: Int, omittedCount: Int) -> String {
        let value: [String: any Sendable] = [
            "isOne": count == 1, "count": "\(count)", "isCut": omittedCount > 0,
            "omitted": counted(omittedCount, "more is", "more are"),
        ]
        return templates.text("github/review", value).trimmingWhitespace() + "\n"
    }

    /// What a comment starts with.
    public static func marker(of suggestion: Suggestion, head: ObjectSHA) -> Marker {
        Marker(kind: markerKind, fields: ["head": head.text, "key": suggestion.key])
    }

    /// The lines in a fence that nothing in them ends; no line at all deletes.
    private static func block(_ replacement: String) -> String {
        let fence = Markdown.fence(for: replacement)
        let lines = replacement.isEmpty ? "" : replacement + "\n"
        return "\(fence)suggestion\n\(lines)\(fence)"
    }
}
