internal import CCurl
internal import Foundation
internal import Synchronization

/// HTTP by libcurl: one thread drives every transfer, and no task ever blocks.
///
/// Connections, names and handles are reused, and with HTTP/2 requests to one server share a connection (but those that
/// stream more than `CurlConfiguration.streamBufferBytes`). What waits for its turn waits in line, where only its
/// deadline counts. libcurl repeats a request by itself in one case, where a
/// connection that it reused died before a byte of the answer: never one of POST or PATCH, nor one that has a body.
///
/// Redirects are answers like any other. `https` goes anywhere, plain `http` to loopback and to
/// `CurlConfiguration.plainHTTPRoots`, and certificates are always verified.
///
/// Call `close()` when it is no longer needed; a transport that is merely dropped ends its thread too, a moment later.
public final class CurlTransport: Transport {
    /// Loads libcurl's global state once a process.
    private static let globalCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    private let configuration: CurlConfiguration
    private let mailbox: Mailbox
    /// The thread until someone has joined it.
    private let thread: Mutex<pthread_t?>

    /// Starts the thread.
    ///
    /// - Parameter configuration: Limits, proxy and trust.
    /// - Throws: `notAllowed` where the configuration cannot work (a limit out of range, a CA file that cannot be read,
    ///   a root that names no host), `unreachable` where libcurl or a thread cannot be had.
    public init(_ configuration: CurlConfiguration = CurlConfiguration()) throws(TransportError) {
        try Self.check(configuration)
        guard Self.globalCode == CURLE_OK, let pointer = curl_multi_init() else {
            throw .unreachable(reason: "libcurl cannot be started")
        }
        let multi = MultiHandle(pointer: pointer)
        let mailbox = Mailbox(waking: multi)
        self.configuration = configuration
        self.mailbox = mailbox
        let start = ThreadStart { TransferLoop(multi, mailbox: mailbox, configuration: configuration).run() }
        guard let thread = start.thread() else {
            curl_multi_cleanup(pointer)
            throw .unreachable(reason: "no thread can be started")
        }
        self.thread = Mutex(thread)
    }

    deinit {
        mailbox.close()
        if let thread = thread.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// What has been done so far.
    public var counters: CurlCounters { mailbox.counters }

    /// Ends every request as `canceled`, and returns when the thread is gone; later requests are `canceled` at once.
    public func close() async {
        mailbox.close()
        await mailbox.waitForEnd()
        let unjoined = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        // The thread has said its last word, so this does not wait.
        if let unjoined { pthread_join(unjoined, nil) }
    }

    /// Sends a request and gives the whole answer; see `Transport`.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await start(request, bufferBytes: nil).wholeResponse()
    }

    /// Sends a request and reads the answer as it streams; see `Transport`.
    public func withResponse<Result: Sendable>(
        to request: HTTPRequest,
        _ read: (HTTPResponseHead, HTTPBody) async throws -> Result
    ) async throws -> Result {
        let exchange = try start(request, bufferBytes: configuration.streamBufferBytes)
        do {
            let head = try await exchange.head()
            let body = HTTPBody { () async throws(TransportError) -> [UInt8]? in try await exchange.nextBytes() }
            let result = try await read(head, body)
            await exchange.stop()
            return result
        } catch {
            await exchange.stop()
            throw error
        }
    }

    private func start(_ request: HTTPRequest, bufferBytes: Int?) throws(TransportError) -> Exchange {
        let checked = try CheckedRequest(request, configuration: configuration)
        guard !Task.isCancelled else { throw .canceled }
        let exchange = Exchange(checked, bufferBytes: bufferBytes, mailbox: mailbox)
        guard mailbox.post(.start(exchange)) else { throw .canceled }
        return exchange
    }

    private static func check(_ configuration: CurlConfiguration) throws(TransportError) {
        if let complaint = configuration.complaint { throw .notAllowed(reason: complaint) }
        if let caFile = configuration.caFile, !FileManager.default.isReadableFile(atPath: caFile) {
            throw .notAllowed(reason: "the CA file \(caFile) cannot be read")
        }
        for root in configuration.plainHTTPRoots { _ = try Origin(of: root) }
        guard configuration.userAgent.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw .notAllowed(reason: "the user agent has a character that is not printable ASCII")
        }
    }
}
