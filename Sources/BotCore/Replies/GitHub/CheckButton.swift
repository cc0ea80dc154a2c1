/// Something that people can press on the page of a check run.
///
/// Source: https://docs.github.com/en/rest/checks/runs#create-a-check-run, `actions`.
public enum CheckButton: Hashable, Sendable {
    /// Look at the buckets once more.
    case probeAgain
    /// On a pull request that removes entries: keep them.
    case keep(days: Int)

    /// Buttons that GitHub shows below one check run.
    public static let limit = 3
    /// Characters of a label.
    static let labelLimit = 20
    /// Characters of a description.
    static let descriptionLimit = 40
    /// Characters of an identifier.
    static let identifierLimit = 20

    /// What GitHub tells when it is pressed.
    public var identifier: String {
        switch self {
        case .probeAgain: "probe-again"
        case .keep: "keep"
        }
    }

    /// The button that was pressed; nil where there is none of this identifier.
    ///
    /// - Parameter identifier: What GitHub told. For how long something is kept is not part of it: the policy says so.
    public init?(identifier: String) {
        switch identifier {
        case "probe-again": self = .probeAgain
        case "keep": self = .keep(days: 0)
        default: return nil
        }
    }

    /// What stands on it, and what is said of it.
    public func words(_ templates: Templates) -> (label: String, description: String) {
        var value: [String: any Sendable] = [:]
        switch self {
        case .probeAgain: value["isProbeAgain"] = true
        case .keep(let days):
            value["isKeep"] = true
            value["days"] = "\(days)"
        }
        let lines = templates.text("github/button", value).split(whereSeparator: \.isNewline).map(String.init)
        return (
            Markdown.cut(lines.first ?? identifier, Self.labelLimit - 1),
            Markdown.cut(lines.dropFirst().first ?? "", Self.descriptionLimit - 1)
        )
    }
}
