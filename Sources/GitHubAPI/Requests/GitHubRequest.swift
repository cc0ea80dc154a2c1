internal import CurlHTTP

/// One request, before it is known as whom and when it is sent.
struct GitHubRequest: Sendable {
    /// How long an answer holds.
    enum Keeping: Hashable, Sendable {
        /// It is kept, and GitHub is asked each time whether it has changed.
        case untilChanged
        /// It names what it tells by hashes, so it is asked for once.
        case forever
        /// It is not kept.
        case nowhere
    }

    /// Where it goes.
    enum Target: Hashable, Sendable {
        case rest(Address)
        case graphQL
    }

    var method: HTTPRequest.Method = .get
    var target: Target
    var accept = GitHubRequest.json
    var body: [UInt8]?
    var pace: PaceKind = .read
    var keeping: Keeping = .untilChanged
    /// The largest answer; `nil` for the client's default.
    var byteLimit: Int?
    /// Statuses beside 200 to 299 that the caller reads itself.
    var expectedStatuses: Set<Int> = []

    /// GitHub's own media type.
    static let json = "application/vnd.github+json"
    /// The content of a file or blob as it is.
    static let raw = "application/vnd.github.raw+json"

    /// Whether it may be sent again when nobody knows whether it was carried out.
    var isRepeatable: Bool { method == .get || isTokenRequest || target == .graphQL || isUnseen }
    /// Whether it makes a token: a second one does no harm.
    var isTokenRequest = false
    /// Whether it makes an object of git that nothing refers to: a second one is the same, or is seen by nobody.
    var isUnseen = false

    /// Method and path, for people.
    var words: String {
        switch target {
        case .rest(let address): "\(method.rawValue) \(address.path)"
        case .graphQL: "\(method.rawValue) graphql"
        }
    }
}

/// An answer with a status that the request expects.
struct GitHubAnswer: Sendable {
    /// Its status.
    let status: Int
    /// Its headers; only those that are kept where it comes from the store.
    let headers: HTTPHeaders
    /// Its body after decompression.
    let body: [UInt8]
    /// The request's words, for errors.
    let request: String
    /// Whether GitHub said that nothing has changed, so that all but `Link` comes from the store.
    var isNotModified = false

    /// Where the next page is, as GitHub writes it.
    var nextLink: String? { LinkHeader.next(in: headers["Link"]) }
}
