import Playground
import Testing

extension World {
    /// What people see of a pull request, as a text to review: the bot's comments, the check runs with their annotations.
    ///
    /// Addresses of this machine, hashes and what depends on them are written in the same way each time.
    func conversation(on pull: IssueReference) -> String {
        var parts = comments(on: pull).map { comment in
            let edits = comment.editCount == 0 ? "" : ", edited \(comment.editCount)x"
            return "=== comment by \(comment.author.login)\(edits)\n\(comment.body)"
        }
        parts += checkRuns(of: pull).map { run in
            let notes = run.annotations.map { note in
                "\(note.path):\(note.startLine)-\(note.endLine) \(note.level) \(note.title ?? ""): "
                    + note.message.replacing("\n", with: "\n    ")
            }
            return """
                === check run \(run.name): \(run.status), \(run.conclusion ?? "no conclusion")
                \(run.title ?? "no title")

                \(run.summary ?? "no summary")
                --- annotations
                \(notes.joined(separator: "\n"))
                """
        }
        parts += gitHub.reviews(of: pull).map { "=== review\n\($0)" }
        parts += gitHub.reviewComments(on: pull).map { comment in
            let lines = comment.startLine.map { "\($0)-" } ?? ""
            return
                "=== comment by \(comment.author.login) on \(comment.path):\(lines)\(comment.line ?? 0)\n\(comment.body)"
        }
        let head = gitHub.headSHA(of: pull) ?? ""
        return written(parts.joined(separator: "\n")).replacing(head, with: "HEAD")
            .replacing(head.prefix(10), with: "HEAD") + "\n"
    }

    /// A text of the bot without what is another each time.
    func written(_ text: String) -> String {
        text.replacing(surroundings.storageRoot, with: "http://storage").replacing(gitHub.root, with: "http://github")
            .replacing(#/(print|command|key)=[0-9a-f]{16}/#) { "\($0.1)=0" }
    }
}

extension StandInCheckRun {
    /// The annotations as `PATH:LINE-LINE RULE`.
    var places: [String] { annotations.map { "\($0.path):\($0.startLine)-\($0.endLine) \($0.title ?? "")" } }
}

extension [GitHubJournal.Entry] {
    /// Those that were paid for.
    var costly: [String] { filter { !$0.isFree }.map(\.name) }

    /// Those that changed something on GitHub; making a token does not.
    var writes: [String] {
        filter { $0.request.method != "GET" && !$0.name.hasSuffix("/access_tokens") && !$0.name.hasSuffix("/graphql") }
            .map(\.name)
    }
}
