public import Logging
public import ServiceLifecycle

/// A stand-in behind HTTP/1.1, for as long as its service group runs.
public struct GCSStandInServer: Service {
    private let standIn: GCSStandIn
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onRunning: @Sendable (String) async -> Void

    /// A server.
    ///
    /// - Parameters:
    ///   - standIn: What answers.
    ///   - host: The address to listen on.
    ///   - port: The port; 0 takes a free one.
    ///   - logger: Where the server tells of itself.
    ///   - onRunning: Is told the root of the service, such as `http://127.0.0.1:41231`, when it accepts requests.
    public init(
        _ standIn: GCSStandIn, host: String = "127.0.0.1", port: Int = 0, logger: Logger,
        onRunning: @escaping @Sendable (String) async -> Void = { _ in }
    ) {
        self.standIn = standIn
        self.host = host
        self.port = port
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until the task is canceled or the service group shuts down.
    public func run() async throws {
        try await StandInServer(
            standIn: StorageDoor(standIn: standIn), serverName: "UploadServer", host: host, port: port, logger: logger,
            onRunning: onRunning
        ).run()
    }
}

/// Serves a stand-in on a free port of the loopback interface while `body` runs.
///
/// - Parameters:
///   - standIn: What answers; an empty one unless given.
///   - body: Gets the stand-in, and the root of the service such as `http://127.0.0.1:41231`.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or why the server did not start.
public func withGCSStandIn<Result: Sendable>(
    _ standIn: GCSStandIn = GCSStandIn(), _ body: (GCSStandIn, String) async throws -> Result
) async throws -> Result {
    let door = StorageDoor(standIn: standIn)
    return try await withStandInServer(door, named: "UploadServer") { root in try await body(standIn, root) }
}

/// Makes storage requests of what comes over the wire.
private struct StorageDoor: StandIn {
    let standIn: GCSStandIn
    let readsBodies = false

    func reply(to request: WireRequest) async -> StandInReply {
        standIn.reply(to: StorageRequest(request.target, method: request.method, headers: request.headers))
    }

    func didAnswer() { standIn.didAnswer() }
}
