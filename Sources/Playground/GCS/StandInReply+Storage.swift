extension StandInReply {
    /// A refusal, in the dialect of the route.
    init(_ failure: StorageFailure, speakingXML: Bool) {
        if speakingXML {
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
