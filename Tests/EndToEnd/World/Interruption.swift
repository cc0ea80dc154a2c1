import CurlHTTP
import Synchronization

/// Lets something happen in the middle of a check: before the bot's next request to a bucket leaves.
final class Interruption: Sendable {
    private let next = Mutex<(@Sendable () async throws -> Void)?>(nil)
    private let failure = Mutex<(any Error)?>(nil)

    /// Nothing happens until a test says so.
    init() {}

    /// Says what happens, once.
    func atNextProbe(_ body: @escaping @Sendable () async throws -> Void) { next.withLock { $0 = body } }

    /// Why what should have happened did not; nil where all went well, or nothing was to happen.
    var problem: String? {
        if next.withLock({ $0 }) != nil { return "no bucket was asked, so nothing happened" }
        return failure.withLock { $0 }.map { "\($0)" }
    }

    fileprivate func happen() async {
        let body = next.withLock { next in
            defer { next = nil }
            return next
        }
        do {
            try await body?()
        } catch {
            failure.withLock { $0 = error }
        }
    }
}

/// Sends requests as another transport does, after what a test wants to happen before.
struct InterruptedTransport: Transport {
    let transport: CurlTransport
    let interruption: Interruption

    func withResponse<Result: Sendable>(
        to request: HTTPRequest, _ read: (HTTPResponseHead, HTTPBody) async throws -> Result
    ) async throws -> Result {
        await interruption.happen()
        return try await transport.withResponse(to: request, read)
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        await interruption.happen()
        return try await transport.send(request)
    }
}
