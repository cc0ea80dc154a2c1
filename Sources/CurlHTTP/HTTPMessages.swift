/// One HTTP request.
public struct HTTPRequest: Hashable, Sendable {
    /// The methods that this program sends.
    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What to do.
    public var method: Method
    /// The absolute address, percent-encoded.
    public var url: String
    /// The headers, by any spelling of their names.
    public var headers: HTTPHeaders
    /// What is sent; nil for no body at all.
    public var body: [UInt8]?
    /// Time for the whole exchange, from name look-up to the last byte.
    public var deadline: Duration
    /// The largest answer that is taken, in bytes after decompression.
    public var byteLimit: Int

    /// A request; 30 seconds and 16 MiB unless told otherwise.
    public init(
        _ method: Method, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
        deadline: Duration = .seconds(30), byteLimit: Int = 16 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.byteLimit = byteLimit
    }
}

/// Header fields in the order in which they came; names are compared without regard to case.
public struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Hashable, Sendable {
        /// The name as it was written.
        public let name: String
        /// The value without white space around it.
        public let value: String
    }

    /// All fields, repeated ones included.
    public private(set) var fields: [Field] = []

    /// Headers as a literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The value of the first field with this name; setting replaces all of that name, nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.isSame($0.name, name) }?.value }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// Every value of the fields with this name.
    public func all(_ name: String) -> [String] {
        fields.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// Adds a field beside any of the same name.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

/// What an answer says before its body.
public struct HTTPResponseHead: Hashable, Sendable {
    /// The status code, 100 to 599.
    public let status: Int
    /// The header fields of the final answer.
    public let headers: HTTPHeaders
    /// The protocol spoken: "1.1" or "2".
    public let version: String

    /// A head; tests make them by hand.
    public init(status: Int, headers: HTTPHeaders = [:], version: String = "1.1") {
        self.status = status
        self.headers = headers
        self.version = version
    }
}

/// A whole answer.
public struct HTTPResponse: Hashable, Sendable {
    /// Status and headers.
    public let head: HTTPResponseHead
    /// The body after decompression.
    public let body: [UInt8]

    /// An answer; tests make them by hand.
    public init(head: HTTPResponseHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}

/// The body of an answer, in pieces as they come; to be read once.
public struct HTTPBody: AsyncSequence, Sendable {
    /// Bytes after decompression; never empty.
    public typealias Element = [UInt8]

    private let next: @Sendable () async throws(TransportError) -> [UInt8]?

    /// A body that is read by calling `next` until it gives nil.
    public init(next: @escaping @Sendable () async throws(TransportError) -> [UInt8]?) { self.next = next }

    /// The pieces.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let piece: @Sendable () async throws(TransportError) -> [UInt8]?

        /// The next piece, or nil after the last.
        public mutating func next() async throws(TransportError) -> [UInt8]? { try await piece() }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(piece: next) }
}
