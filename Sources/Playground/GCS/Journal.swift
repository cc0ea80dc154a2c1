/// What a stand-in was asked, in the order in which the requests came.
public struct Journal: Sendable {
    /// The most requests that are kept; later ones are counted alone.
    public static let requestLimit = 200_000

    /// The requests, the first `requestLimit` of them.
    public private(set) var requests: [StorageRequest] = []
    /// How many requests came, by the kind of their route.
    public private(set) var counts: [StorageRoute.Kind: Int] = [:]
    /// The most requests that were being answered at one time.
    public private(set) var mostAtOnce = 0
    private var atOnce = 0

    /// An empty journal.
    public init() {}

    /// How many requests came.
    public var count: Int { counts.values.reduce(0, +) }

    /// Requests that nobody should send; a test that finds one fails.
    public var unexpected: [StorageRequest] { requests.filter { $0.route == .unknown } }

    /// The requests to one bucket.
    public func requests(toBucket name: String) -> [StorageRequest] { requests.filter { $0.route.bucket == name } }

    /// The requests of one kind.
    public func requests(_ kind: StorageRoute.Kind) -> [StorageRequest] { requests.filter { $0.route.kind == kind } }

    /// Writes a request down whose answer is now worked on.
    mutating func begin(_ request: StorageRequest) {
        if requests.count < Self.requestLimit { requests.append(request) }
        counts[request.route.kind, default: 0] += 1
        atOnce += 1
        mostAtOnce = max(mostAtOnce, atOnce)
    }

    /// Says that a request has its answer.
    mutating func end() { atOnce -= 1 }

    /// Forgets all requests but those that are being answered.
    mutating func clear() {
        let kept = atOnce
        self = Journal()
        (atOnce, mostAtOnce) = (kept, kept)
    }
}
