public import BotCore
internal import CurlHTTP

/// Where results are kept: Google Cloud Storage, something that speaks its API, or a local folder.
///
/// What storage says is data, an outage included: the functions throw only for cancellation, and for what a reader of
/// their caller throws.
public protocol ObjectStorage: Sendable {
    /// One page of a listing.
    ///
    /// - Parameter question: Which page.
    /// - Returns: The page, or why there is none.
    /// - Throws: `CancellationError`.
    func list(_ question: ListQuestion) async throws -> StorageAnswer<ListPage>

    /// Reads an object in pieces, for what is too large to hold.
    ///
    /// - Parameters:
    ///   - bucket: The bucket's name.
    ///   - object: The object's whole name.
    ///   - byteLimit: Bytes that are given out; after that the pieces end with `ObjectReadError.tooLarge`.
    ///   - read: Gets the pieces. Where a transfer breaks off it is called again with a new one, so it must start anew
    ///     each time; an `ObjectReadError` that it lets pass becomes part of the answer.
    /// - Returns: What `read` made of the object.
    /// - Throws: `CancellationError`, and whatever else `read` throws.
    func withObject<Value: Sendable>(
        bucket: String, object: String, byteLimit: Int, _ read: (ObjectPieces) async throws -> Value
    ) async throws -> StorageAnswer<Value>
}

extension ObjectStorage {
    /// Reads an object into memory.
    ///
    /// - Parameters:
    ///   - bucket: The bucket's name.
    ///   - object: The object's whole name.
    ///   - byteLimit: Bytes that are kept; of a longer object the answer has the beginning, marked as incomplete.
    /// - Returns: The content, or why there is none.
    /// - Throws: `CancellationError`.
    public func read(bucket: String, object: String, byteLimit: Int) async throws -> StorageAnswer<ObjectContent> {
        try await withObject(bucket: bucket, object: object, byteLimit: byteLimit) { pieces in
            var bytes: [UInt8] = []
            do {
                for try await piece in pieces { bytes += piece }
                return ObjectContent(bytes: bytes)
            } catch ObjectReadError.tooLarge {
                return ObjectContent(bytes: bytes, isComplete: false)
            }
        }
    }
}

/// Why the pieces of an object end before its last byte.
public enum ObjectReadError: Error, Hashable, Sendable {
    /// The object has more bytes than the reader allowed.
    case tooLarge(limitBytes: Int)
    /// The transfer broke off.
    case interrupted(reason: String)
    /// The task that reads was canceled.
    case canceled
}

/// The bytes of an object, after decompression, in pieces as they come; to be read once.
public struct ObjectPieces: AsyncSequence, Sendable {
    /// Some bytes.
    public typealias Element = [UInt8]

    /// What the bytes come from.
    enum Source: Sendable {
        /// The body of an HTTP answer.
        case answer(HTTPBody)
        /// A function that gives nil after the last piece.
        case pieces(@Sendable () async throws(ObjectReadError) -> [UInt8]?)
    }

    private let source: Source
    private let byteLimit: Int

    init(_ source: Source, byteLimit: Int) {
        self.source = source
        self.byteLimit = byteLimit
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator {
        switch source {
        case .answer(let body):
            AsyncIterator(body: body.makeAsyncIterator(), pieces: nil, byteLimit: byteLimit)
        case .pieces(let pieces):
            AsyncIterator(body: nil, pieces: pieces, byteLimit: byteLimit)
        }
    }

    /// Gives one piece after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var body: HTTPBody.AsyncIterator?
        private let pieces: (@Sendable () async throws(ObjectReadError) -> [UInt8]?)?
        private let byteLimit: Int
        private var given = 0

        fileprivate init(
            body: HTTPBody.AsyncIterator?, pieces: (@Sendable () async throws(ObjectReadError) -> [UInt8]?)?,
            byteLimit: Int
        ) {
            self.body = body
            self.pieces = pieces
            self.byteLimit = byteLimit
        }

        /// The next piece, or nil after the last; at the byte limit first what still fits, then the error.
        public mutating func next() async throws(ObjectReadError) -> [UInt8]? {
            guard given <= byteLimit else { throw .tooLarge(limitBytes: byteLimit) }
            guard let piece = try await nextOfSource() else { return nil }
            let room = byteLimit - given
            guard piece.count > room else {
                given += piece.count
                return piece
            }
            given = byteLimit + 1
            if room == 0 { throw .tooLarge(limitBytes: byteLimit) }
            return Array(piece.prefix(room))
        }

        private mutating func nextOfSource() async throws(ObjectReadError) -> [UInt8]? {
            if let pieces { return try await pieces() }
            do throws(TransportError) {
                return try await body?.next()
            } catch {
                throw ObjectReadError(error)
            }
        }
    }
}

extension ObjectReadError {
    /// What a failure of the wire means for who reads an object.
    init(_ error: TransportError) {
        switch error {
        case .canceled: self = .canceled
        case .tooLarge(let limitBytes): self = .tooLarge(limitBytes: limitBytes)
        default: self = .interrupted(reason: error.summary)
        }
    }
}

extension TransportError {
    /// The failure in a few words, for the reason of an unknown outcome.
    var summary: String {
        switch self {
        case .unreachable(let reason): "not reachable: \(reason)"
        case .interrupted(let reason): "broken off: \(reason)"
        case .timedOut(let seconds): "no answer within \((seconds * 10).rounded() / 10) s"
        case .tooLarge(let limitBytes): "more than \(limitBytes) bytes"
        case .notAllowed(let reason): "not sent: \(reason)"
        case .canceled: "canceled"
        }
    }

    /// Whether another try may go better.
    var isTransient: Bool {
        switch self {
        case .unreachable, .interrupted, .timedOut: true
        case .tooLarge, .notAllowed, .canceled: false
        }
    }
}
