internal import BotCore
internal import GitHubAPI
internal import Persistence

/// Writes what people see of a removal: the pull request, its text, its labels, its state, the comments.
struct RemovalWriter: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Our own account.
    let ours: GitHubAccount
    /// Carries writes out.
    let writes: OutgoingWrites

    private var name: String { github.name.description.lowercased() }

    private static let text = "text"
    private static let state = "state"
    private static let labelsSet = "labels set"
    private static let labelsOff = "labels taken off"

    private func key(_ number: IssueNumber, _ part: String) -> OutboxKey { OutboxKey("pull:\(name)#\(number):\(part)") }
    private func openKey(_ branch: String) -> OutboxKey { OutboxKey("pull:\(name):\(branch)") }

    /// Says of what was cut off before, but for comments, that it stands: nothing is left to do.
    func settle(_ number: IssueNumber, branch: String) async throws {
        let keys = [openKey(branch)] + [Self.text, Self.state, Self.labelsSet, Self.labelsOff].map { key(number, $0) }
        for key in keys { try await writes.settle(key) { _ in .init(remoteID: "\(number)", isSame: true) } }
    }

    /// Opens a pull request, unless one of ours from its branch is open.
    ///
    /// - Parameter draft: What to open.
    /// - Returns: Its number; nil in a dry run.
    /// - Throws: `GitHubError`, `StoreError`.
    func open(_ draft: PullRequestDraft) async throws -> IssueNumber? {
        if let found = try await find(draft.head) { return found.number }
        let write = OutgoingWrite(
            key: openKey(draft.head), kind: "pull request", target: github.name.description,
            body: Array("\(draft.title)\n\n\(draft.body)".utf8))
        let deed = OutgoingWrites.Deed(
            send: { _ in
                do {
                    return "\(try await github.pullRequests.create(draft).number)"
                } catch let error as GitHubError {
                    guard case .unprocessable = error.kind, let found = try await find(draft.head) else { throw error }
                    return "\(found.number)"
                }
            },
            find: { try await find(draft.head).map { .init(remoteID: "\($0.number)", isSame: true) } },
            isKnownToBeGone: true)
        guard case .stands(let number) = try await writes.carryOut(write, deed) else { return nil }
        return Int(number).map { IssueNumber($0) }
    }

    /// Our own open pull request from a branch.
    func find(_ branch: String) async throws -> PullRequest? {
        try await github.pullRequests.open(head: "\(github.name.owner):\(branch)").first { $0.author?.id == ours.id }
    }

    /// Gives a pull request another text, and perhaps another title.
    func write(_ change: PullRequestChange, to number: IssueNumber) async throws {
        let body = [change.title, change.body, change.state?.rawValue].compactMap { $0 }.joined(separator: "\n\n")
        let part = change.state == nil ? Self.text : Self.state
        let write = OutgoingWrite(
            key: key(number, part), kind: "change of a pull request",
            target: Event.lane(of: github.name, number: number.value), body: Array(body.utf8))
        let deed = OutgoingWrites.Deed(
            send: { _ in "\(try await github.pullRequests.update(number, change).number)" },
            find: {
                let now = try await github.pullRequests.get(number)
                let isSame =
                    (change.title ?? now.title) == now.title
                    && (change.body.map { $0.sameOnGitHub(as: now.body) } ?? true)
                    && (change.state ?? now.state) == now.state
                return .init(remoteID: "\(number)", isSame: isSame)
            }, isKnownToBeGone: true)
        _ = try await writes.carryOut(write, deed)
    }

    /// Gives a pull request labels that the repository has.
    func setLabels(_ labels: [String], on number: IssueNumber) async throws {
        try await change(labels: labels, Self.labelsSet, on: number) { names in
            try await github.labels.add(names, to: number)
        } isDone: {
            Set(labels).isSubset(of: $0)
        }
    }

    /// Takes a label off.
    func removeLabel(_ label: String, from number: IssueNumber) async throws {
        try await change(labels: [label], Self.labelsOff, on: number) { _ in
            try await github.labels.remove(label, from: number)
        } isDone: {
            !$0.contains(label)
        }
    }

    private func change(
        labels: [String], _ what: String, on number: IssueNumber,
        send: @escaping @Sendable ([String]) async throws -> Void,
        isDone: @escaping @Sendable (Set<String>) -> Bool
    ) async throws {
        let write = OutgoingWrite(
            key: key(number, what), kind: what,
            target: Event.lane(of: github.name, number: number.value), body: Array(labels.joined(separator: "\n").utf8))
        let deed = OutgoingWrites.Deed(
            send: { _ in
                try await send(labels)
                return "\(number)"
            },
            find: {
                let now = Set(try await github.pullRequests.get(number).labels)
                return .init(remoteID: "\(number)", isSame: isDone(now))
            }, isKnownToBeGone: true)
        _ = try await writes.carryOut(write, deed)
    }

    /// Dry run: records a comment on a pull request that there is not.
    func show(_ comment: (marker: Marker, body: String), on branch: String) async throws {
        let write = OutgoingWrite(
            key: OutboxKey("comment:\(name):\(branch):\(comment.marker.kind)"), kind: "comment",
            target: "\(github.name) \(branch)", body: Array(comment.body.utf8))
        _ = try await writes.carryOut(write, .init(send: { _ in branch }, find: { nil }))
    }

    /// Writes a comment once.
    func say(_ comment: (marker: Marker, body: String), on number: IssueNumber) async throws {
        let writer = CommentWriter(github: github, number: number, ours: ours, writes: writes)
        if try await !writer.hasReply(comment.marker) { try await writer.reply(comment.body, comment.marker) }
    }
}

extension String {
    /// Whether GitHub would keep both texts as one: it may write other line ends, and cut white space at the end.
    func sameOnGitHub(as other: String) -> Bool {
        func lines(_ text: String) -> [Substring] {
            var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
            return lines
        }
        return self == other || lines(self) == lines(other)
    }
}
