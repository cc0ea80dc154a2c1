/// Commits arrived on a repository's default branch, so that its registry and its policy may have changed.
///
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
public struct PushEvent: Hashable, Sendable {
    /// The repository.
    public let repository: EventRepository
    /// The default branch, without `refs/heads/`.
    public let branch: String
    /// Its newest commit after the push.
    public let after: ObjectSHA
    /// The App's installation, where the delivery was made for one.
    public internal(set) var installationID: InstallationID?

    init(branch: String, _ payload: PayloadObject) throws(EventProblem) {
        self.branch = branch
        repository = try EventRepository(payload.object("repository"))
        after = try payload.read("after", as: "the name of a commit") { ObjectSHA($0) }
        installationID = try payload.installationID()
    }
}
