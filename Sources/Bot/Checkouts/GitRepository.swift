internal import Foundation
internal import Subprocess

/// Asks `git` about a checkout, with fixed arguments and without a shell, hooks or a file-system monitor.
struct GitRepository {
    /// The checkout's folder, which may lie below the repository's root.
    let folder: String

    /// The most that git may answer at once: the registry's files have a tenth of it.
    private static let outputLimitBytes = 512 << 20

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

    /// The paths at which the working tree differs from a commit, untracked files included.
    func changedPaths(since commit: String) async throws -> [String] {
        let tracked = try await git(["diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--"])
        guard tracked.isSuccess else { throw CheckoutError.git(command: "diff \(commit)", message: tracked.message) }
        let untracked = try await git(["ls-files", "--others", "--exclude-standard", "-z"])
        guard untracked.isSuccess else { throw CheckoutError.git(command: "ls-files", message: untracked.message) }
        return tracked.paths + untracked.paths
    }

    /// The contents of files as a commit has them, in order; nil for a path that it does not have.
    ///
    /// - Parameters:
    ///   - paths: Relative to the folder; one with a line break cannot be asked for and gives nil.
    ///   - commit: The commit.
    /// - Returns: The bytes of each.
    /// - Throws: `CheckoutError` where git cannot tell.
    func contents(of paths: [String], at commit: String) async throws -> [[UInt8]?] {
        let lines = paths.map { $0.contains("\n") ? "\(commit):" : "\(commit):./\($0)" }
        let answer = try await git(["cat-file", "--batch"], input: Array(lines.joined(separator: "\n").utf8) + [0x0A])
        guard answer.isSuccess else { throw CheckoutError.git(command: "cat-file", message: answer.message) }
        var reader = BatchReader(bytes: answer.output[...])
        return try paths.map { path in
            guard let content = reader.next() else {
                throw CheckoutError.git(command: "cat-file", message: "the answer for \(path) broke off")
            }
            return content
        }
    }

    /// When the oldest commit was made in which the number of a text's occurrences in a file changed.
    ///
    /// - Returns: Seconds since 1970; nil where no commit is known, as for what is not committed yet.
    func timeAdded(_ text: String, in path: String) async throws -> Int64? {
        let log = try await git(["log", "--format=%ct", "-S\(text)", "--", path])
        guard log.isSuccess else { return nil }
        return log.text.split(separator: "\n").last.flatMap { Int64($0) }
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

    /// Whether the whole history of a working tree is here.
    func hasWholeHistory() async throws -> Bool {
        guard try await isRepository() else { return false }
        return try await !isShallow()
    }

    /// Whether the history was cut when it was cloned.
    func isShallow() async throws -> Bool {
        try await git(["rev-parse", "--is-shallow-repository"]).line == "true"
    }

    // MARK: - Running git

    /// What git printed.
    private struct Answer {
        let isSuccess: Bool
        let output: [UInt8]
        let message: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var line: String { text.split(separator: "\n").first.map(String.init) ?? "" }
        var paths: [String] { text.split(separator: "\0").map(String.init) }
    }

    private func git(_ arguments: [String], input: [UInt8] = []) async throws -> Answer {
        let safe = [
            "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-C", folder,
        ]
        let result = try await run(
            .name("git"), arguments: Arguments(safe + arguments),
            environment: .inherit.updating(["GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"]),
            input: .array(input), output: .bytes(limit: Self.outputLimitBytes), error: .string(limit: 1 << 16))
        return Answer(
            isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
            message: String(result.standardError.split(separator: "\n").first ?? "no reason given"))
    }
}

/// Reads what `git cat-file --batch` prints: `OID TYPE SIZE`, the content, a newline; or `NAME missing`.
private struct BatchReader {
    var bytes: ArraySlice<UInt8>

    /// The next content; an inner nil for a missing one, an outer nil where the answer broke off.
    mutating func next() -> [UInt8]?? {
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        bytes = bytes[(end + 1)...]
        guard words.count >= 3, let size = Int(words[words.count - 1]), words[words.count - 2] != "missing" else {
            return .some(nil)
        }
        guard size >= 0, bytes.count > size else { return nil }
        let content = Array(bytes.prefix(size))
        bytes = bytes.dropFirst(size + 1)
        return words[words.count - 2] == "blob" ? .some(content) : .some(nil)
    }
}
