import CurlHTTP
import Testing

/// Runs `body` with a transport and closes it afterwards.
func withTransport<Result>(
    _ configuration: CurlConfiguration = CurlConfiguration(), _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    let transport = try CurlTransport(configuration)
    do {
        let result = try await body(transport)
        await transport.close()
        return result
    } catch {
        await transport.close()
        throw error
    }
}

extension CurlConfiguration {
    /// The defaults with some of them changed.
    static func with(_ change: (inout CurlConfiguration) -> Void) -> CurlConfiguration {
        var configuration = CurlConfiguration()
        change(&configuration)
        return configuration
    }
}

/// How a request failed; records an issue where it did not.
func failure(
    of request: HTTPRequest, _ transport: CurlTransport, sourceLocation: SourceLocation = #_sourceLocation
) async -> TransportError? {
    do throws(TransportError) {
        let response = try await transport.send(request)
        Issue.record("answered with \(response.head.status)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

extension TransportError {
    var isUnreachable: Bool { if case .unreachable = self { true } else { false } }
    var isInterrupted: Bool { if case .interrupted = self { true } else { false } }
    var isNotAllowed: Bool { if case .notAllowed = self { true } else { false } }
}

extension HTTPResponse {
    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }
}
