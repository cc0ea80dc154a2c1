import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a run of the built program gave.
struct ProgramResult {
    let status: Int32?
    let output: String
    let errors: String

    /// The document, where the output is JSON.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    /// The rules of the findings in the document, in order.
    func rules() throws -> [String] {
        try #require(json()["findings"] as? [[String: Any]]).compactMap { $0["rule"] as? String }
    }
}

/// Runs the program that was built together with these tests.
///
/// - Parameters:
///   - arguments: The command line.
///   - environment: Variables on top of the test's own.
///   - input: What the program reads from standard input.
/// - Returns: What it printed, and its exit status.
/// - Throws: Why it could not be started.
func bucketbot(
    _ arguments: [String], environment: [Environment.Key: String] = [:], input: String = ""
) async throws -> ProgramResult {
    try await programResult(of: programPath, arguments, environment: environment, input: input)
}

/// Runs a line of shell in which `"$0"` is the program.
func shell(_ line: String, _ arguments: [String], input: String = "") async throws -> ProgramResult {
    try await programResult(of: "/bin/bash", ["-c", line, programPath] + arguments, environment: [:], input: input)
}

/// The program that was built together with these tests.
var programPath: String {
    let program = Bundle.main.bundleURL.appending(path: "bucketbot")
    return FileManager.default.fileExists(atPath: program.path)
        ? program.path : SharedMaterial.checkout.appending(path: ".build/debug/bucketbot").path
}

/// Runs a program.
///
/// - Parameters:
///   - path: Where it is.
///   - arguments: Its command line.
///   - environment: Variables on top of the test's own.
///   - input: What it reads from standard input.
/// - Returns: What it printed, and its exit status.
/// - Throws: Why it could not be started.
func programResult(
    of path: String, _ arguments: [String], environment: [Environment.Key: String], input: String
) async throws -> ProgramResult {
    let result = try await run(
        .path(FilePath(path)), arguments: Arguments(arguments),
        environment: .inherit.updating(environment.mapValues { Optional($0) }),
        input: .string(input), output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
    var status: Int32?
    if case .exited(let code) = result.terminationStatus { status = Int32(code) }
    return ProgramResult(status: status, output: result.standardOutput, errors: result.standardError)
}

/// Writes files below a folder.
func write(_ files: [String: String], in folder: URL) throws {
    for (path, text) in files {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}

/// Runs git as someone who may commit, at a time such as `2026-01-01T00:00:00Z`.
func git(_ arguments: [String], in folder: URL, at time: String? = nil) async throws {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-C", folder.path]
    let result = try await run(
        .name("git"), arguments: Arguments(identity + arguments),
        environment: time.map { .inherit.updating(["GIT_COMMITTER_DATE": $0]) } ?? .inherit, output: .discarded,
        error: .string(limit: 4096))
    try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
}
