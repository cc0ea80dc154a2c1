/// Commits, comparisons and files by their paths.
enum CommitRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/commits/{ref}", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let sha = try await exchange.reference(in: repository)
            guard let record = try await exchange.git(repository).records([sha]).first else {
                throw GitHubFailure.notFound
            }
            return .json(exchange.paint { $0.commit(record, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/commits", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let name = exchange.request.parameters["sha"] ?? repository.defaultBranch
            guard let sha = try await exchange.commit(name, in: repository) else { throw GitHubFailure.notFound }
            let git = exchange.git(repository)
            var arguments = ["rev-list", "--max-count=1000", sha]
            if let path = exchange.request.parameters["path"] { arguments += ["--", path] }
            let shas = try await git.expect(arguments).text.split(separator: "\n").map(String.init)
            let records = try await git.records(shas)
            return try exchange.page(records) { page in
                exchange.paint { painter in .array(page.map { painter.commit($0, in: repository) }) }
            }
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/compare/{basehead}", .permission("contents", .read)) {
            try await compare($0)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/contents/{path}", .permission("contents", .read)) {
            try await contents($0)
        },
    ]

    private static func compare(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let sides = try exchange.parameter("basehead").split(separator: "...", omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw GitHubFailure.notFound }
        let git = exchange.git(repository)
        guard let base = try await side(String(sides[0]), exchange, repository),
            let head = try await side(String(sides[1]), exchange, repository)
        else { throw GitHubFailure.notFound }
        guard let mergeBase = try await git.mergeBase(base, head) else {
            throw GitHubFailure(
                status: 404, message: "No common ancestor between \(sides[0]) and \(sides[1]).")
        }
        let (behind, ahead) = try await git.divergence(base, head)
        let shas = Array(try await git.commits(from: base, to: head).prefix(250))
        let files = try await git.changedFiles(from: mergeBase, to: head, limit: 300)
        let records = try await git.records([base, mergeBase])
        let commits = try await git.records(shas)
        guard let first = records.first, let last = records.last else { throw GitHubFailure.notFound }
        let status = ahead == 0 ? (behind == 0 ? "identical" : "behind") : behind == 0 ? "ahead" : "diverged"
        return .json(
            exchange.paint { painter in
                let name = painter.state.fullName(repository)
                let url = "\(exchange.links.repository(name))/compare/\(sides[0])...\(sides[1])"
                let page = "\(exchange.links.page(name))/compare/\(sides[0])...\(sides[1])"
                return [
                    "url": .string(url), "html_url": .string(page), "permalink_url": .string(page),
                    "diff_url": .string("\(page).diff"), "patch_url": .string("\(page).patch"),
                    "base_commit": painter.commit(first, in: repository),
                    "merge_base_commit": painter.commit(last, in: repository), "status": .string(status),
                    "ahead_by": .int(ahead), "behind_by": .int(behind), "total_commits": .int(ahead),
                    "commits": .array(commits.map { painter.commit($0, in: repository) }),
                    "files": .array(files.map { painter.file($0, at: head, in: repository) }),
                ]
            })
    }

    /// One side of a comparison: a branch or commit, or `OWNER:BRANCH` of a fork.
    private static func side(
        _ name: String, _ exchange: GitHubExchange, _ repository: StandInRepository
    ) async throws -> String? {
        let words = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return try await exchange.commit(name, in: repository) }
        let fork = exchange.standIn.read { state in
            state.repositories.values.first {
                ($0.parentID == repository.id || $0.id == repository.id) && state.account($0.ownerID).isCalled(words[0])
            }
        }
        guard let fork else { return nil }
        guard let sha = try await exchange.git(fork).branch(words[1]) else { return nil }
        if fork.id != repository.id {
            // A fork's objects are reachable through every repository of its network.
            let reference = "refs/network/\(fork.id)"
            try await exchange.git(repository).fetch(words[1], of: exchange.git(fork), as: reference)
        }
        return sha
    }

    private static func contents(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let path = exchange.path["path"] ?? ""
        let reference = exchange.request.parameters["ref"] ?? repository.defaultBranch
        guard let commit = try await exchange.commit(reference, in: repository) else {
            throw GitHubFailure(status: 404, message: "No commit found for the ref \(reference)")
        }
        let git = exchange.git(repository)
        guard let sha = try await git.name(of: "\(commit):\(path)") else { throw GitHubFailure.notFound }
        if let folder = try await git.tree(sha, isRecursive: false) {
            return .json(
                exchange.paint { painter in
                    .array(
                        folder.entries.prefix(1_000).map { entry in
                            let whole = path.isEmpty ? entry.path : "\(path)/\(entry.path)"
                            return painter.contents(entry, at: whole, reference, in: repository)
                        })
                })
        }
        guard let object = try await git.object(named: sha) else { throw GitHubFailure.notFound }
        if exchange.request.wantsRaw { return .raw(object.bytes) }
        let entry = GitTreeEntry(mode: "100644", kind: "blob", sha: sha, size: object.bytes.count, path: path)
        // A larger file has no content here; it can be had as it is.
        let isShown = object.bytes.count <= exchange.standIn.limits.contentsBytes
        return .json(
            exchange.paint { painter in
                painter.contents(entry, at: path, reference, in: repository).merging([
                    "encoding": isShown ? "base64" : "none",
                    "content": .string(isShown ? Base64.lines(object.bytes) : ""),
                ])
            })
    }
}
