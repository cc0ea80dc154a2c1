/// What the stand-in answers, and how it gets over the wire.
public struct StandInReply: Hashable, Sendable {
    /// How the body is delivered.
    public enum Delivery: Hashable, Sendable {
        /// As it should be.
        case whole
        /// The length is announced, and the connection closed after so many bytes.
        case truncated(afterBytes: Int)
        /// The connection is reset before a single byte.
        case reset
        /// Nothing comes until the client gives up.
        case silence
        /// The body is repeated for ever.
        case endless
    }

    /// The status code.
    public var status: Int
    /// The header fields but for the length.
    public var headers: [StandInHeader]
    /// The body as it is sent: after any `Content-Encoding`.
    public var body: [UInt8]
    /// How it is delivered.
    public var delivery: Delivery = .whole
    /// How long nothing is sent.
    public var latency: Duration = .zero

    /// A reply.
    init(status: Int = 200, contentType: String, body: [UInt8], headers: [StandInHeader] = []) {
        self.status = status
        self.headers = [.init(name: "Content-Type", value: contentType)] + headers
        self.body = body
    }

    /// The value of the first header field of this name; nil where there is none.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
