internal import BotCore
internal import GitHubAPI
internal import Persistence

/// Gives the merge queue its verdict: what a pull request would be told, on what the queue has put together, without a
/// comment.
///
/// A group that touches nothing of the registry gets its verdict too, since a queue waits for every check that a branch
/// requires.
struct MergeGroupHandler: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The group.
    let event: MergeGroupEvent
    /// What names the request of somebody who wants the check made again; nil where nobody asked.
    var asked: String?

    /// Looks, and writes the verdict.
    ///
    /// - Throws: `GitHubError`, `StoreError`.
    func look() async throws {
        guard let base = GitObjectID(event.base.text), let head = GitObjectID(event.head.text) else { return }
        let span = CommitSpan(baseBranch: event.baseBranch, base: base, head: head)
        let reading = try await parts.reader(of: github).read(span)
        let checker = PullRequestChecker(
            storage: parts.storage, observations: parts.store.observations, links: parts.links)
        let now = parts.now()
        let contacts = ContactQuestions(
            github: github, contacts: parts.store.contacts, author: nil, comments: nil, now: now)
        let writer = VerdictWriter(parts: parts, github: github)
        let (name, number) = (github.name, event.number ?? 0)
        let check = try await writer.whileChecking(head) {
            try await checker.check(reading, contacts: contacts, of: (name, number), now: now)
        }
        let text = CheckComment(templates: parts.words.texts, texts: parts.words.rules).text(of: check)
        try await writer.conclude(
            check, on: head,
            VerdictWriter.Surroundings(print: Marker(startOf: text)?.fields["print"] ?? "", asked: asked))
    }
}
