/// How bad a finding is.
///
/// Source: the `sev` column of the rule tables; `error` makes `check` exit with 1.
public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Results do not arrive, or something of others breaks.
    case error
    /// Results arrive, but someone will be bitten.
    case warning
    /// Worth knowing; nothing has to be done.
    case note

    /// The worst severity is the greatest.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .note: 0
        }
    }
}
