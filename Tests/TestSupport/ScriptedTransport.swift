public import CurlHTTP
internal import Synchronization

/// A transport that answers from a script, for what is hard to make a real server do: failures at a chosen moment.
///
/// It keeps a request's byte limit as the real one does, and nothing else of it.
public final class ScriptedTransport: Transport {
    /// What answers a request.
    public typealias Script = @Sendable (HTTPRequest) async throws(TransportError) -> HTTPResponse

    private let script: Script
    private let seen = Mutex<[HTTPRequest]>([])

    /// A transport that has seen nothing.
    ///
    /// - Parameter script: Called once a request, also for several at the same time.
    public init(_ script: @escaping Script) { self.script = script }

    /// The requests so far, in the order in which they came.
    public var requests: [HTTPRequest] { seen.withLock { $0 } }

    /// Asks the script; the body comes in one piece.
    public func withResponse<Result: Sendable>(
        to request: HTTPRequest,
        _ read: (HTTPResponseHead, HTTPBody) async throws -> Result
    ) async throws -> Result {
        let response = try await send(request)
        let rest = Mutex(response.body.isEmpty ? nil : response.body)
        let body = HTTPBody { () async throws(TransportError) -> [UInt8]? in
            rest.withLock { rest in
                defer { rest = nil }
                return rest
            }
        }
        return try await read(response.head, body)
    }

    /// Asks the script.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        let response = try await script(request)
        guard response.body.count <= request.byteLimit else { throw .tooLarge(limitBytes: request.byteLimit) }
        return response
    }
}
