internal import BotCore
internal import GitHubAPI

/// What a question about somebody or something was answered; unknown where it was not.
///
/// - Parameter question: Asks GitHub.
/// - Returns: The answer; nil says that there is no such thing: no account, no collaborator, no organization, no team.
/// - Throws: `GitHubError` of a rate limit, since a later attempt has its answer; `CancellationError`.
func answered<Value: Sendable>(_ question: () async throws -> Value) async throws -> Observation<Value?> {
    do {
        return .seen(try await question())
    } catch let error as GitHubError {
        switch error.kind {
        case .notFound, .gone: return .seen(nil)
        case .rateLimited: throw error
        default: return .unknown(reason: error.description)
        }
    }
}
