internal import BotCore

extension GitRepository {
    /// Commits that are looked at for the one that took an entry out.
    private static let candidateLimit = 100

    /// Says no before anything is written, where a commit of some files could not be made of them alone.
    ///
    /// - Parameter paths: The files, relative to the folder.
    /// - Throws: `EditError` saying what stands in the way.
    func requireCommittable(_ paths: [String]) async throws {
        guard try await isRepository() else { throw EditError.noRepository(folder) }
        guard try await git(["diff", "--cached", "--quiet"]).isSuccess else { throw EditError.staged }
        for path in paths {
            let status = try await git(["status", "--porcelain", "--", path])
            guard status.isSuccess else { throw EditError.git(command: "status", message: status.message) }
            guard status.output.isEmpty else { throw EditError.uncommitted(path: path) }
        }
        for identity in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
            let answer = try await git(["var", identity])
            guard answer.isSuccess else { throw EditError.git(command: "var \(identity)", message: answer.message) }
        }
    }

    /// Commits files as they stand in the working tree, with nothing else.
    ///
    /// - Parameters:
    ///   - paths: The files, relative to the folder; one that is gone is committed as deleted.
    ///   - message: The whole message.
    /// - Returns: The commit's hash.
    /// - Throws: `EditError.git`; nothing is staged then.
    func commit(_ paths: [String], message: String) async throws -> String {
        let staged = try await git(["add", "--all", "--"] + paths)
        var failure = staged.isSuccess ? nil : EditError.git(command: "add", message: staged.message)
        if failure == nil {
            let answer = try await git(
                ["commit", "--quiet", "--no-verify", "--cleanup=whitespace", "--file=-"], input: Array(message.utf8))
            if !answer.isSuccess { failure = EditError.git(command: "commit", message: answer.message) }
        }
        if let failure {
            let reset = try await git(["reset", "--quiet", "--"] + paths)
            guard reset.isSuccess else { throw EditError.git(command: "reset", message: reset.message) }
            throw failure
        }
        return try await git(["rev-parse", "HEAD"]).line
    }

    /// What a commit did to each file, against its first parent.
    ///
    /// - Parameter revision: A commit.
    /// - Returns: Its hash and the files that it changed.
    /// - Throws: `EditError.unknownCommit` where there is none of that name, or it has no parent; `noHistory`.
    func removal(by revision: String) async throws -> (commit: String, files: [RemovedFile]) {
        guard try await isRepository() else { throw EditError.noHistory(folder) }
        // A revision that starts with a dash would be an option.
        guard !revision.hasPrefix("-") else { throw EditError.unknownCommit(revision) }
        let commit = try await git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        let parent = try await git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^1^{commit}"])
        guard commit.isSuccess, parent.isSuccess else { throw EditError.unknownCommit(revision) }
        let difference = try await git([
            "diff-tree", "-r", "--name-only", "--no-renames", "--relative", "-z", parent.line, commit.line,
        ])
        guard difference.isSuccess else { throw EditError.git(command: "diff-tree", message: difference.message) }
        let paths = difference.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let before = try await contents(of: paths, in: self.tree(of: parent.line))
        let after = try await contents(of: paths, in: self.tree(of: commit.line))
        let files = zip(paths, zip(before, after)).map { RemovedFile(path: $0, before: $1.0, after: $1.1) }
        return (commit.line, files)
    }

    /// The commits that changed how often a text occurs, the newest first.
    func commits(changing text: String) async throws -> [String] {
        guard try await isRepository() else { throw EditError.noHistory(folder) }
        let log = try await git(["log", "--format=%H", "--max-count=\(Self.candidateLimit)", "-S\(text)", "--", "."])
        guard log.isSuccess else { throw EditError.git(command: "log", message: log.message) }
        return String(decoding: log.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
