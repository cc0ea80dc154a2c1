/// The bot told itself to look at a pull request again: because its only errors were of access, which people mend outside of
/// GitHub, or because somebody asked for the check on the page of a commit, which is found to be this pull request's.
public struct LookAgainEvent: Hashable, Sendable {
    /// What stands where GitHub names its events; none of GitHub's has a dot.
    public static let name = "bucketbot.look-again"

    /// Where the pull request is.
    public let repository: EventRepository
    /// Its number.
    public let number: Int
    /// The head that was looked at; another one is looked at for its own sake.
    public let head: ObjectSHA
    /// Which time this is, from 1; 0 where somebody asked for it.
    public let round: Int
    /// What names the request of the one who asked; nil where nobody did.
    public let asked: String?
    /// The App's installation, where it is known.
    public internal(set) var installationID: InstallationID?

    /// An event to come.
    public init(
        repository: EventRepository, number: Int, head: ObjectSHA, round: Int, installationID: InstallationID?
    ) {
        asked = nil
        self.repository = repository
        self.number = number
        self.head = head
        self.round = round
        self.installationID = installationID
    }

    /// An event for somebody who asks.
    ///
    /// - Parameters:
    ///   - event: What was asked.
    ///   - number: A pull request with that head.
    ///   - name: The same for the same request: letters, digits and hyphens.
    public init(_ event: CheckAgainEvent, number: Int, name: String) {
        repository = event.repository
        self.number = number
        head = event.head
        round = 0
        asked = String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        installationID = event.installationID
    }

    init(_ payload: PayloadObject) throws(EventProblem) {
        asked = try payload.textIfAny("asked")
        repository = try EventRepository(payload.object("repository"))
        number = try payload.conversationNumber()
        head = try payload.read("head", as: "the name of a commit") { ObjectSHA($0) }
        round = asked == nil ? try payload.conversationNumber("round") : 0
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
        let reason = asked.map { #""action":"asked","asked":"\#($0)""# } ?? #""action":"due","round":\#(round)"#
        return #"{\#(reason),"repository":\#(home),"number":\#(number),"head":"\#(head)"\#(installation)}"#
    }
}
