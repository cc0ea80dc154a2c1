internal import Foundation
internal import Subprocess

/// Git refused something, or is not there.
struct GitTrouble: Error, CustomStringConvertible {
    let description: String
}

/// A bare git repository, asked by `git` itself with fixed arguments, without a shell, hooks or anybody's settings.
struct BareRepository: Hashable {
    /// Its folder.
    let folder: String

    private static let outputLimitBytes = 256 << 20

    /// What git printed.
    struct Output {
        let isSuccess: Bool
        let bytes: [UInt8]
        let message: String

        var text: String { String(decoding: bytes, as: UTF8.self) }
        /// The first line; empty where there is none.
        var line: String { text.split(separator: "\n").first.map(String.init) ?? "" }
    }

    /// Makes an empty repository whose first branch will be this one.
    func create(branch: String) async throws {
        try await expect(
            ["init", "--quiet", "--bare", "--template=", "--initial-branch=\(branch)", folder], outside: true)
    }

    /// Runs git and gives what it printed, also where it refused.
    ///
    /// - Parameters:
    ///   - arguments: Those behind the repository's folder.
    ///   - input: Standard input.
    ///   - environment: Further variables.
    ///   - outside: Whether the folder is not a repository yet.
    /// - Returns: What git printed.
    /// - Throws: Why git could not be run.
    func git(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], outside: Bool = false
    ) async throws -> Output {
        let safe = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
        var variables = [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
            "TZ": "UTC",
        ]
        variables.merge(environment) { $1 }
        let updates = Dictionary(
            uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1 as String?) })
        let result = try await run(
            .name("git"), arguments: Arguments(safe + (outside ? [] : ["--git-dir", folder]) + arguments),
            environment: .inherit.updating(updates),
            input: .array(input), output: .bytes(limit: Self.outputLimitBytes), error: .string(limit: 1 << 16))
        return Output(
            isSuccess: result.terminationStatus.isSuccess, bytes: result.standardOutput,
            message: result.standardError.split(separator: "\n").first.map(String.init) ?? "no reason given")
    }

    /// Runs git and gives what it printed.
    ///
    /// - Throws: `GitTrouble` where it refused.
    @discardableResult
    func expect(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], outside: Bool = false
    ) async throws -> Output {
        let output = try await git(arguments, input: input, environment: environment, outside: outside)
        guard output.isSuccess else {
            throw GitTrouble(description: "git \(arguments.prefix(4).joined(separator: " ")): \(output.message)")
        }
        return output
    }

    // MARK: - Names

    /// The object that a revision names, peeled to a kind; nil where there is none.
    func object(_ revision: String, kind: String = "commit") async throws -> String? {
        guard !revision.hasPrefix("-"), !revision.contains("\0") else { return nil }
        let output = try await git(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{\(kind)}"])
        return output.isSuccess ? output.line : nil
    }

    /// The object that a text such as `COMMIT:PATH` means; nil where there is none.
    func name(of expression: String) async throws -> String? {
        guard !expression.hasPrefix("-"), !expression.contains("\0") else { return nil }
        let output = try await git(["rev-parse", "--verify", "--quiet", "--end-of-options", expression])
        return output.isSuccess ? output.line : nil
    }

    /// The commit of a branch; nil where there is none.
    func branch(_ name: String) async throws -> String? { try await object("refs/heads/\(name)") }

    /// The commits of references by their full names.
    ///
    /// - Parameter prefix: What the names start with, such as `refs/heads/`.
    /// - Returns: The full names, each with its object.
    /// - Throws: `GitTrouble` where git refuses.
    func references(_ prefix: String) async throws -> [(name: String, sha: String)] {
        let output = try await expect(["for-each-ref", "--format=%(refname) %(objectname)"])
        return output.text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, words[0].hasPrefix(prefix) else { return nil }
            return (String(words[0]), String(words[1]))
        }
    }

    /// Sets a reference.
    ///
    /// - Parameters:
    ///   - name: Its full name.
    ///   - sha: The object; nil deletes it.
    ///   - old: What it must be before; forty zeros for one that must not be there; nil for anything.
    /// - Returns: Whether git did it.
    /// - Throws: Why git could not be run.
    func setReference(_ name: String, to sha: String?, expecting old: String? = nil) async throws -> Bool {
        var arguments = ["update-ref"]
        if let sha { arguments += [name, sha] } else { arguments += ["-d", name] }
        if let old { arguments.append(old) }
        return try await git(arguments).isSuccess
    }

    /// Whether git takes a text for the name of a reference.
    func isReferenceName(_ name: String) async throws -> Bool {
        try await git(["check-ref-format", name]).isSuccess
    }

    /// The commit in which two histories parted; nil where they have nothing in common.
    func mergeBase(_ one: String, _ other: String) async throws -> String? {
        let output = try await git(["merge-base", one, other])
        return output.isSuccess ? output.line : nil
    }

    /// How many commits each of two histories has that the other lacks.
    func divergence(_ base: String, _ head: String) async throws -> (behind: Int, ahead: Int) {
        let words = try await expect(["rev-list", "--left-right", "--count", "\(base)...\(head)"]).line
            .split(separator: "\t").compactMap { Int($0) }
        return words.count == 2 ? (words[0], words[1]) : (0, 0)
    }

    /// The commits that a head has and a base lacks, oldest first.
    func commits(from base: String, to head: String) async throws -> [String] {
        try await expect(["rev-list", "--reverse", "--topo-order", "\(base)..\(head)"]).text
            .split(separator: "\n").map(String.init)
    }

    /// Takes a branch of another repository over, whatever was there before.
    func fetch(_ branch: String, of other: BareRepository, as reference: String) async throws {
        try await expect([
            "fetch", "--quiet", "--no-tags", "--no-auto-maintenance", other.folder,
            "+refs/heads/\(branch):\(reference)",
        ])
    }

    /// Makes this repository's every branch and object those of another one.
    func clone(_ other: BareRepository) async throws {
        try await expect(["clone", "--quiet", "--bare", "--shared", other.folder, folder], outside: true)
    }
}
