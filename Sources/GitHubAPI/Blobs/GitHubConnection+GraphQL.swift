internal import Synchronization

internal import struct Foundation.Date

extension GitHubConnection {
    /// How long a root that refuses GraphQL is not asked again.
    static let graphQLAbsenceSeconds = 86_400.0
    /// How long GraphQL is left alone when it does not answer.
    static let graphQLOutageSeconds = 600.0

    /// Whether it is worth while to ask by GraphQL.
    ///
    /// A caching proxy for GitHub speaks REST only: it answers 404, 405 or an error of its own.
    var speaksGraphQL: Bool {
        let now = surroundings.now()
        return graphQLAvoidedUntil.withLock { $0.map { $0 <= now } ?? true }
    }

    /// Leaves GraphQL alone for a while.
    func avoidGraphQL(seconds: Double) {
        let until = surroundings.now().addingTimeInterval(seconds)
        graphQLAvoidedUntil.withLock { known in
            if known.map({ $0 < until }) ?? true { known = until }
        }
    }
}
