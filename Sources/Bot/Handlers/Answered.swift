internal import GitHubAPI

/// What a question about somebody or something was answered; nil where it was not.
///
/// That somebody or something is not there is an answer: no account, no collaborator, no organization, no team.
///
/// - Parameter question: Asks GitHub; nil is what it does not show.
/// - Returns: The answer.
/// - Throws: `GitHubError` of a rate limit, since a later attempt has its answer; `CancellationError`.
func answered(_ question: () async throws -> Bool?) async throws -> Bool? {
    do {
        return try await question()
    } catch let error as GitHubError {
        switch error.kind {
        case .notFound, .gone: return false
        case .rateLimited: throw error
        default: return nil
        }
    }
}
