internal import struct Foundation.Date

extension StandInReply {
    /// An answer as it goes over the wire.
    init(_ answer: GitHubAnswer) {
        switch answer.body {
        case .none: self.init(status: answer.status, contentType: "application/json; charset=utf-8", body: [])
        case .json(let value):
            self.init(status: answer.status, contentType: "application/json; charset=utf-8", body: value.bytes)
        case .bytes(let bytes, let type): self.init(status: answer.status, contentType: type, body: bytes)
        }
        headers += answer.headers
        headers.append(StandInHeader(name: "X-GitHub-Media-Type", value: "github.v3; format=json"))
        headers.append(StandInHeader(name: "X-GitHub-Api-Version-Selected", value: "2022-11-28"))
    }

    /// The reply as it comes where something goes wrong.
    func spoiled(by kind: GitHubMisbehavior.Kind, now: Date) -> StandInReply {
        var reply = self
        switch kind {
        case .latency: break
        case .failure(let status, let headers, let message):
            reply = StandInReply(.json(GitHubFailure(status: status, message: message).body, status: status))
            reply.headers += headers
        case .primaryLimit(let status, let seconds):
            let failure = GitHubFailure(status: status, message: "API rate limit exceeded for installation.")
            reply = StandInReply(.json(failure.body, status: status))
            let reset = Int(now.timeIntervalSince1970) + seconds
            reply.headers += RateState(limit: 5_000, used: 5_000, resetAt: reset).headers(resource: "core")
        case .secondaryLimit(let status, let seconds):
            let failure = GitHubFailure(
                status: status,
                message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
            reply = StandInReply(.json(failure.body, status: status))
            if let seconds { reply.headers.append(StandInHeader(name: "Retry-After", value: "\(seconds)")) }
        case .reset: reply.delivery = .reset
        case .silence: reply.delivery = .silence
        case .afterDoing(let kind): reply = spoiled(by: kind, now: now)
        case .truncatedBody(let count): reply.delivery = .truncated(afterBytes: count)
        case .garbage: reply.body = Array(#"{"id": 1, "body": <<< not what you asked for"#.utf8)
        }
        return reply
    }
}

extension GitHubMisbehavior.Kind {
    /// Whether the request is not even carried out.
    var isBefore: Bool {
        switch self {
        case .failure, .primaryLimit, .secondaryLimit, .reset, .silence: true
        case .latency, .afterDoing, .truncatedBody, .garbage: false
        }
    }
}

extension GitHubState {
    /// What goes wrong with a request; counts it.
    mutating func troubles(of request: GitHubRequest) -> [GitHubMisbehavior.Kind] {
        var troubles: [GitHubMisbehavior.Kind] = []
        var isSpoiled = false
        for index in misbehaviors.indices {
            if case .latency = misbehaviors[index].kind {
                if misbehaviors[index].befalls(request) { troubles.append(misbehaviors[index].kind) }
            } else if !isSpoiled, misbehaviors[index].befalls(request) {
                isSpoiled = true
                troubles.append(misbehaviors[index].kind)
            }
        }
        return troubles
    }
}
