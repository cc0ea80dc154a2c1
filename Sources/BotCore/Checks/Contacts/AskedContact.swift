/// A contact of an entry, with what GitHub said of it: what a `ContactRule` judges.
public struct AskedContact: Hashable, Sendable {
    /// The entry.
    public let entry: Selector
    /// Who is named, and where.
    public let contact: Contact
    /// What is to be thought of the name; nil where nobody asked, as for an address.
    public let standing: Observation<ContactStanding>?
    /// Whether the contact opened the pull request or has commented on it; nil where there is none, or nobody asked.
    public let hasSpoken: Observation<Bool>?
    /// What was asked of GitHub and what it answered.
    public let evidence: [Evidence]
    /// The organization whose members are meant; empty where nobody asked.
    public var organization = ""
    /// Who could be named instead; nil where that is nobody.
    public var candidates: ContactCandidates?
    /// The line with the contact's new name; nil where there is none.
    public var fix: Fix?

    /// A contact.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - contact: Who is named, and where.
    ///   - standing: What is to be thought of the name; what GitHub did not answer is unknown.
    ///   - hasSpoken: Whether the contact is the pull request's author, or wrote one of its comments.
    ///   - evidence: What was asked and answered.
    public init(
        entry: Selector, contact: Contact, standing: Observation<ContactStanding>? = nil,
        hasSpoken: Observation<Bool>? = nil, evidence: [Evidence] = []
    ) {
        self.entry = entry
        self.contact = contact
        self.standing = standing
        self.hasSpoken = hasSpoken
        self.evidence = evidence
    }
}
