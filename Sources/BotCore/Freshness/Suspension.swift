/// Why an entry that could go is not proposed, or not taken out, all the same; it never changes the verdict.
public enum Suspension: String, Hashable, Sendable, CaseIterable {
    /// A generator writes the file: its owners have to stop it.
    case generated
    /// A dashboard that nothing is removed from shows it.
    case protected
    /// A Prow job stands behind it, and would be left without its test group or its dashboard.
    case prowBacked = "prow-backed"
    /// Too few sweeps have agreed.
    case unconfirmed
    /// So much turned stale at once that it looks like an outage.
    case outage
    /// Someone asked for a pause.
    case snoozed
    /// A pull request that proposed it was closed.
    case declined
    /// A comment above it says to keep it.
    case kept
    /// No deletion of whole lines gives what is meant.
    case handEdit = "hand-edit"
    /// Enough is proposed already.
    case limit
}
