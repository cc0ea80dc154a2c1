internal import Foundation
internal import Glibc
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A stand-in behind HTTP/1.1, for as long as its service group runs.
///
/// It speaks to the server below Hummingbird's application, since that one sets a `Date` of its own, and a stand-in may
/// have a clock that is wrong on purpose.
struct StandInServer: Service {
    let standIn: any StandIn
    /// What the `Server` header says.
    let serverName: String
    /// The address to listen on.
    let host: String
    /// The port; 0 takes a free one.
    let port: Int
    let logger: Logger
    /// Is told the root, such as `http://127.0.0.1:41231`, when requests are accepted.
    let onRunning: @Sendable (String) async -> Void

    /// Serves until the task is canceled or the service group shuts down.
    func run() async throws {
        let (host, onRunning) = (host, onRunning)
        let writer = StandInWriter(standIn: standIn, serverName: serverName)
        let application = Application(
            responder: NobodyResponder(),
            server: HTTPServerBuilder { _ in
                HTTP1Channel { request, response, channel in
                    defer { writer.standIn.didAnswer() }
                    let answer = try await writer.answer(to: request, on: channel)
                    try await response.write(response: answer.head, body: answer.body)
                }
            },
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onRunning("http://\(host):\(channel.localAddress?.port ?? 0)") },
            logger: logger)
        try await application.run()
    }
}

/// Serves a stand-in on a free port of the loopback interface while `body` runs.
///
/// - Parameters:
///   - standIn: What answers.
///   - name: What the `Server` header says.
///   - body: Gets the root, such as `http://127.0.0.1:41231`.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or why the server did not start.
func withStandInServer<Result: Sendable>(
    _ standIn: any StandIn, named name: String, _ body: (String) async throws -> Result
) async throws -> Result {
    let (roots, continuation) = AsyncStream.makeStream(of: String.self)
    var logger = Logger(label: name)
    logger.logLevel = .error
    let server = StandInServer(standIn: standIn, serverName: name, host: "127.0.0.1", port: 0, logger: logger) {
        continuation.yield($0)
    }
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
        let result = try await body(root)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

/// Stands where Hummingbird wants a responder; the server below it never asks.
private struct NobodyResponder: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(status: .notImplemented)
    }
}

/// Turns HTTP into requests to a stand-in, and its replies into HTTP.
private struct StandInWriter {
    /// What stands for "for ever" where the client is the one to give up.
    private static let patience = Duration.seconds(3600)
    private static let pieceByteCount = 64 << 10
    private static let bodyLimitBytes = 64 << 20

    /// The body ended before its announced length.
    private struct BrokenOff: Error {}

    let standIn: any StandIn
    let serverName: String

    /// What a request is answered; a connection that is to break is broken by then.
    func answer(to request: Request, on channel: any Channel) async throws -> Response {
        var body: [UInt8] = []
        if standIn.readsBodies {
            body = Array(buffer: try await request.body.collect(upTo: Self.bodyLimitBytes))
        }
        let asked = WireRequest(
            method: request.method.rawValue, target: request.head.path ?? "/",
            headers: request.headers.map { .init(name: $0.name.rawName, value: $0.value) }
                + [StandInHeader(name: "Host", value: request.head.authority ?? "")],
            body: body)
        let reply = await standIn.reply(to: asked)
        if reply.latency > .zero {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: reply.latency) }
        }
        switch reply.delivery {
        case .reset: await reset(channel)
        case .silence: await keepSilent(request, channel)
        case .whole, .truncated, .endless: break
        }
        var response = Response(
            status: .init(code: reply.status), headers: fields(of: reply), body: self.body(of: reply))
        if asked.method == "HEAD" { response = response.createHeadResponse() }
        return response
    }

    private func fields(of reply: StandInReply) -> HTTPFields {
        var headers = HTTPFields()
        for header in reply.headers {
            // A name or value that HTTP does not allow is left out.
            if let name = HTTPFields.Element.Name(header.name) {
                headers.append(HTTPFields.Element(name: name, value: header.value))
            }
        }
        headers[.server] = serverName
        if headers[.date] == nil { headers[.date] = HTTPDate.text(Date()) }
        return headers
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
            if standIn.readsBodies {
                // The body is read, so nothing tells of the other end any more.
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.patience) }
            } else {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.patience) }
                }
            }
        } catch {
            // Thrown when the silence is over, whoever ended it.
        }
        await reset(channel)
    }
}
