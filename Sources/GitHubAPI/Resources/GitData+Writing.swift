internal import struct Foundation.Data

extension GitData {
    /// What a tree gets at one path.
    public struct TreeChange: Hashable, Sendable {
        /// From the root, without a slash at its start.
        public var path: String
        /// The mode as git writes it, as in `100644`.
        public var mode: String
        /// The content; `nil` takes the file away.
        public var blob: GitObjectID?

        /// A change of one file.
        public init(path: String, mode: String = "100644", blob: GitObjectID?) {
            self.path = path
            self.mode = mode
            self.blob = blob
        }
    }

    /// Stores the content of a file.
    ///
    /// Source: https://docs.github.com/en/rest/git/blobs#create-a-blob
    public func storeBlob(_ bytes: [UInt8]) async throws -> GitObjectID {
        let body = BlobBody(content: Data(bytes).base64EncodedString(), encoding: "base64")
        let made: HashedObject = try await repository.requester.store(repository.path("git", "blobs"), body)
        return made.sha
    }

    /// Stores a tree that is another one with changes.
    ///
    /// Source: https://docs.github.com/en/rest/git/trees#create-a-tree
    public func storeTree(on base: GitObjectID, _ changes: [TreeChange]) async throws -> GitObjectID {
        let body = TreeBody(
            base: base.text,
            tree: changes.map { TreeBody.Entry(path: $0.path, mode: $0.mode, blob: $0.blob?.text) })
        let made: HashedObject = try await repository.requester.store(repository.path("git", "trees"), body)
        return made.sha
    }

    /// Stores a commit without naming an author, so that GitHub takes the credentials' account and signs it.
    ///
    /// Source: https://docs.github.com/en/rest/git/commits#create-a-commit
    public func storeCommit(
        _ message: String, tree: GitObjectID, on parent: GitObjectID
    ) async throws -> GitObjectID {
        let body = CommitBody(message: message, tree: tree.text, parents: [parent.text])
        let made: HashedObject = try await repository.requester.store(repository.path("git", "commits"), body)
        return made.sha
    }

    /// Makes a branch.
    ///
    /// - Throws: `unprocessable` where there is one of this name already, among others.
    /// Source: https://docs.github.com/en/rest/git/refs#create-a-reference
    public func createBranch(_ name: String, at commit: GitObjectID) async throws -> GitRef {
        let body = NewRefBody(ref: "refs/heads/\(name)", sha: commit.text)
        return try await repository.requester.post(repository.path("git", "refs"), body)
    }

    /// Has a branch point to another commit, whatever it pointed to.
    ///
    /// Source: https://docs.github.com/en/rest/git/refs#update-a-reference
    public func moveBranch(_ name: String, to commit: GitObjectID) async throws -> GitRef {
        try await repository.requester.patch(branchPath(name), MovedRefBody(sha: commit.text, force: true))
    }

    /// Deletes a branch.
    ///
    /// - Throws: `unprocessable` where there is none, among others.
    /// Source: https://docs.github.com/en/rest/git/refs#delete-a-reference
    public func deleteBranch(_ name: String) async throws { try await repository.requester.delete(branchPath(name)) }

    /// The commit of a branch; `nil` where there is no such branch.
    public func branch(_ name: String) async throws -> GitObjectID? {
        do {
            return try await ref("heads/\(name)").object
        } catch let error as GitHubError where error.kind == .notFound {
            return nil
        }
    }

    private func branchPath(_ name: String) -> [String] {
        let segments = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return repository.path("git", "refs", "heads") + segments
    }
}

private struct BlobBody: Encodable {
    let content: String
    let encoding: String
}

private struct TreeBody: Encodable {
    let base: String
    let tree: [Entry]

    struct Entry: Encodable {
        let path: String
        let mode: String
        let blob: String?

        /// A file goes where `sha` is null, and not where it is left out.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(path, forKey: .path)
            try container.encode(mode, forKey: .mode)
            try container.encode("blob", forKey: .type)
            try container.encode(blob, forKey: .sha)
        }

        private enum CodingKeys: String, CodingKey {
            case path, mode, type, sha
        }
    }

    private enum CodingKeys: String, CodingKey {
        case base = "base_tree"
        case tree
    }
}

private struct CommitBody: Encodable {
    let message: String
    let tree: String
    let parents: [String]
}

private struct NewRefBody: Encodable {
    let ref: String
    let sha: String
}

private struct MovedRefBody: Encodable {
    let sha: String
    let force: Bool
}
