internal import CCurl

/// A request that may be sent, with what the thread must know of its address.
struct CheckedRequest: Sendable {
    /// What to send.
    let request: HTTPRequest
    /// Scheme, host and port; what the limits per host count by.
    let origin: Origin
    /// Time for the whole exchange, bounded to a day.
    let deadline: Duration

    /// Checks a request before libcurl sees it.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - configuration: Names the hosts to which plain `http` may go.
    /// - Throws: `notAllowed` naming the first rule that is broken.
    init(_ request: HTTPRequest, configuration: CurlConfiguration) throws(TransportError) {
        var size = request.url.utf8.count
        for field in request.headers.fields {
            size += field.name.utf8.count + field.value.utf8.count + 4
            try Self.check(field)
        }
        guard size <= configuration.maxHeaderBytes else {
            throw .notAllowed(reason: "address and headers have more than \(configuration.maxHeaderBytes) bytes")
        }
        if request.body != nil, request.method == .get || request.method == .head {
            throw .notAllowed(reason: "\(request.method.rawValue) takes no body")
        }
        guard request.byteLimit >= 0 else { throw .notAllowed(reason: "the byte limit is below zero") }
        let origin = try Origin(of: request.url)
        guard origin.scheme == "https" || origin.isLoopback || Self.isNamed(origin, in: configuration.plainHTTPRoots)
        else {
            throw .notAllowed(reason: "plain http goes to loopback and to configured roots only, not to \(origin.host)")
        }
        self.request = request
        self.origin = origin
        deadline = min(max(request.deadline, .zero), .seconds(86_400))
    }

    private static func isNamed(_ origin: Origin, in roots: [String]) -> Bool {
        roots.contains { root in
            do throws(TransportError) {
                return try Origin(of: root) == origin
            } catch {
                return false  // It names no host; `CurlTransport` has refused such a configuration before.
            }
        }
    }

    private static func check(_ field: HTTPHeaders.Field) throws(TransportError) {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
            throw .notAllowed(reason: "a header's name has a character that names cannot have")
        }
        guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw .notAllowed(reason: "the value of \(field.name) has a control character")
        }
        guard !["content-length", "transfer-encoding", "connection", "expect"].contains(field.name.lowercased()) else {
            throw .notAllowed(reason: "\(field.name) is set by the transport")
        }
    }

    /// RFC 9110 5.6.2: letters, digits and these fifteen.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// The scheme, host and port of an address, as libcurl's own parser reads them, so that nothing is read in two ways.
struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    let scheme: String
    /// In lower case; an IPv6 address stands in brackets.
    let host: String
    /// The port, also where the address leaves it out.
    let port: String

    var description: String { "\(scheme)://\(host):\(port)" }

    /// Whether the host can only be this machine.
    ///
    /// That is `localhost`, which libcurl looks up nowhere, `127.0.0.0/8` and `[::1]`.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }

    /// Reads an address.
    ///
    /// - Parameter url: Absolute and percent-encoded.
    /// - Throws: `notAllowed` for what is no such address, names a user, or has another scheme.
    init(of url: String) throws(TransportError) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .notAllowed(reason: "the address has a character that must be percent-encoded")
        }
        guard let parsed = curl_url() else { throw .unreachable(reason: "no memory to read the address") }
        defer { curl_url_cleanup(parsed) }
        let code = curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER))
        guard code == CURLUE_OK else {
            throw .notAllowed(reason: "the address cannot be read: \(String(cString: curl_url_strerror(code)))")
        }
        let scheme = Self.part(CURLUPART_SCHEME, of: parsed)?.lowercased()
        guard let scheme, scheme == "https" || scheme == "http" else {
            throw .notAllowed(reason: "only https and http are spoken, not \(scheme ?? "that")")
        }
        guard let host = Self.part(CURLUPART_HOST, of: parsed), let port = Self.part(CURLUPART_PORT, of: parsed) else {
            throw .notAllowed(reason: "the address names no host")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
