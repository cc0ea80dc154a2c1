internal import BotCore
internal import Foundation
internal import Subprocess

/// Asks `git` about a checkout, with fixed arguments and without a shell, hooks or a file-system monitor.
///
/// Only plumbing is run, which no one's settings of how differences are shown reach, and none of the variables by which
/// a caller may have pointed git elsewhere.
struct GitRepository {
    /// The checkout's folder, which may lie below the repository's root.
    let folder: String

    /// The most that git may answer at once: the registry's files have a tenth of it.
    private static let outputLimitBytes = 512 << 20

    /// Links that are followed from one to the next in a commit.
    private static let linkLimit = 8

    /// The commit at which the working tree's branch and a revision parted.
    ///
    /// - Parameter revision: A branch, tag or commit.
    /// - Returns: The commit's hash.
    /// - Throws: `CheckoutError` where there is no repository, no such revision, or not enough history.
    func mergeBase(with revision: String) async throws -> String {
        guard try await isRepository() else { throw CheckoutError.noRepository(folder) }
        // A revision that starts with a dash would be an option.
        guard !revision.hasPrefix("-") else { throw CheckoutError.unknownRevision(revision) }
        let commit = try await git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        guard commit.isSuccess else {
            throw try await isShallow() ? CheckoutError.shallow(revision) : .unknownRevision(revision)
        }
        let base = try await git(["merge-base", commit.line, "HEAD"])
        guard base.isSuccess else {
            if try await isShallow() { throw CheckoutError.shallow(revision) }
            throw CheckoutError.git(command: "merge-base \(revision) HEAD", message: "the two have no commit in common")
        }
        return base.line
    }

    /// The tracked paths at which the working tree may differ from a commit; what git does not track is not among them.
    ///
    /// A file that was only written anew counts as well: its content is not compared.
    func changedPaths(since commit: String) async throws -> Set<ExactText> {
        let answer = try await git([
            "diff-index", "--name-only", "--no-renames", "--relative", "--ignore-submodules=dirty", "-z", commit, "--",
        ])
        guard answer.isSuccess else { throw CheckoutError.git(command: "diff-index", message: answer.message) }
        return Set(answer.records.map { ExactText(String(decoding: $0, as: UTF8.self)) })
    }

    /// What a commit has below the folder.
    func tree(of commit: String) async throws -> GitTree {
        let answer = try await git(["ls-tree", "-r", "-z", commit])
        guard answer.isSuccess else { throw CheckoutError.git(command: "ls-tree", message: answer.message) }
        return GitTree(records: answer.records)
    }

    /// The contents of files as a commit has them, in order; links are followed as long as they stay in the folder.
    ///
    /// - Parameters:
    ///   - paths: Relative to the folder.
    ///   - tree: What the commit has.
    /// - Returns: The bytes of each; nil for a path that the commit does not have.
    /// - Throws: `CheckoutError` where git cannot tell.
    func contents(of paths: [String], in tree: GitTree) async throws -> [[UInt8]?] {
        var contents: [[UInt8]?] = Array(repeating: nil, count: paths.count)
        var wanted = Array(zip(paths.indices, paths))
        for _ in 0...Self.linkLimit where !wanted.isEmpty {
            let found = wanted.compactMap { index, path in tree.file(at: path).map { (index, path, $0) } }
            let blobs = try await blobs(found.map { $0.2.object })
            wanted = []
            for ((index, path, file), bytes) in zip(found, blobs) {
                if !file.isLink {
                    contents[index] = bytes
                } else if let target = linkTarget(String(decoding: bytes, as: UTF8.self), of: path) {
                    wanted.append((index, target))
                }
            }
        }
        return contents
    }

    /// The contents of objects by their ids.
    private func blobs(_ objects: [String]) async throws -> [[UInt8]] {
        guard !objects.isEmpty else { return [] }
        let answer = try await git(
            ["cat-file", "--batch"], input: Array(objects.joined(separator: "\n").utf8) + [0x0A])
        guard answer.isSuccess else { throw CheckoutError.git(command: "cat-file", message: answer.message) }
        var reader = BatchReader(bytes: answer.output[...])
        return try objects.map { object in
            guard let content = reader.next() else {
                throw CheckoutError.git(command: "cat-file", message: "the answer for \(object) broke off")
            }
            return content
        }
    }

