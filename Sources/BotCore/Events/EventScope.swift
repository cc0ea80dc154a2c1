/// Whom a delivery speaks for: what a secret must be configured for, so that one organization cannot sign for another.
///
/// It is read by the same reader as the event, so that both can never see two different repositories.
public struct EventScope: Hashable, Sendable {
    /// The repository; nil where the event is about none.
    public let repository: RepositoryName?
    /// The organization or person: the repository's owner, else the organization, else the installation's account.
    public let owner: String?

    /// Reads a payload of any event.
    ///
    /// - Throws: `EventProblem` where the body is no object, or where a name in it is none.
    public init(payload: some Collection<UInt8>) throws(EventProblem) {
        try self.init(PayloadObject(payload: payload))
    }

    /// Reads a payload of any event.
    init(_ object: PayloadObject) throws(EventProblem) {
        if let home = try object.objectIfAny("repository") {
            let name = try home.read("full_name", as: "OWNER/NAME") { RepositoryName($0) }
            repository = name
            owner = name.owner
            return
        }
        repository = nil
        if let organization = try object.objectIfAny("organization") {
            owner = try organization.text("login")
        } else {
            owner = try object.objectIfAny("installation")?.objectIfAny("account")?.textIfAny("login")
        }
    }
}
