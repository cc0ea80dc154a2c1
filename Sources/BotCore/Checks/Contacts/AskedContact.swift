/// A contact of an entry, with what GitHub said of it: what a `ContactRule` judges.
public struct AskedContact: Hashable, Sendable {
    /// The entry.
    public let entry: Selector
    /// Who is named, and where.
    public let contact: Contact
    /// Whether GitHub has an account of this name; nil where that was not asked, as for an address.
    public let hasAccount: Observation<Bool>?
    /// Whether the contact opened the pull request or has commented on it; nil where there is none, or nobody asked.
    public let hasSpoken: Observation<Bool>?
    /// What was asked of GitHub and what it answered.
    public let evidence: [Evidence]

    /// A contact.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - contact: Who is named, and where.
    ///   - hasAccount: `GET /users/LOGIN`: seen true for 200, seen false for 404, else unknown.
    ///   - hasSpoken: Whether the contact is the pull request's author, or wrote one of its comments.
    ///   - evidence: What was asked and answered.
    public init(
        entry: Selector, contact: Contact, hasAccount: Observation<Bool>? = nil, hasSpoken: Observation<Bool>? = nil,
        evidence: [Evidence] = []
    ) {
        self.entry = entry
        self.contact = contact
        self.hasAccount = hasAccount
        self.hasSpoken = hasSpoken
        self.evidence = evidence
    }
}
