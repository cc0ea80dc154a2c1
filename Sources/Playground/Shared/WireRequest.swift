/// A request as a server reads it, before a stand-in makes sense of it.
struct WireRequest: Hashable {
    /// The method, such as `GET`.
    let method: String
    /// Path and query as they were sent, percent-encoded.
    let target: String
    /// The header fields in their order, `Host` among them.
    let headers: [StandInHeader]
    /// The whole body; empty where there is none.
    let body: [UInt8]

    /// The value of the first header field of this name, in any spelling; nil where there is none.
    func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}

/// What answers the requests of a `StandInServer`.
protocol StandIn: Sendable {
    /// Whether requests have bodies that it wants to see; otherwise they are left unread.
    var readsBodies: Bool { get }

    /// What a request is answered.
    func reply(to request: WireRequest) async -> StandInReply

    /// Says that the answer to a request is under way.
    func didAnswer()
}
