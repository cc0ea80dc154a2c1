/// Tells comments that mark a place in a file from those that describe what stands below them.
///
/// Source: comments of kubernetes/test-infra since 2016, such as `# Add New Testgroups Here`, `# Move sig-release
/// here`, and titles between two lines of a bare `#`.
enum StandingComments {
    /// How lines that mark a place begin, in lower case.
    private static let markers = ["add new ", "start ", "begin ", "end ", "move ", "keep "]
    /// How lines begin that are configuration someone has switched off.
    private static let switchedOff = ["- ", "gs://"]

    /// The lines of a block of comments that stay whatever is deleted below.
    ///
    /// - Parameter block: Comments on lines that follow each other.
    /// - Returns: The lines of markers, and of titles with the fences around them.
    static func lines(in block: [YAMLComment]) -> Set<Int> {
        var kept: Set<Int> = []
        var fence: Int?
        for comment in block {
            let text = comment.text.lowercased()
            if (markers + switchedOff).contains(where: text.hasPrefix) { kept.insert(comment.line) }
            guard isFence(comment) else { continue }
            if let start = fence {
                kept.formUnion(start...comment.line)
                fence = nil
            } else {
                fence = comment.line
            }
        }
        return kept
    }

    /// Whether a comment is an order to this program about the entry directly below, and goes with that entry alone.
    static func isOrder(_ comment: YAMLComment) -> Bool { comment.text.lowercased().hasPrefix("bucketbot:") }

    private static func isFence(_ comment: YAMLComment) -> Bool {
        comment.text.allSatisfy { "-=*_~#".contains($0) }
    }
}
