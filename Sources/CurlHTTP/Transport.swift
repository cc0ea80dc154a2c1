/// Sends HTTP requests: libcurl in production, a script in tests of what goes wrong on the wire.
///
/// A transport neither follows redirects nor retries; both are decisions of the client that uses it.
public protocol Transport: Sendable {
    /// Sends a request and reads the answer as it streams.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - read: Gets status, headers and the body; when it returns or throws, what is left of the body is dropped.
    /// - Returns: What `read` returns.
    /// - Throws: `TransportError` where no answer came or the body broke off, and whatever `read` throws.
    func withResponse<Result: Sendable>(
        to request: HTTPRequest,
        _ read: (HTTPResponseHead, HTTPBody) async throws -> Result
    ) async throws -> Result

    /// Sends a request and gives the whole answer.
    ///
    /// - Parameter request: What to send; its `byteLimit` bounds the body in memory.
    /// - Returns: The answer, its body complete.
    /// - Throws: `TransportError` where no complete answer came.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// Why no answer came, named by what the caller can do.
public enum TransportError: Error, Hashable, Sendable {
    /// The request never reached a server (name, connection, TLS): any request may be tried again.
    case unreachable(reason: String)
    /// The connection broke after the request had left: it may have been carried out.
    case interrupted(reason: String)
    /// The deadline passed, or the transfer was too slow for too long: it may have been carried out.
    case timedOut(seconds: Double)
    /// The answer has more bytes than the request allowed, compressed or not.
    case tooLarge(limitBytes: Int)
    /// The request cannot be sent as it is: its address, protocol or a header is not allowed.
    case notAllowed(reason: String)
    /// The task that asked was canceled, or the transport was shut down.
    case canceled
}
