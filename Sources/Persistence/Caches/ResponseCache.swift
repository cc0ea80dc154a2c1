public import struct Foundation.Date

/// What makes two requests the same to GitHub.
public struct ResponseKey: Hashable, Sendable {
    /// The method, as in `GET`.
    public var method: String
    /// The whole address.
    public var url: String
    /// The `Accept` header.
    public var accept: String
    /// Who asks, as in `installation:42`, so that nobody is shown what another may see.
    ///
    /// Never the token itself.
    public var credential: String

    /// A key.
    public init(method: String, url: String, accept: String, credential: String) {
        self.method = method
        self.url = url
        self.accept = accept
        self.credential = credential
    }
}

/// An answer that is worth keeping.
public struct CachedResponse: Hashable, Sendable {
    /// What `If-None-Match` is told.
    public var etag: String
    /// The status code.
    public var status: Int
    /// Those headers that are needed again, by name.
    public var headers: [String: String]
    /// The body after decompression.
    public var body: [UInt8]

    /// An answer.
    public init(etag: String, status: Int, headers: [String: String], body: [UInt8]) {
        self.etag = etag
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Answers of GitHub with their ETags, so that asking again costs nothing where nothing has changed.
///
/// It holds at most `StoreLimits.responseCacheBytes`, and gives up those that were not used for the longest time.
public protocol ResponseCache: Sendable {
    /// The last answer to a request; nil where it is not kept.
    func find(_ key: ResponseKey, now: Date) async throws -> CachedResponse?

    /// Keeps an answer in the place of the last one. One that is larger than the whole cache is not kept.
    func save(_ response: CachedResponse, for key: ResponseKey, now: Date) async throws

    /// Forgets an answer.
    func remove(_ key: ResponseKey) async throws

    /// How many bytes are kept.
    func byteCount() async throws -> Int
}
