internal import Foundation

/// A git object: what it is and its bytes.
struct GitObject: Hashable {
    let sha: String
    let kind: String
    let bytes: [UInt8]

    /// Whether GitHub takes it for a binary file.
    var isBinary: Bool { bytes.prefix(8_000).contains(0) || String(validating: bytes, as: UTF8.self) == nil }
}

/// One entry of a tree.
struct GitTreeEntry: Hashable {
    let mode: String
    let kind: String
    let sha: String
    /// Bytes of a file; nil for all else.
    let size: Int?
    let path: String
}

/// A commit as git tells it.
struct GitCommitRecord: Hashable {
    struct Person: Hashable {
        let name: String
        let email: String
        /// RFC 3339 in UTC where it was read; what git takes for a time where it is written.
        let date: String

        /// Somebody at a moment.
        static func at(_ seconds: Int64, _ name: String, _ email: String) -> Person {
            Person(name: name, email: email, date: "\(seconds) +0000")
        }
    }

    let sha: String
    let tree: String
    let parents: [String]
    let author: Person
    let committer: Person
    let message: String
}

extension BareRepository {
    /// Objects by their names, in order; nil for one that is not there.
    func objects(_ names: [String]) async throws -> [GitObject?] {
        let lines = names.map { $0.contains("\n") ? "-" : $0 }
        let input = Array(lines.joined(separator: "\n").utf8) + [0x0A]
        let output = try await expect(["cat-file", "--batch"], input: input)
        var rest = output.bytes[...]
        return try names.map { name in
            guard let end = rest.firstIndex(of: 0x0A) else {
                throw GitTrouble(description: "cat-file broke off at \(name)")
            }
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            rest = rest[(end + 1)...]
            guard words.count == 3, let size = Int(words[2]), rest.count > size else { return nil }
            let object = GitObject(sha: String(words[0]), kind: String(words[1]), bytes: Array(rest.prefix(size)))
            rest = rest.dropFirst(size + 1)
            return object
        }
    }

    /// One object; nil where there is none.
    func object(named name: String) async throws -> GitObject? { try await objects([name]).first ?? nil }

    /// The entries of a tree; nil where there is none.
    func tree(_ name: String, isRecursive: Bool) async throws -> (sha: String, entries: [GitTreeEntry])? {
        guard let sha = try await object(name, kind: "tree") else { return nil }
        let flags = isRecursive ? ["-r", "-t"] : []
        let output = try await expect(["ls-tree", "-z", "--long"] + flags + [sha])
        let entries = output.text.split(separator: "\0").compactMap { line -> GitTreeEntry? in
            let halves = line.split(separator: "\t", maxSplits: 1)
            let words = halves.first?.split(separator: " ", omittingEmptySubsequences: true) ?? []
            guard halves.count == 2, words.count == 4 else { return nil }
            return GitTreeEntry(
                mode: String(words[0]), kind: String(words[1]), sha: String(words[2]), size: Int(words[3]),
                path: String(halves[1]))
        }
        return (sha, entries)
    }

    /// Commits by their names, in order.
    ///
    /// - Throws: `GitTrouble` where one is not there.
    func records(_ shas: [String]) async throws -> [GitCommitRecord] {
        guard !shas.isEmpty else { return [] }
        let format = "%H%x00%T%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%B%x00%x01"
        let output = try await expect(
            [
                "log", "--no-walk=unsorted", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=\(format)", "--stdin",
            ],
            input: Array(shas.joined(separator: "\n").utf8) + [0x0A])
        return output.text.split(separator: "\u{1}").compactMap { text in
            let fields = text.drop { $0 == "\n" }.split(separator: "\0", omittingEmptySubsequences: false)
                .map(String.init)
            guard fields.count >= 10 else { return nil }
            return GitCommitRecord(
                sha: fields[0], tree: fields[1], parents: fields[2].split(separator: " ").map(String.init),
                author: .init(name: fields[3], email: fields[4], date: fields[5]),
                committer: .init(name: fields[6], email: fields[7], date: fields[8]),
                message: String(fields[9].reversed().drop { $0 == "\n" }.reversed()))
        }
    }

    /// Stores a file's bytes.
    func storeBlob(_ bytes: [UInt8]) async throws -> String {
        try await expect(["hash-object", "-w", "--stdin"], input: bytes).line
    }

    /// Makes a tree of another one and changes.
    ///
    /// - Parameters:
    ///   - base: The tree or commit to start from; nil for none.
    ///   - changes: For each path its mode and object; nil deletes it.
    /// - Returns: The tree's name; nil where git refuses an object or a path.
    /// - Throws: Why git could not be run.
    func storeTree(
        base: String?, changes: [(path: String, entry: (mode: String, sha: String)?)]
    ) async throws -> String? {
        let index = folder + "/index-\(UUID().uuidString)"
        defer { unlink(index) }
        let environment = ["GIT_INDEX_FILE": index]
        if let base {
            guard try await git(["read-tree", base], environment: environment).isSuccess else { return nil }
        }
        let zero = String(repeating: "0", count: 40)
        var input: [UInt8] = []
        for change in changes {
            let words = change.entry.map { "\($0.mode) \($0.sha)" } ?? "0 \(zero)"
            input += Array("\(words)\t\(change.path)\0".utf8)
        }
        let update = try await git(["update-index", "-z", "--index-info"], input: input, environment: environment)
        guard update.isSuccess else { return nil }
        let tree = try await git(["write-tree"], environment: environment)
        return tree.isSuccess ? tree.line : nil
    }

    /// Makes a commit.
    ///
    /// - Returns: Its name; nil where git refuses the tree or a parent.
    func storeCommit(
        tree: String, parents: [String], message: String, author: GitCommitRecord.Person,
        committer: GitCommitRecord.Person
    ) async throws -> String? {
        let environment = [
            "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email, "GIT_AUTHOR_DATE": author.date,
            "GIT_COMMITTER_NAME": committer.name, "GIT_COMMITTER_EMAIL": committer.email,
            "GIT_COMMITTER_DATE": committer.date,
        ]
        let output = try await git(
            ["commit-tree", tree] + parents.flatMap { ["-p", $0] } + ["-F", "-"], input: Array(message.utf8),
            environment: environment)
        return output.isSuccess ? output.line : nil
    }

    /// The tree that a merge of two commits gives; nil where they conflict.
    func mergedTree(_ base: String, _ head: String) async throws -> String? {
        let output = try await git(["merge-tree", "--write-tree", base, head])
        return output.isSuccess ? output.line : nil
    }
}
