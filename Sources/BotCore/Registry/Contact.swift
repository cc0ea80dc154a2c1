/// Someone to ask about an entry, and where the name was found.
public struct Contact: Hashable, Sendable {
    /// Who is named.
    public enum Kind: String, Hashable, Sendable {
        /// A GitHub login.
        case login
        /// A GitHub team, `org/team`, or the name of a special interest group, `sig-x`.
        case team
        /// An address; it can be printed but not mentioned.
        case email
    }

    /// Where a contact was found, strongest first.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        case bucketsYAML = "buckets.yaml"
        case comment
        case description
        case alert
        case owners = "OWNERS"
    }

    /// Who is named.
    public let kind: Kind
    /// The login, `org/team` or address, without `@` before it.
    public let value: String
    /// Where it was found.
    public let source: Source
    /// The file and line.
    public let place: SourcePlace

    /// A contact.
    public init(kind: Kind, value: String, source: Source, place: SourcePlace) {
        self.kind = kind
        self.value = value
        self.source = source
        self.place = place
    }
}
