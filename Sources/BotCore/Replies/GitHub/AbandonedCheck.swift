/// Why a check that had begun comes to no result.
public enum AbandonedCheck: String, Hashable, Sendable, CaseIterable {
    /// The pull request was closed.
    case closed
    /// Its head is another commit by now.
    case movedOn
    /// It was tried as often as anything is.
    case givenUp

    /// What the check run says.
    ///
    /// - Parameter templates: How it is said.
    /// - Returns: The title, and what to do.
    public func words(_ templates: Templates) -> (title: String, summary: String) {
        let name = "is" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        let lines = templates.text("github/abandoned", [name: true]).split(whereSeparator: \.isNewline).map(String.init)
        return (lines.first ?? "", lines.dropFirst().joined(separator: " "))
    }
}
