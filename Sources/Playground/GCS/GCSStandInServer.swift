internal import Glibc
internal import Hummingbird
public import Logging
internal import NIOCore
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
        let (host, onRunning) = (host, onRunning)
        let application = Application(
            responder: StandInResponder(standIn: standIn),
            configuration: .init(address: .hostname(host, port: port), serverName: "UploadServer"),
            onServerRunning: { channel in await onRunning("http://\(host):\(channel.localAddress?.port ?? 0)") },
            logger: logger)
        try await application.run()
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
    let (roots, continuation) = AsyncStream.makeStream(of: String.self)
    var logger = Logger(label: "gcs-stand-in")
    logger.logLevel = .error
    let server = GCSStandInServer(standIn, logger: logger) { continuation.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }  // A server that fails to start must not be waited for.
            try await group.run()
        }
        var iterator = roots.makeAsyncIterator()
        guard let root = await iterator.next() else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        let result = try await body(standIn, root)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

/// What Hummingbird knows of a request; the connection is kept, to be able to break it.
private struct StandInContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Turns HTTP into requests to a stand-in, and its replies into HTTP.
private struct StandInResponder: HTTPResponder {
    /// What stands for "for ever" where the client is the one to give up.
    private static let patience = Duration.seconds(3600)
    private static let pieceByteCount = 64 << 10

    /// The body ended before its announced length.
    private struct BrokenOff: Error {}

    let standIn: GCSStandIn

    func respond(to request: Request, context: StandInContext) async throws -> Response {
        let asked = StorageRequest(
            request.head.path ?? "/", method: request.method.rawValue,
            headers: request.headers.map { .init(name: $0.name.rawName, value: $0.value) })
        let reply = standIn.reply(to: asked)
        defer { standIn.didAnswer() }
        if reply.latency > .zero {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: reply.latency) }
        }
        switch reply.delivery {
        case .reset: await reset(context.channel)
        case .silence: await keepSilent(request, context.channel)
        case .whole, .truncated, .endless: break
        }
        var headers = HTTPFields()
        for header in reply.headers {
            // A name or value that HTTP does not allow is left out.
            if let name = HTTPFields.Element.Name(header.name) {
                headers.append(HTTPFields.Element(name: name, value: header.value))
            }
        }
        let response = Response(
            status: .init(code: reply.status), headers: headers, body: body(of: reply))
        return asked.method == "HEAD" ? response.createHeadResponse() : response
    }

    private func body(of reply: StandInReply) -> ResponseBody {
        switch reply.delivery {
        case .truncated(let count):
            // A body that is no longer than the cut is announced longer than it is.
            let announced = max(reply.body.count, count + 1)
            let piece = ByteBuffer(bytes: reply.body.prefix(count))
            return ResponseBody(contentLength: announced) { writer in
                try await writer.write(piece)
                throw BrokenOff()
            }
        case .endless:
            let unit = reply.body.isEmpty ? [UInt8(ascii: " ")] : reply.body
            var piece = ByteBuffer()
            while piece.readableBytes < Self.pieceByteCount { piece.writeBytes(unit) }
            return ResponseBody { [piece] writer in
                while true { try await writer.write(piece) }
            }
        case .whole, .reset, .silence: return ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        }
    }

    /// Closes the connection in the way that its other end sees as a reset.
    private func reset(_ channel: any Channel) async {
        do {
            if let options = channel as? any SocketOptionProvider {
                try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            try await channel.close().get()
        } catch {
            // The client may have closed it first; then it is as broken as it was meant to be.
        }
    }

    /// Says nothing until the client closes the connection or the server shuts down, then closes it.
    private func keepSilent(_ request: Request, _ channel: any Channel) async {
        do {
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.patience) }
            }
        } catch {
            // Thrown when the silence is over, whoever ended it.
        }
        await reset(channel)
    }
}
