/// Somebody asks, on the page of one of our check runs, that something be done: run it again, or what a button says.
///
/// GitHub tells only the App whose checks they are, with `pull_requests` empty where the head is in a fork.
/// Sources: https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run and
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite
public struct CheckAgainEvent: Hashable, Sendable {
    /// What is asked for.
    public enum Request: Hashable, Sendable {
        /// This check run once more.
        case runAgain
        /// All check runs of the commit once more.
        case suiteAgain
        /// What the button of this identifier says.
        case button(String)
    }

    /// What is asked for.
    public let request: Request
    /// The repository.
    public let repository: EventRepository
    /// The commit that the check stands on.
    public let head: ObjectSHA
    /// The branch of that commit; nil where it is in a fork.
    public let headBranch: String?
    /// The App that the check belongs to; nil where that App is no more.
    public let appID: Int64?
    /// The name of the check run; nil for all of a commit.
    public let checkName: String?
    /// The pull requests of the commit in this repository, as far as GitHub names them.
    public let pullRequests: [Int]
    /// Who asks.
    public let sender: EventAccount
    /// The App's installation.
    public internal(set) var installationID: InstallationID?

    init(_ request: Request, _ payload: PayloadObject) throws(EventProblem) {
        self.request = request
        repository = try EventRepository(payload.object("repository"))
        let run = try payload.objectIfAny("check_run")
        let check: PayloadObject
        if let run { check = run } else { check = try payload.object("check_suite") }
        head = try check.read("head_sha", as: "the name of a commit") { ObjectSHA($0) }
        let suite = try run?.objectIfAny("check_suite") ?? check
        headBranch = try suite.textIfAny("head_branch")
        appID = try check.objectIfAny("app")?.number("id")
        checkName = try run?.text("name")
        var numbers: [Int] = []
        for pullRequest in try check.objects("pull_requests") {
            // A commit may be in pull requests of other repositories too, as between a fork and its own forks.
            let home = try pullRequest.objectIfAny("base")?.objectIfAny("repo")?.number("id")
            guard home ?? repository.id.rawValue == repository.id.rawValue else { continue }
            numbers.append(try pullRequest.conversationNumber())
        }
        pullRequests = numbers
        sender = try EventAccount(payload.object("sender"))
        installationID = try payload.installationID()
    }
}
