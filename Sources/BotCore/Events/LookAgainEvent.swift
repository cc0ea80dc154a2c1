/// The bot told itself to look at a pull request again: its only errors were of access, which people mend outside of GitHub.
public struct LookAgainEvent: Hashable, Sendable {
    /// What stands where GitHub names its events; none of GitHub's has a dot.
    public static let name = "bucketbot.look-again"

    /// Where the pull request is.
    public let repository: EventRepository
    /// Its number.
    public let number: Int
    /// The head that was looked at; another one is looked at for its own sake.
    public let head: ObjectSHA
    /// Which time this is, from 1.
    public let round: Int
    /// The App's installation, where it is known.
    public let installationID: InstallationID?

    /// An event to come.
    public init(
        repository: EventRepository, number: Int, head: ObjectSHA, round: Int, installationID: InstallationID?
    ) {
        self.repository = repository
        self.number = number
        self.head = head
        self.round = round
        self.installationID = installationID
    }

    init(_ payload: PayloadObject) throws(EventProblem) {
        repository = try EventRepository(payload.object("repository"))
        number = try payload.conversationNumber()
        head = try payload.read("head", as: "the name of a commit") { ObjectSHA($0) }
        round = try payload.conversationNumber("round")
        installationID = try payload.installationID()
    }

    /// The payload that is read back as this event.
    ///
    /// No value in it has a character that JSON would write in another way.
    public var payload: String {
        let home = """
            {"id":\(repository.id.rawValue),"full_name":"\(repository.name)","private":\(repository.isPrivate)}
            """
        let installation = installationID.map { #","installation":{"id":\#($0.rawValue)}"# } ?? ""
        return """
            {"action":"due","repository":\(home),"number":\(number),"head":"\(head)","round":\(round)\(installation)}
            """
    }
}
