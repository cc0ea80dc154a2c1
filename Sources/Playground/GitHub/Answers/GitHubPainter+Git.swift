internal import OpenSSLCrypto

extension GitHubPainter {
    private func url(_ repository: StandInRepository) -> String { links.repository(state.fullName(repository)) }

    private func person(_ person: GitCommitRecord.Person) -> JSON {
        ["name": .string(person.name), "email": .string(person.email), "date": .string(person.date)]
    }

    private var unsigned: JSON {
        ["verified": false, "reason": "unsigned", "signature": nil, "payload": nil, "verified_at": nil]
    }

    /// A commit as git's own interface has it.
    func gitCommit(_ commit: GitCommitRecord, in repository: StandInRepository) -> JSON {
        let (rest, page) = (url(repository), links.page(state.fullName(repository)))
        return [
            "sha": .string(commit.sha), "node_id": .string("C_\(commit.sha)"),
            "url": .string("\(rest)/git/commits/\(commit.sha)"),
            "html_url": .string("\(page)/commit/\(commit.sha)"), "author": person(commit.author),
            "committer": person(commit.committer), "message": .string(commit.message),
            "tree": ["sha": .string(commit.tree), "url": .string("\(rest)/git/trees/\(commit.tree)")],
            "parents": .array(
                commit.parents.map {
                    [
                        "sha": .string($0), "url": .string("\(rest)/git/commits/\($0)"),
                        "html_url": .string("\(page)/commit/\($0)"),
                    ]
                }),
            "verification": unsigned,
        ]
    }

    /// A commit as a repository's interface has it.
    func commit(_ commit: GitCommitRecord, in repository: StandInRepository) -> JSON {
        let (rest, page) = (url(repository), links.page(state.fullName(repository)))
        let address = "\(rest)/commits/\(commit.sha)"
        return [
            "sha": .string(commit.sha), "node_id": .string("C_\(commit.sha)"), "url": .string(address),
            "html_url": .string("\(page)/commit/\(commit.sha)"), "comments_url": .string("\(address)/comments"),
            "commit": [
                "url": .string("\(rest)/git/commits/\(commit.sha)"), "author": person(commit.author),
                "committer": person(commit.committer), "message": .string(commit.message), "comment_count": 0,
                "tree": ["sha": .string(commit.tree), "url": .string("\(rest)/git/trees/\(commit.tree)")],
                "verification": unsigned,
            ],
            "author": account(ofMail: commit.author.email), "committer": account(ofMail: commit.committer.email),
            "parents": .array(
                commit.parents.map { ["sha": .string($0), "url": .string("\(rest)/commits/\($0)")] }),
        ]
    }

    /// The account whose address for commits this is: `ID+LOGIN@users.noreply.github.com`.
    private func account(ofMail mail: String) -> JSON {
        guard mail.hasSuffix("@users.noreply.github.com"),
            let id = mail.split(separator: "+").first.flatMap({ Int($0) }),
            let account = state.accounts[id]
        else { return .null }
        return self.account(account)
    }

    /// A reference.
    func reference(_ name: String, _ sha: String, in repository: StandInRepository) -> JSON {
        [
            "ref": .string(name), "node_id": .string("REF_\(repository.id)_\(name)"),
            "url": .string("\(url(repository))/git/\(name)"),
            "object": [
                "type": "commit", "sha": .string(sha), "url": .string("\(url(repository))/git/commits/\(sha)"),
            ],
        ]
    }

    /// A tree.
    func tree(_ sha: String, _ entries: [GitTreeEntry], isCut: Bool, in repository: StandInRepository) -> JSON {
        let rest = url(repository)
        let elements = entries.map { entry -> JSON in
            var members: [String: JSON] = [
                "path": .string(entry.path), "mode": .string(entry.mode), "type": .string(entry.kind),
                "sha": .string(entry.sha),
                "url": .string("\(rest)/git/\(entry.kind == "tree" ? "trees" : "blobs")/\(entry.sha)"),
            ]
            if let size = entry.size { members["size"] = .int(size) }
            return .object(members)
        }
        return [
            "sha": .string(sha), "url": .string("\(rest)/git/trees/\(sha)"), "truncated": .bool(isCut),
            "tree": .array(elements),
        ]
    }

    /// A file's bytes by its object.
    func blob(_ object: GitObject, in repository: StandInRepository) -> JSON {
        [
            "sha": .string(object.sha), "node_id": .string("B_\(object.sha)"), "size": .int(object.bytes.count),
            "url": .string("\(url(repository))/git/blobs/\(object.sha)"), "encoding": "base64",
            "content": .string(Base64.lines(object.bytes)),
        ]
    }

    /// A file or folder as the contents interface has it.
    func contents(
        _ entry: GitTreeEntry, at path: String, _ reference: String, in repository: StandInRepository
    ) -> JSON {
        let (rest, page) = (url(repository), links.page(state.fullName(repository)))
        let isFolder = entry.kind == "tree"
        let address = "\(rest)/contents/\(path)?ref=\(reference)"
        let git = "\(rest)/git/\(isFolder ? "trees" : "blobs")/\(entry.sha)"
        let html = "\(page)/\(isFolder ? "tree" : "blob")/\(reference)/\(path)"
        return [
            "type": isFolder ? "dir" : "file", "size": .int(entry.size ?? 0),
            "name": .string(path.split(separator: "/").last.map(String.init) ?? ""), "path": .string(path),
            "sha": .string(entry.sha), "url": .string(address), "git_url": .string(git), "html_url": .string(html),
            "download_url": isFolder ? nil : .string("\(page)/raw/\(reference)/\(path)"),
            "_links": ["self": .string(address), "git": .string(git), "html": .string(html)],
        ]
    }
}
