public import struct Foundation.Date

/// The removal pull requests that the bot opened, and whom it mentioned.
///
/// All of it stands on GitHub as well; here it is what the bot last knew, where GitHub does not tell it any more.
public protocol Removals: Sendable {
    /// Stores what is known of a pull request, in the place of what was known.
    func save(_ removal: StoredRemoval) async throws

    /// The removal pull requests of a repository, the oldest first.
    ///
    /// - Parameter repository: `owner/name`, in any case of letters.
    /// - Returns: What was stored last of each.
    /// - Throws: `StoreError`.
    func all(in repository: String) async throws -> [StoredRemoval]

    /// Forgets a pull request, but not whom it mentioned.
    ///
    /// - Parameters:
    ///   - number: Of the pull request.
    ///   - repository: As in `all`.
    /// - Throws: `StoreError`.
    func forget(_ number: Int, in repository: String) async throws

    /// Stores that somebody was mentioned; twice for one pull request and moment is once.
    func note(_ ping: StoredPing) async throws

    /// Forgets that somebody was mentioned; nothing happens where that is not stored.
    func forget(_ ping: StoredPing) async throws

    /// How often each was mentioned then or later, by the name of whom.
    ///
    /// - Parameter time: Mentions before it do not count.
    /// - Returns: Only those who were.
    /// - Throws: `StoreError`.
    func pings(since time: Date) async throws -> [String: Int]

    /// Forgets mentions.
    ///
    /// - Parameter time: Those before it go.
    /// - Returns: How many went.
    /// - Throws: `StoreError`.
    @discardableResult func forgetPings(before time: Date) async throws -> Int
}

/// A removal pull request as the store has it.
public struct StoredRemoval: Hashable, Sendable {
    /// `owner/name`, in lower case.
    public var repository: String
    /// The pull request's number.
    public var number: Int
    /// Whether it was open.
    public var isOpen: Bool
    /// What its text says of itself, as in its hidden lines.
    public var record: String
    /// When that was seen.
    public var savedAt: Date

    /// A removal.
    public init(repository: String, number: Int, isOpen: Bool, record: String, savedAt: Date) {
        self.repository = repository.lowercased()
        self.number = number
        self.isOpen = isOpen
        self.record = record
        self.savedAt = savedAt
    }
}

/// That somebody was mentioned.
public struct StoredPing: Hashable, Sendable {
    /// The pull request of a mention.
    public struct Place: Hashable, Sendable {
        /// `owner/name`, in lower case.
        public var repository: String
        /// The pull request's number.
        public var number: Int

        /// A pull request.
        public init(repository: String, number: Int) {
            self.repository = repository.lowercased()
            self.number = number
        }
    }

    /// Whom, as in `login:octocat`.
    public var person: String
    /// Where.
    public var place: Place
    /// When.
    public var at: Date

    /// A mention.
    public init(person: String, place: Place, at: Date) {
        self.person = person
        self.place = place
        self.at = at
    }
}
