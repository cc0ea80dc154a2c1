/// How a `CurlTransport` reaches the network, and the limits that it keeps.
public struct CurlConfiguration: Hashable, Sendable {
    /// Where requests go through a proxy.
    public enum Proxy: Hashable, Sendable {
        /// As libcurl reads `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`; loopback is reached directly.
        case environment
        /// Never.
        case none
        /// Every request, through this one: `http://HOST:PORT`.
        case url(String)
    }

    /// What the `User-Agent` header says where a request does not say it.
    public var userAgent = "bucketbot"
    /// A PEM bundle that replaces the system's authorities; nil for the system's, whatever `SSL_CERT_FILE` says.
    public var caFile: String?
    /// Addresses to which plain `http` may go beside loopback; scheme, host and port count: `http://storage.test:4443`.
    public var plainHTTPRoots: [String] = []
    /// Where requests go through a proxy.
    public var proxy = Proxy.environment
    /// Requests on the wire at once, and therefore the most connections; 1 to 10,000, and the others wait in line.
    public var maxConnections = 64
    /// The same for one scheme, host and port; 1 to 10,000.
    public var maxConnectionsPerHost = 64
    /// Requests that may wait in line; one more is answered `unreachable` at once.
    public var maxWaitingRequests = 100_000
    /// Time to connect, TLS included; after that the server counts as unreachable.
    public var connectTimeoutSeconds = 10
    /// A transfer that stays below this speed for `lowSpeedSeconds` is given up as timed out.
    public var lowSpeedBytesPerSecond = 100
    /// How long a transfer may be too slow.
    public var lowSpeedSeconds = 20
    /// How long the addresses of a name are remembered.
    public var nameCacheSeconds = 60
    /// The largest head of an answer, and the largest address and headers of a request.
    ///
    /// At most 100 KiB, which is libcurl's own limit for a line.
    public var maxHeaderBytes = 64 << 10
    /// What of a streamed body is held for a reader before the server is made to wait; at least 16 KiB.
    ///
    /// Beside it libcurl holds what one read of 16 KiB unpacks to, at most 17 MB of gzip. A streamed request whose
    /// `byteLimit` is larger than this speaks HTTP/1.1, over a connection of its own.
    public var streamBufferBytes = 1 << 20

    /// The defaults.
    public init() {}

    /// The first limit that is out of range, as a sentence; nil where all are fine.
    var complaint: String? {
        let ranges: [(String, Int, ClosedRange<Int>)] = [
            ("maxConnections", maxConnections, 1...10_000),
            ("maxConnectionsPerHost", maxConnectionsPerHost, 1...10_000),
            ("maxWaitingRequests", maxWaitingRequests, 0...10_000_000),
            ("connectTimeoutSeconds", connectTimeoutSeconds, 1...86_400),
            ("lowSpeedBytesPerSecond", lowSpeedBytesPerSecond, 0...1_000_000_000),
            ("lowSpeedSeconds", lowSpeedSeconds, 1...86_400),
            ("nameCacheSeconds", nameCacheSeconds, 0...86_400),
            ("maxHeaderBytes", maxHeaderBytes, 1_024...(100 << 10)),
            ("streamBufferBytes", streamBufferBytes, (16 << 10)...(1 << 30)),
        ]
        for (name, value, range) in ranges where !range.contains(value) {
            return "\(name) is \(value), and must be between \(range.lowerBound) and \(range.upperBound)"
        }
        return nil
    }
}
