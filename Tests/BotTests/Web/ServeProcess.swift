import Foundation
import TestSupport
import Testing

/// The built program as `bucketbot serve`, for as long as a test needs it.
final class ServeProcess {
    /// It ended before it accepted requests.
    struct DidNotStart: Error {
        let log: String
    }

    /// Where it listens.
    private(set) var port = 0
    private let process = Process()
    private let lines: AsyncStream<String>
    private let ends: AsyncStream<Void>
    private let output: FileHandle
    private var seen = ""

    /// Starts the program and waits until it accepts requests.
    ///
    /// - Parameters:
    ///   - folder: Holds its database and its secrets.
    ///   - secrets: The content of the file of secrets.
    ///   - environment: Settings on top of those.
    ///   - wrapper: What starts it in place of the shell, as `["/usr/bin/strace", "-f"]`.
    /// - Throws: `DidNotStart`.
    init(
        in folder: URL, secrets: String, environment: [String: String] = [:], wrapper: [String] = []
    ) async throws {
        try secrets.write(to: folder.appending(path: "secrets"), atomically: true, encoding: .utf8)
        let beside = Bundle.main.bundleURL.appending(path: "bucketbot").path
        let program =
            FileManager.default.fileExists(atPath: beside)
            ? beside : SharedMaterial.checkout.appending(path: ".build/debug/bucketbot").path
        let words = wrapper + [program, "serve"]
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        try write(["token": "ghp_thetokenofatest"], in: folder)
        let own = [
            "PATH": "/usr/bin:/bin", "BUCKETBOT_LISTEN": "127.0.0.1:0", "BUCKETBOT_LOG_LEVEL": "debug",
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/bot.sqlite",
            "BUCKETBOT_WEBHOOK_SECRETS_FILE": "\(folder.path)/secrets",
        ]
        process.environment = own.merging(Self.gitHubAway(folder)) { $1 }.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        output = pipe.fileHandleForReading
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        output.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                line.finish()
            } else {
                line.yield(String(decoding: data, as: UTF8.self))
            }
        }
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        self.ends = ends
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
        let started = try await log(until: "listen=127.0.0.1:")
        guard let digits = started.firstMatch(of: #/listen=127\.0\.0\.1:(\d+)/#), let port = Int(digits.1) else {
            throw DidNotStart(log: started)
        }
        self.port = port
    }

    /// A GitHub that nobody answers for: what is to be worked on waits for another attempt.
    static func gitHubAway(_ folder: URL) -> [String: String] {
        [
            "BUCKETBOT_GITHUB_API_URL": "http://127.0.0.1:9/api/v3", "BUCKETBOT_REPOSITORIES": "acme/registry",
            "BUCKETBOT_GITHUB_TOKEN_FILE": "\(folder.path)/token",
        ]
    }

    /// Its number.
    var id: Int32 { process.processIdentifier }

    /// What it wrote so far, at least until `text` is there.
    func log(until text: String) async throws -> String {
        if seen.contains(text) { return seen }
        for await more in lines {
            seen += more
            // A line may come in pieces.
            if seen.contains(text), seen.hasSuffix("\n") { return seen }
        }
        throw DidNotStart(log: seen)
    }

    /// Sends a signal to the program itself.
    func signal(_ number: Int32) { kill(id, number) }

    /// Waits until it has ended.
    ///
    /// - Returns: Its exit status, and all that it wrote.
    func ended() async -> (status: Int32, log: String) {
        for await more in lines { seen += more }
        for await _ in ends {}
        output.readabilityHandler = nil
        return (process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus, seen)
    }
}
