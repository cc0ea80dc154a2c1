/// Something that goes wrong on purpose, between GitHub and who asks it.
public struct GitHubMisbehavior: Hashable, Sendable {
    /// What goes wrong.
    public indirect enum Kind: Hashable, Sendable {
        /// The answer is right and comes this much later.
        case latency(Duration)
        /// Nothing is done, and this is answered.
        case failure(status: Int, headers: [StandInHeader] = [], message: String = "Server Error")
        /// Nothing is done: the hour's requests are used up for so many seconds more.
        case primaryLimit(status: Int = 403, resetAfterSeconds: Int = 60)
        /// Nothing is done: too much at a time. Without seconds there is no `Retry-After`.
        case secondaryLimit(status: Int = 403, retryAfterSeconds: Int? = nil)
        /// Nothing is done, and the connection is reset.
        case reset
        /// Nothing is done, and nothing is said until the client gives up.
        case silence
        /// It is done, and then the answer goes wrong.
        case afterDoing(Kind)
        /// It is done, and the body breaks off after so many bytes.
        case truncatedBody(afterBytes: Int)
        /// It is done, and the body is not what it says it is.
        case garbage
    }

    /// Which requests are meant.
    public struct Target: Hashable, Sendable {
        /// The method; nil for any.
        public var method: String?
        /// What the path contains, such as `/comments`; empty for any.
        public var path: String
        /// Whether the path ends with that.
        public var isSuffix: Bool

        /// Requests that fit all that is given.
        public init(_ method: String? = nil, _ path: String = "", isSuffix: Bool = false) {
            self.method = method
            self.path = path
            self.isSuffix = isSuffix
        }

        /// Every request.
        public static let everything = Target()

        /// Whether a request is meant.
        public func fits(_ request: GitHubRequest) -> Bool {
            if let method, method != request.method { return false }
            return isSuffix ? request.path.hasSuffix(path) : path.isEmpty || request.path.contains(path)
        }
    }

    var kind: Kind
    var target: Target
    /// How many fitting requests are answered properly first.
    var skipCount: Int
    /// How many fitting requests it befalls; nil for all.
    var times: Int?

    /// Whether this request is befallen; counts it.
    mutating func befalls(_ request: GitHubRequest) -> Bool {
        guard times != 0, target.fits(request) else { return false }
        if skipCount > 0 {
            skipCount -= 1
            return false
        }
        times = times.map { $0 - 1 }
        return true
    }
}
