internal import Foundation

/// Git's own objects and references.
enum GitRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let name = try exchange.parameter("tree_sha")
            let isRecursive = exchange.request.parameters["recursive"] != nil
            let git = exchange.git(repository)
            var tree = try await git.tree(name, isRecursive: isRecursive)
            if tree == nil, let commit = try await exchange.commit(name, in: repository) {
                tree = try await git.tree(commit, isRecursive: isRecursive)
            }
            guard let tree else { throw GitHubFailure.notFound }
            let isCut = tree.entries.count > GitHubLimits.treeEntries
            return .json(
                exchange.paint {
                    $0.tree(
                        tree.sha, Array(tree.entries.prefix(GitHubLimits.treeEntries)), isCut: isCut, in: repository)
                })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/git/blobs/{file_sha}", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let sha = try exchange.parameter("file_sha")
            guard let object = try await exchange.git(repository).object(named: sha), object.kind == "blob",
                object.sha == sha
            else { throw GitHubFailure.notFound }
            if exchange.request.wantsRaw { return .raw(object.bytes) }
            return .json(exchange.paint { $0.blob(object, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/git/commits/{commit_sha}", .permission("contents", .read)) {
            exchange in
            let repository = try exchange.repository()
            let sha = try exchange.parameter("commit_sha")
            guard try await exchange.git(repository).object(sha) == sha,
                let record = try await exchange.git(repository).records([sha]).first
            else { throw GitHubFailure.notFound }
            return .json(exchange.paint { $0.gitCommit(record, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/git/ref/{ref}", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let name = "refs/\(try exchange.parameter("ref"))"
            guard let sha = try await exchange.git(repository).object(name) else { throw GitHubFailure.notFound }
            return .json(exchange.paint { $0.reference(name, sha, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/git/matching-refs/{ref}", .permission("contents", .read)) {
            exchange in
            let repository = try exchange.repository()
            let found = try await exchange.git(repository).references("refs/\(try exchange.parameter("ref"))")
            return try exchange.page(found) { page in
                exchange.paint { painter in .array(page.map { painter.reference($0.name, $0.sha, in: repository) }) }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/git/blobs", .permission("contents", .write)) { exchange in
            let repository = try exchange.repository()
            let body = try exchange.body()
            try body.expectOnly(["content", "encoding"])
            let text = try body.requiredText("content")
            let isBase64 = try body.text("encoding") == "base64"
            guard let bytes = isBase64 ? Base64.decoded(text) : Array(text.utf8) else {
                throw GitHubFailure.refused("content is not valid Base64")
            }
            let sha = try await exchange.git(repository).storeBlob(bytes)
            let url = exchange.paint { painter in
                .string("\(exchange.links.repository(painter.state.fullName(repository)))/git/blobs/\(sha)")
            }
            return .json(["sha": .string(sha), "url": url], status: 201)
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/git/trees", .permission("contents", .write)) { try await tree($0) },
        GitHubRoute("POST", "/repos/{owner}/{repo}/git/commits", .permission("contents", .write)) {
            try await commit($0)
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/git/refs", .permission("contents", .write)) { exchange in
            let repository = try exchange.repository()
            let body = try exchange.body()
            try body.expectOnly(["ref", "sha"])
            let (name, sha) = (try body.requiredText("ref"), try body.requiredText("sha"))
            let git = exchange.git(repository)
            guard name.hasPrefix("refs/"), try await git.isReferenceName(name) else {
                throw GitHubFailure.refused("\(name) is not a valid ref name.")
            }
            guard try await git.object(sha) == sha else { throw GitHubFailure.refused("Object does not exist") }
            let zero = String(repeating: "0", count: 40)
            guard try await git.setReference(name, to: sha, expecting: zero) else {
                throw GitHubFailure.refused("Reference already exists")
            }
            try await exchange.standIn.didPush(name, from: zero, to: sha, in: repository.id, by: exchange.actor())
            return .json(exchange.paint { $0.reference(name, sha, in: repository) }, status: 201)
        },
        GitHubRoute("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", .permission("contents", .write)) {
            try await move($0)
        },
        GitHubRoute("DELETE", "/repos/{owner}/{repo}/git/refs/{ref}", .permission("contents", .write)) { exchange in
            let repository = try exchange.repository()
            let name = "refs/\(try exchange.parameter("ref"))"
            let git = exchange.git(repository)
            guard let old = try await git.object(name), try await git.setReference(name, to: nil) else {
                throw GitHubFailure.refused("Reference does not exist")
            }
            let zero = String(repeating: "0", count: 40)
            try await exchange.standIn.didPush(name, from: old, to: zero, in: repository.id, by: exchange.actor())
            return .nothing
        },
    ]

    private static func tree(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let body = try exchange.body()
        try body.expectOnly(["tree", "base_tree"])
        guard let entries = try body.objects("tree") else { throw GitHubFailure.misshapen("\"tree\" is missing.") }
        let git = exchange.git(repository)
        var changes: [(path: String, entry: (mode: String, sha: String)?)] = []
        for entry in entries {
            try entry.expectOnly(["path", "mode", "type", "sha", "content"])
            let path = try entry.requiredText("path")
            let mode = try entry.text("mode") ?? "100644"
            if let content = try entry.text("content") {
                changes.append((path, (mode, try await git.storeBlob(Array(content.utf8)))))
            } else if let sha = try entry.text("sha") {
                changes.append((path, (mode, sha)))
            } else {
                changes.append((path, nil))
            }
        }
        guard let sha = try await git.storeTree(base: try body.text("base_tree"), changes: changes),
            let tree = try await git.tree(sha, isRecursive: false)
        else { throw GitHubFailure.refused("tree.sha does not exist or is not a tree") }
        return .json(exchange.paint { $0.tree(tree.sha, tree.entries, isCut: false, in: repository) }, status: 201)
    }

    private static func commit(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let body = try exchange.body()
        try body.expectOnly(["message", "tree", "parents", "author", "committer", "signature"])
        let actor = try exchange.actor()
        let seconds = Int64(exchange.now.timeIntervalSince1970)
        let own = GitCommitRecord.Person.at(seconds, actor.login, actor.commitMail)
        func person(_ name: String) throws -> GitCommitRecord.Person? {
            guard let person = try body.object(name) else { return nil }
            return GitCommitRecord.Person(
                name: try person.requiredText("name"), email: try person.requiredText("email"),
                date: try person.text("date") ?? own.date)
        }
        let author = try person("author") ?? own
        let git = exchange.git(repository)
        let tree = try body.requiredText("tree")
        guard try await git.object(tree, kind: "tree") == tree else {
            throw GitHubFailure.refused("Tree SHA does not exist")
        }
        guard
            let sha = try await git.storeCommit(
                tree: tree, parents: try body.texts("parents") ?? [], message: try body.requiredText("message"),
                author: author, committer: try person("committer") ?? author),
            let record = try await git.records([sha]).first
        else { throw GitHubFailure.refused("Parent SHA does not exist or is not a commit object") }
        return .json(exchange.paint { $0.gitCommit(record, in: repository) }, status: 201)
    }

    private static func move(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let name = "refs/\(try exchange.parameter("ref"))"
        let body = try exchange.body()
        try body.expectOnly(["sha", "force"])
        let sha = try body.requiredText("sha")
        let git = exchange.git(repository)
        guard let old = try await git.object(name) else { throw GitHubFailure.refused("Reference does not exist") }
        guard try await git.object(sha) == sha else { throw GitHubFailure.refused("Object does not exist") }
        if try body.flag("force") != true {
            guard try await git.mergeBase(old, sha) == old else {
                throw GitHubFailure.refused("Update is not a fast forward")
            }
        }
        guard try await git.setReference(name, to: sha, expecting: old) else {
            throw GitHubFailure.refused("Reference update failed")
        }
        try await exchange.standIn.didPush(name, from: old, to: sha, in: repository.id, by: exchange.actor())
        return .json(exchange.paint { $0.reference(name, sha, in: repository) })
    }
}
