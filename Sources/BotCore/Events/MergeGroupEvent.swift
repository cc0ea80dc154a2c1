/// GitHub's merge queue wants to know whether what it has put together may be merged.
///
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group
public struct MergeGroupEvent: Hashable, Sendable {
    /// The repository.
    public let repository: EventRepository
    /// What the queue has put together.
    public let head: ObjectSHA
    /// What the branch would be at before it is merged: its newest commit, or that of the group before in the queue.
    public let base: ObjectSHA
    /// The branch that is merged into, without `refs/heads/`.
    public let baseBranch: String
    /// The last pull request of the group; nil where the queue's branch does not tell.
    public let number: Int?
    /// The App's installation, where the delivery was made for one.
    public internal(set) var installationID: InstallationID?

    init(_ payload: PayloadObject) throws(EventProblem) {
        repository = try EventRepository(payload.object("repository"))
        let group = try payload.object("merge_group")
        head = try group.read("head_sha", as: "the name of a commit") { ObjectSHA($0) }
        base = try group.read("base_sha", as: "the name of a commit") { ObjectSHA($0) }
        baseBranch = try group.read("base_ref", as: "a branch", QueueBranch.branch)
        number = QueueBranch(try group.text("head_ref"))?.number
        installationID = try payload.installationID()
    }

    /// The group of a queue's branch, for whoever asks for its check again; nil for any other branch.
    public init?(_ event: CheckAgainEvent) {
        guard let branch = event.headBranch.flatMap({ QueueBranch($0) }), let base = branch.base else { return nil }
        repository = event.repository
        head = event.head
        self.base = base
        baseBranch = branch.baseBranch
        number = branch.number
        installationID = event.installationID
    }
}

/// A branch that GitHub's merge queue makes: `gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT`.
///
/// Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
struct QueueBranch: Hashable {
    /// The branch that is merged into.
    let baseBranch: String
    /// The last pull request of the group; nil where the name does not tell.
    let number: Int?
    /// The commit that the group lies on; nil where the name does not tell.
    let base: ObjectSHA?

    /// Nil where it is no such branch.
    init?(_ ref: String) {
        let prefix = "gh-readonly-queue/"
        guard let name = Self.branch(ref), name.hasPrefix(prefix) else { return nil }
        let rest = name.dropFirst(prefix.count)
        guard let slash = rest.lastIndex(of: "/"), slash > rest.startIndex else { return nil }
        baseBranch = String(rest[..<slash])
        let words = rest[rest.index(after: slash)...].split(separator: "-", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "pr", let number = Int(words[1]), number > 0 else {
            (number, base) = (nil, nil)
            return
        }
        self.number = number
        base = ObjectSHA(words[2])
    }

    /// A branch without `refs/heads/`; nil where nothing is left.
    static func branch(_ ref: String) -> String? {
        let prefix = "refs/heads/"
        let name = ref.hasPrefix(prefix) ? String(ref.dropFirst(prefix.count)) : ref
        return name.isEmpty ? nil : name
    }
}
