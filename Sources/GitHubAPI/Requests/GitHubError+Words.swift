internal import Foundation

extension GitHubError.Kind {
    /// What it means, for a log and for the reason of a parked delivery.
    var words: String {
        switch self {
        case .notFound: "there is no such thing, or it may not be seen"
        case .gone: "it is gone"
        case .notInstalled: "the App is not installed there"
        case .unauthorized: "the credentials are not accepted"
        case .forbidden(let needed): "it is not permitted" + (needed.map { " and needs \($0)" } ?? "")
        case .conflict: "it contradicts what is there by now"
        case .unprocessable(let problems):
            "the content is refused"
                + (problems.isEmpty ? "" : " for \(problems.prefix(3).map(\.words).joined(separator: ", "))")
        case .moved: "it has moved"
        case .refused: "it is refused"
        case .rateLimited(let until): "nothing is to be asked before \(until.formatted(.iso8601))"
        case .unavailable: "no usable answer came"
        case .ambiguous: "it is not known whether it was done"
        case .malformed: "the answer makes no sense"
        case .tooLarge(let limitBytes): "the answer has more than \(limitBytes) bytes"
        case .tooManyPages(let limit): "the list has more than \(limit) pages"
        }
    }
}

extension GitHubProblem {
    /// Field and reason, as in `head_sha: invalid`.
    fileprivate var words: String {
        let reason = message ?? code ?? "no reason"
        return [field ?? resource, reason].compactMap { $0 }.joined(separator: ": ")
    }
}
