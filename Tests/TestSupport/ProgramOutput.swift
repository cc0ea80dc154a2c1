internal import Foundation
internal import Subprocess
internal import SystemPackage

/// Runs a program to its end and gives what it printed.
///
/// - Parameters:
///   - path: Where the program lies.
///   - arguments: What it is started with.
///   - package: The Debian package that has it, for the message where it is missing.
/// - Returns: Its standard output.
/// - Throws: `ProgramFailure` where it is missing or its status is not 0.
@discardableResult
public func output(of path: String, _ arguments: [String], package: String) async throws -> [UInt8] {
    guard FileManager.default.isExecutableFile(atPath: path) else {
        throw ProgramFailure(description: "\(path) is missing: apt-get install \(package)")
    }
    let result = try await run(
        .path(FilePath(path)), arguments: Arguments(arguments), output: .bytes(limit: 64 << 20), error: .discarded)
    guard result.terminationStatus.isSuccess else {
        throw ProgramFailure(description: "\(path) \(arguments.joined(separator: " ")): \(result.terminationStatus)")
    }
    return result.standardOutput
}

/// A program could not be run.
public struct ProgramFailure: Error, CustomStringConvertible {
    /// Which, and why.
    public let description: String
}
