import Foundation
import OpenSSLCrypto
import Playground
import TestSupport

/// The built program at work, until it is killed.
final class BuiltProgram {
    /// It did not come to accept requests.
    struct DidNotStart: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let log: URL
    private let end: AsyncStream<Void>

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - arguments: What it is to do.
    ///   - environment: Its settings.
    ///   - log: The file that its log goes to.
    /// - Throws: Why it could not be started.
    init(_ arguments: [String] = ["serve"], environment: [String: String], log: URL) throws {
        self.log = log
        let beside = Bundle.main.bundleURL.appending(path: "bucketbot").path
        let program =
            FileManager.default.fileExists(atPath: beside)
            ? beside : SharedMaterial.checkout.appending(path: ".build/debug/bucketbot").path
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = process.standardError
        let (end, ended) = AsyncStream.makeStream(of: Void.self)
        self.end = end
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
    }

    /// Whoever runs the tests waits for every process that they leave behind.
    deinit {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// What a program works with between the stand-ins, writing in earnest.
    ///
    /// - Parameters:
    ///   - example: The GitHub.
    ///   - storageRoot: Where the buckets answer.
    ///   - folder: For the database and the secrets.
    /// - Returns: Its environment.
    /// - Throws: Why a file could not be written.
    static func environment(
        for example: ExampleWorld, storageRoot: String, in folder: URL
    ) throws -> [String: String] {
        func write(_ secret: Secret, _ name: String) throws -> String {
            let file = folder.appending(path: name)
            try Data(secret.bytes).write(to: file)
            return file.path
        }
        return [
            "PATH": "/usr/bin:/bin", "BUCKETBOT_LISTEN": "127.0.0.1:0", "BUCKETBOT_DRY_RUN": "false",
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/bot.sqlite", "BUCKETBOT_STORAGE_URL": storageRoot,
            "BUCKETBOT_GITHUB_API_URL": example.standIn.restRoot, "BUCKETBOT_GITHUB_APP_ID": "\(example.app.appID)",
            "BUCKETBOT_GITHUB_PRIVATE_KEY_FILE": try write(example.app.privatePEM, "key.pem"),
            "BUCKETBOT_WEBHOOK_SECRETS_FILE": try write(example.webhookSecret, "secret"),
        ]
    }

    /// What it logged so far.
    var logged: String {
        get throws { try String(contentsOf: log, encoding: .utf8) }
    }

    /// Where it listens, as soon as it does.
    func port() async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let match = try logged.firstMatch(of: #/listen=127\.0\.0\.1:(\d+)/#), let port = Int(match.1) {
                return port
            }
            guard process.isRunning else { break }
            try await Patience.pause(milliseconds: 2)
        }
        throw DidNotStart(description: "bucketbot serve did not start:\n\(try logged)")
    }

    /// Whether it has not ended.
    var isRunning: Bool { process.isRunning }

    /// Its exit status, once it has ended.
    var status: Int32 { process.terminationStatus }

    /// Its number.
    var id: Int32 { process.processIdentifier }

    /// Ends it at once, as a power failure would.
    func kill() async { await end(by: SIGKILL) }

    /// Ends a program at once, at a later moment.
    static func kill(_ id: Int32, afterMilliseconds milliseconds: Int) async throws {
        try await Patience.pause(milliseconds: milliseconds)
        Foundation.kill(id, SIGKILL)
    }

    /// Waits until it has ended.
    func ended() async { for await _ in end {} }

    /// Has it end as a service manager does.
    ///
    /// - Returns: Its exit status.
    func stop() async -> Int32 {
        await end(by: SIGTERM)
        return process.terminationStatus
    }

    private func end(by signal: Int32) async {
        Foundation.kill(id, signal)
        await ended()
    }
}
