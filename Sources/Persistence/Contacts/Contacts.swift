public import struct Foundation.Date

/// What GitHub said of the people and teams whom registries name, so that each is asked for once in some days.
///
/// All of it can be asked again; what is lost with it are the numbers by which whoever was renamed is found, and who was a
/// member once.
public protocol Contacts: Sendable {
    /// What is known of the contacts of one owner's repositories, by the name of whom.
    ///
    /// - Parameter owner: The organization or the person, in any case of letters.
    /// - Returns: What was stored last of each.
    /// - Throws: `StoreError`.
    func all(of owner: String) async throws -> [String: StoredContact]

    /// Stores what is known of somebody, in the place of what was known.
    func save(_ contact: StoredContact) async throws

    /// Forgets whom nobody has asked for since a time.
    ///
    /// - Parameter time: Those asked for before it go.
    /// - Returns: How many went.
    /// - Throws: `StoreError`.
    @discardableResult func forget(askedBefore time: Date) async throws -> Int
}

/// A contact as the store has it.
public struct StoredContact: Hashable, Sendable {
    /// The organization or person whose repositories name it, in lower case.
    public var owner: String
    /// Whom, as in `login:octocat`.
    public var person: String
    /// What is known, in the caller's form.
    public var record: [UInt8]
    /// When it was asked for.
    public var askedAt: Date

    /// A contact.
    public init(owner: String, person: String, record: [UInt8], askedAt: Date) {
        self.owner = owner.lowercased()
        self.person = person
        self.record = record
        self.askedAt = askedAt
    }
}