    /// When names were first written in a file: one pass over its history, whatever the number of names.
    ///
    /// - Parameters:
    ///   - names: Keys of `buckets.yaml`, or values of `name`.
    ///   - path: Relative to the folder.
    /// - Returns: Seconds since 1970 of the oldest commit that added each; without those that no commit adds.
    /// - Throws: `CheckoutError` where there is no git.
    func timesAdded(_ names: Set<ExactText>, in path: String) async throws -> [ExactText: Int64] {
        do {
            let commits = try await git(["rev-list", "HEAD", "--", path])
            guard commits.isSuccess, !commits.output.isEmpty else { return [:] }
            let patches = try await git(
                [
                    "diff-tree", "--stdin", "--root", "-r", "-p", "-U0", "--no-ext-diff", "--no-textconv",
                    "--no-renames",
                    "--no-color", "--format=format:%x00%ct", "--", path,
                ], input: commits.output)
            return patches.isSuccess ? AddedNames.times(of: names, inPatches: patches.output) : [:]
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            // A history too long to be read tells nothing, and what has no known age counts as young.
            return [:]
        }
    }

    /// Whether the folder lies in a working tree.
    ///
    /// - Throws: `CheckoutError.git` where git refuses for another reason, as for a tree that belongs to someone else.
    func isRepository() async throws -> Bool {
        let answer = try await git(["rev-parse", "--is-inside-work-tree"])
        if answer.isSuccess { return answer.line == "true" }
        guard answer.message.contains("not a git repository") else {
            throw CheckoutError.git(command: "rev-parse", message: answer.message)
        }
        return false
    }

    /// Whether the whole history of a working tree is here, and git to read it.
    func hasWholeHistory() async throws -> Bool {
        do {
            guard try await isRepository() else { return false }
            return try await !isShallow()
        } catch CheckoutError.noGit {
            return false
        }
    }

    /// Whether the history was cut when it was cloned.
    func isShallow() async throws -> Bool {
        try await git(["rev-parse", "--is-shallow-repository"]).line == "true"
    }

    // MARK: - Running git

    /// What git printed.
    struct Answer {
        let isSuccess: Bool
        let output: [UInt8]
        let message: String

        var line: String {
            String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
        var records: [ArraySlice<UInt8>] { output.split(separator: 0) }
    }

    /// Runs git and waits for its end.
    func git(_ arguments: [String], input: [UInt8] = []) async throws -> Answer {
        let safe = [
            "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-C", folder,
        ]
        do {
            let result = try await run(
                .name("git"), arguments: Arguments(safe + arguments), environment: Self.environment,
                input: .array(input), output: .bytes(limit: Self.outputLimitBytes), error: .string(limit: 1 << 16))
            return Answer(
                isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
                message: String(result.standardError.split(separator: "\n").first ?? "no reason given"))
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw CheckoutError.noGit
        }
    }

    /// The program's own environment without anything of git's but who commits and where its settings stand, which
    /// may have to say that a tree of someone else is to be trusted.
    private static var environment: Environment {
        let kept: Set<String> = [
            "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
            "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
        ]
        var changes: [Environment.Key: String?] = [:]
        for name in ProcessInfo.processInfo.environment.keys where name.hasPrefix("GIT_") && !kept.contains(name) {
            changes[Environment.Key(stringLiteral: name)] = .some(nil)
        }
        changes["GIT_TERMINAL_PROMPT"] = "0"
        changes["GIT_OPTIONAL_LOCKS"] = "0"
        changes["LC_ALL"] = "C"
        return .inherit.updating(changes)
    }
}

/// Reads what `git cat-file --batch` prints: `OID TYPE SIZE`, the content, a newline.
private struct BatchReader {
    var bytes: ArraySlice<UInt8>

    /// The next content; nil where the answer broke off or the object is not there.
    mutating func next() -> [UInt8]? {
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        bytes = bytes[(end + 1)...]
        guard words.count == 3, let size = Int(words[2]), size >= 0, bytes.count > size else { return nil }
        let content = Array(bytes.prefix(size))
        bytes = bytes.dropFirst(size + 1)
        return content
    }
}
