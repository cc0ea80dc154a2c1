public import Foundation
public import Logging
public import ServiceLifecycle

/// The stand-in for GitHub behind HTTP/1.1, for as long as its service group runs.
public struct GitHubStandInServer: Service {
    private let standIn: GitHubStandIn
    private let port: Int
    private let logger: Logger
    private let onRunning: @Sendable (String) async -> Void

    /// A server on the loopback interface.
    ///
    /// - Parameters:
    ///   - standIn: What answers.
    ///   - port: The port; 0 takes a free one.
    ///   - logger: Where the server tells of itself.
    ///   - onRunning: Is told the root of the service, such as `http://127.0.0.1:41231`, when it accepts requests.
    public init(
        _ standIn: GitHubStandIn, port: Int = 0, logger: Logger,
        onRunning: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.standIn = standIn
        self.port = port
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until the task is canceled or the service group shuts down.
    public func run() async throws {
        let (standIn, onRunning) = (standIn, onRunning)
        try await StandInServer(
            standIn: standIn, serverName: "github.com", host: "127.0.0.1", port: port, logger: logger,
            onRunning: { root in
                standIn.answers(at: root)
                await onRunning(root)
            }
        ).run()
    }
}

/// Serves a stand-in for GitHub on a free port of the loopback interface while `body` runs, its repositories in a new
/// folder that is deleted afterwards.
///
/// - Parameters:
///   - limits: What it allows.
///   - clock: Tells the time, which may be wrong on purpose.
///   - body: Gets the stand-in, which knows its `restRoot` by then.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or why the server did not start.
public func withGitHubStandIn<Result: Sendable>(
    limits: GitHubLimits = GitHubLimits(), clock: @escaping @Sendable () -> Date = { Date() },
    _ body: (GitHubStandIn) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "github-stand-in-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { StandInFolder.delete(folder) }
    let standIn = GitHubStandIn(folder: folder, limits: limits, clock: clock)
    return try await withStandInServer(standIn, named: "github.com") { root in
        standIn.answers(at: root)
        return try await body(standIn)
    }
}

/// The folder of a stand-in's repositories.
private enum StandInFolder {
    static func delete(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // It lies among the temporary files, which are cleared without us too.
        }
    }
}
