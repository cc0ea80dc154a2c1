/// Something that goes wrong on purpose.
public struct Misbehavior: Hashable, Sendable {
    /// What goes wrong.
    public enum Kind: Hashable, Sendable {
        /// The answer is right and comes this much later.
        case latency(Duration)
        /// The request is refused, whatever the bucket would say.
        case failure(StorageFailure)
        /// The body breaks off after so many bytes, and the connection with it.
        case truncatedBody(afterBytes: Int)
        /// The connection is reset before a single byte of the answer.
        case reset
        /// Nothing comes until the client gives up.
        case silence
        /// Every page of a listing has a next one: after the last it starts over.
        case endlessListing
        /// The right body is repeated for ever.
        case endlessBody
        /// A few bytes of gzip that unpack to so many zeros.
        case gzipBomb(unpackedBytes: Int)
        /// Status 200 with a body that is not what it says it is.
        case garbage
    }

    /// Which requests are meant.
    public struct Target: Hashable, Sendable {
        /// The bucket; nil for all.
        public var bucket: String?
        /// The kinds of route; empty for all.
        public var routes: Set<StorageRoute.Kind>
        /// What the object's name, or the prefix of a listing, ends with; empty for any.
        public var suffix: String

        /// Requests that fit all that is given.
        public init(bucket: String? = nil, routes: Set<StorageRoute.Kind> = [], suffix: String = "") {
            self.bucket = bucket
            self.routes = routes
            self.suffix = suffix
        }

        /// Every request.
        public static let everything = Target()

        /// Whether a request is meant.
        func fits(_ request: StorageRequest) -> Bool {
            if let bucket, request.route.bucket != bucket { return false }
            if !routes.isEmpty, !routes.contains(request.route.kind) { return false }
            if suffix.isEmpty { return true }
            let name = request.route.object?.bytes ?? request.bytes(ofParameter: "prefix") ?? []
            return name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        }
    }

    /// What goes wrong.
    public var kind: Kind
    /// For which requests.
    public var target: Target
    /// How many fitting requests are answered properly first.
    public var skipCount: Int
    /// How many fitting requests it befalls; nil for all.
    public var times: Int?

    /// A misbehavior.
    public init(_ kind: Kind, on target: Target = .everything, skipCount: Int = 0, times: Int? = nil) {
        self.kind = kind
        self.target = target
        self.skipCount = skipCount
        self.times = times
    }

    /// Whether this request is befallen; counts it.
    mutating func befalls(_ request: StorageRequest) -> Bool {
        guard times != 0, target.fits(request) else { return false }
        if skipCount > 0 {
            skipCount -= 1
            return false
        }
        times = times.map { $0 - 1 }
        return true
    }
}

extension StandInReply {
    /// The reply as it comes where this goes wrong.
    ///
    /// - Parameters:
    ///   - kind: What goes wrong.
    ///   - request: What was asked, which decides the dialect of a refusal.
    /// - Returns: What is sent instead.
    func spoiled(by kind: Misbehavior.Kind, for request: StorageRequest) -> StandInReply {
        var reply = self
        switch kind {
        case .latency(let duration): reply.latency += duration
        case .failure(let failure):
            reply = StandInReply(failure, to: request.route)
            reply.latency = latency
        case .truncatedBody(let count): reply.delivery = .truncated(afterBytes: count)
        case .reset: reply.delivery = .reset
        case .silence: reply.delivery = .silence
        // The page itself takes care of it: see `StandInWorld.listing`.
        case .endlessListing: break
        case .endlessBody:
            // One packed stream after the other is no packed stream, so the bytes go as they are.
            reply.headers.removeAll { $0.name == "Content-Encoding" }
            reply.delivery = .endless
        case .gzipBomb(let count):
            reply.status = 200
            reply.headers.removeAll { $0.name == "Content-Encoding" }
            reply.headers.append(.init(name: "Content-Encoding", value: "gzip"))
            reply.body = Gzip.zeros(atLeast: count)
        case .garbage:
            reply.status = 200
            reply.headers.removeAll { $0.name == "Content-Encoding" }
            reply.body = Array(#"{"items": [{"name": "logs/"}, "prefixes" <<< not what you asked for"#.utf8)
        }
        return reply
    }
}
