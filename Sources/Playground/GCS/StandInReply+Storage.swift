extension StandInReply {
    /// A refusal, in the dialect of the route.
    ///
    /// An object's content that is refused comes as a bare sentence also from the JSON API: no reason stands in it.
    init(_ failure: StorageFailure, to route: StorageRoute) {
        if route.kind == .read {
            self.init(
                status: failure.status, contentType: "text/html; charset=UTF-8", body: Array(failure.message.utf8))
        } else if route.speaksXML {
            self.init(
                status: failure.xmlStatus, contentType: "application/xml; charset=UTF-8",
                body: XMLAnswers.failure(failure))
        } else {
            self.init(
                status: failure.status, contentType: "application/json; charset=UTF-8",
                body: JSONAnswers.failure(failure))
        }
        if let seconds = failure.retryAfterSeconds { headers.append(.init(name: "Retry-After", value: "\(seconds)")) }
    }
}
