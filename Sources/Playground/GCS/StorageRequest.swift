/// One request as it came over the wire.
public struct StorageRequest: Hashable, Sendable {
    /// One header field.
    public typealias Header = StandInHeader

    /// The method, such as `GET`.
    public let method: String
    /// Path and query as they were sent, percent-encoded.
    public let target: String
    /// The header fields in their order.
    public let headers: [Header]
    /// What the request asks for.
    public let route: StorageRoute
    private let parameters: [String: [UInt8]]

    /// A request.
    ///
    /// - Parameters:
    ///   - target: Path and query, percent-encoded: `/storage/v1/b/BUCKET/o?prefix=logs%2F`.
    ///   - method: The method.
    ///   - headers: The header fields.
    public init(_ target: String, method: String = "GET", headers: [Header] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        var parameters: [String: [UInt8]] = [:]
        for part in target.utf8.dropFirst(path.count + 1).split(separator: UInt8(ascii: "&")) {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let key = String(decoding: PercentEncoding.decoded(name, plusIsSpace: true), as: UTF8.self)
            parameters[key] = PercentEncoding.decoded(part.dropFirst(name.count + 1), plusIsSpace: true)
        }
        self.parameters = parameters
        route = StorageRoute(
            method: method, path: Array(path), readsMedia: parameters["alt"] == Array("media".utf8))
    }

    /// The path alone, percent-encoded.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The decoded value of a query parameter; nil where it is not given.
    public func parameter(_ name: String) -> String? {
        parameters[name].map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a query parameter; nil where it is not given.
    func bytes(ofParameter name: String) -> [UInt8]? { parameters[name] }

    /// The value of the first header field of this name, in any spelling; nil where there is none.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    /// Whether the reader takes gzip.
    var acceptsGzip: Bool { (header("Accept-Encoding") ?? "").lowercased().contains("gzip") }
}
