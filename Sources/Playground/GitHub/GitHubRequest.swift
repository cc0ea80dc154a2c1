/// A request to the stand-in for GitHub.
public struct GitHubRequest: Hashable, Sendable {
    /// The method, such as `GET`.
    public let method: String
    /// Path and query as they were sent.
    public let target: String
    /// The header fields in their order.
    public let headers: [StandInHeader]
    /// The body; empty where there is none.
    public let body: [UInt8]
    /// The decoded parts of the path behind `/api/v3`, or behind the root.
    let segments: [String]
    /// Whether it is below `/api/v3`.
    let isREST: Bool
    /// The decoded parameters of the query.
    let parameters: [String: String]

    init(_ request: WireRequest) {
        method = request.method
        target = request.target
        headers = request.headers
        body = request.body
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        var parameters: [String: String] = [:]
        for part in target.utf8.dropFirst(path.count + 1).split(separator: UInt8(ascii: "&")) {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let key = String(decoding: PercentEncoding.decoded(name, plusIsSpace: true), as: UTF8.self)
            let value = PercentEncoding.decoded(part.dropFirst(name.count + 1), plusIsSpace: true)
            parameters[key] = String(decoding: value, as: UTF8.self)
        }
        self.parameters = parameters
        let parts = path.split(separator: UInt8(ascii: "/")).map {
            String(decoding: PercentEncoding.decoded($0), as: UTF8.self)
        }
        isREST = parts.starts(with: ["api", "v3"])
        segments = isREST ? Array(parts.dropFirst(2)) : parts
    }

    /// The path alone, as it was sent.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of the first header field of this name, in any spelling; nil where there is none.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    /// Whether `Accept` asks for the bytes of a file and not for JSON.
    var wantsRaw: Bool { (header("Accept") ?? "").contains(".raw") }
}
