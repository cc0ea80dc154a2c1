internal import BotCore
internal import Foundation

extension GitHubStandIn {
    /// The page that a person sees at an address; nil for an address of an interface.
    ///
    /// `/` lists the pull requests, `/OWNER/NAME/pull/NUMBER` shows the conversation of one.
    func page(for request: GitHubRequest) async -> StandInReply? {
        guard request.method == "GET", !request.isREST, request.segments.first != "api" else { return nil }
        do {
            let templates = try Templates()
            if request.segments.isEmpty { return Self.html(templates.text("demo/pulls", pulls())) }
            guard request.segments.count == 4, request.segments[2] == "pull", let number = Int(request.segments[3]),
                let repository = read({ $0.repository(request.segments[0], request.segments[1]) })
            else { return StandInReply(status: 404, contentType: "text/plain", body: Array("Not here.\n".utf8)) }
            let (_, issue, pull) = try self.pull(number, in: repository.id)
            let files = try await files(of: pull, in: repository.id)
            let page = ConversationPage(
                fullName: read { $0.fullName(repository) }, author: read { $0.account(issue.authorID) },
                repository: repository, issue: issue, pull: pull, files: files)
            return Self.html(templates.text("demo/conversation", page.values))
        } catch {
            return StandInReply(status: 404, contentType: "text/plain", body: Array("Not here: \(error)\n".utf8))
        }
    }

    /// Where a person sees a pull request.
    public func address(of issue: IssueReference) -> String {
        "\(root)/\(issue.repository.fullName)/pull/\(issue.number)"
    }

    private static func html(_ text: String) -> StandInReply {
        StandInReply(contentType: "text/html; charset=utf-8", body: Array(text.utf8))
    }

    private func pulls() -> [String: any Sendable] {
        let rows = read { state in
            state.repositories.values.flatMap { repository in
                repository.issues.values.filter { $0.pull != nil }.map { issue -> [String: any Sendable] in
                    let fullName = state.fullName(repository)
                    return [
                        "repository": fullName, "number": issue.number, "title": issue.title,
                        "state": issue.isOpen ? "open" : "closed", "address": "/\(fullName)/pull/\(issue.number)",
                    ]
                }
            }
        }
        return ["pulls": rows]
    }
}

/// What the page of one pull request shows.
private struct ConversationPage {
    let fullName: String
    let author: StandInAccount
    let repository: StandInRepository
    let issue: StandInIssue
    let pull: StandInPull
    let files: [ChangedFile]

    /// The values of the template.
    var values: [String: any Sendable] {
        [
            "repository": fullName, "number": issue.number, "title": issue.title, "author": author.login,
            "state": issue.isOpen ? "open" : pull.mergedAt == nil ? "closed" : "merged",
            "head": "\(pull.headOwner):\(pull.headBranch)", "base": pull.baseBranch, "entries": entries,
            "hasChecks": !checks.isEmpty, "checks": checks, "files": changes,
        ]
    }

    private var entries: [[String: any Sendable]] {
        let first = entry("pull", author, "opened this", at: issue.createdAt, issue.body ?? "No description.")
        let comments = repository.comments.values.filter { $0.number == issue.number }.map { comment in
            var values = entry(
                "issuecomment-\(comment.id)", comment.author, "commented", at: comment.createdAt, comment.body)
            values["isEdited"] = comment.editCount > 0
            values["edits"] = comment.editCount
            values["earlier"] = comment.earlierBodies.enumerated().map { index, body -> [String: any Sendable] in
                ["version": index + 1, "html": ShownMarkdown.html(body)]
            }
            add(comment.reactions, to: &values)
            return (comment.createdAt, comment.id, values)
        }
        let lines = repository.reviewComments.values.filter { $0.number == issue.number }.map { comment in
            let verb = "commented on \(comment.path):\(comment.line ?? 0)"
            var values = entry("discussion_r\(comment.id)", comment.author, verb, at: comment.createdAt, comment.body)
            add(comment.reactions, to: &values)
            return (comment.createdAt, comment.id, values)
        }
        return [first] + (comments + lines).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private func entry(
        _ anchor: String, _ author: StandInAccount, _ verb: String, at date: Date, _ text: String
    ) -> [String: any Sendable] {
        [
            "anchor": anchor, "author": author.login, "isBot": author.kind == .bot, "verb": verb,
            "time": shown(date), "isEdited": false, "hasReactions": false, "html": ShownMarkdown.html(text),
        ]
    }

    private func add(_ reactions: [StandInReaction], to values: inout [String: any Sendable]) {
        let signs = [
            "+1": "👍", "-1": "👎", "laugh": "😄", "confused": "😕", "heart": "❤️", "hooray": "🎉", "rocket": "🚀",
            "eyes": "👀",
        ]
        values["hasReactions"] = !reactions.isEmpty
        values["reactions"] = reactions.map { reaction -> [String: any Sendable] in
            ["sign": signs[reaction.content] ?? reaction.content, "author": reaction.author.login]
        }
    }

    private var checks: [[String: any Sendable]] {
        let runs = repository.checkRuns.values.filter { $0.headSHA == pull.headSHA }.sorted { $0.id < $1.id }
        let statuses = repository.statuses.filter { $0.sha == pull.headSHA }
        return runs.map { run -> [String: any Sendable] in
            let notes = run.annotations.map { note -> [String: any Sendable] in
                [
                    "path": note.path, "line": note.startLine, "level": note.level, "title": note.title ?? note.level,
                    "message": note.message,
                ]
            }
            let text = [run.summary, run.text].compactMap { $0 }.joined(separator: "\n\n")
            return [
                "name": run.name, "conclusion": run.conclusion ?? run.status, "title": run.title ?? "",
                "sha": String(run.headSHA.prefix(12)), "html": ShownMarkdown.html(text), "hasNotes": !notes.isEmpty,
                "notes": notes,
            ]
        }
            + statuses.map { status in
                [
                    "name": status.context, "conclusion": status.state, "title": status.description ?? "",
                    "sha": String(status.sha.prefix(12)), "html": "", "hasNotes": false,
                    "notes": [] as [[String: any Sendable]],
                ]
            }
    }

    private var changes: [[String: any Sendable]] {
        files.map { file in
            [
                "path": file.path, "status": file.status, "additions": file.additions, "deletions": file.deletions,
                "patch": file.patch ?? "(nothing to show)",
            ]
        }
    }

    private func shown(_ date: Date) -> String {
        String(Timestamp(date).text.prefix(16)).replacing("T", with: " ") + " UTC"
    }
}
