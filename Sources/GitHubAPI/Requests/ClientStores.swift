public import struct Foundation.Date

/// What makes two requests the same to GitHub.
public struct AnswerKey: Hashable, Sendable {
    /// The method, as in `GET`.
    public let method: String
    /// The whole address.
    public let url: String
    /// The `Accept` header.
    public let accept: String
    /// Who asks, as in `installation:42`; never the token itself.
    public let credential: String

    /// A key.
    public init(method: String, url: String, accept: String, credential: String) {
        self.method = method
        self.url = url
        self.accept = accept
        self.credential = credential
    }
}

/// An answer that is worth keeping.
public struct StoredAnswer: Hashable, Sendable {
    /// What `If-None-Match` is told; empty where GitHub gave none.
    public let etag: String
    /// The status code.
    public let status: Int
    /// Those headers that are needed again.
    public let headers: [String: String]
    /// The body after decompression.
    public let body: [UInt8]

    /// An answer.
    public init(etag: String, status: Int, headers: [String: String], body: [UInt8]) {
        self.etag = etag
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Keeps answers with their ETags, so that asking again is free where nothing has changed.
public protocol AnswerStore: Sendable {
    /// The last answer to a request; `nil` where it is not kept.
    func find(_ key: AnswerKey, now: Date) async throws -> StoredAnswer?

    /// Keeps an answer in the place of the last one.
    func save(_ answer: StoredAnswer, for key: AnswerKey, now: Date) async throws
}

/// A time before which requests of one credential wait.
public struct RequestPause: Hashable, Sendable {
    /// The scope that stands for all requests of a credential.
    public static let everything = "*"

    /// Whose limit was met, as in `installation:42`.
    public let credential: String
    /// Which requests wait: GitHub's name of the limit, as in `core`, or `everything`.
    public let scope: String
    /// When it is over.
    public let until: Date
    /// What GitHub said.
    public let reason: String

    /// A pause.
    public init(credential: String, scope: String, until: Date, reason: String) {
        self.credential = credential
        self.scope = scope
        self.until = until
        self.reason = reason
    }
}

/// Keeps pauses, so that they outlive the process and hold for every process that shares the store.
public protocol PauseStore: Sendable {
    /// Sets a pause. One that lasts longer already stays as it is.
    func save(_ pause: RequestPause, now: Date) async throws

    /// Those that are not over.
    func active(now: Date) async throws -> [RequestPause]
}

/// Keeps contents of files by the hash that names them: they never change.
public protocol BlobStore: Sendable {
    /// Those of the contents that are kept.
    func find(_ ids: [GitObjectID], now: Date) async throws -> [GitObjectID: [UInt8]]

    /// Keeps contents.
    func save(_ blobs: [GitObjectID: [UInt8]], now: Date) async throws
}

/// Where the client keeps what it may need again; without a store nothing is kept beyond the process.
///
/// A store that fails costs a request and nothing else: the client goes on without it and counts the failure.
public struct ClientStores: Sendable {
    /// Answers with their ETags.
    public var answers: (any AnswerStore)?
    /// Pauses that GitHub asked for.
    public var pauses: (any PauseStore)?
    /// Contents of files.
    public var blobs: (any BlobStore)?

    /// Stores; none unless given.
    public init(
        answers: (any AnswerStore)? = nil, pauses: (any PauseStore)? = nil, blobs: (any BlobStore)? = nil
    ) {
        self.answers = answers
        self.pauses = pauses
        self.blobs = blobs
    }
}
