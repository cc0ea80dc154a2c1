internal import Synchronization

internal import struct Foundation.Date

/// The addresses at which one GitHub answers, in the order in which they are to be asked.
///
/// A caching proxy stands first and GitHub itself behind it. Where one gives no answer at all, the next is asked, and
/// the first again after a while; what an address answers, be it a failure of the server, is an answer.
/// Source: the client of Prow goes to the next of its endpoints after "a connection problem" alone.
final class Endpoints: Sendable {
    /// How long an address that gave no answer is not asked while there is another.
    static let awaySeconds = 60.0

    private let roots: [GitHubRoots]
    private let awayUntil = Mutex<[String: Date]>([:])

    /// All of them are there until one shows otherwise.
    init(_ roots: [GitHubRoots]) { self.roots = roots }

    /// Where the next attempt goes: the first that is not known to be away, else the one whose time is over first.
    ///
    /// - Parameters:
    ///   - target: What is asked.
    ///   - now: The present.
    /// - Returns: The root of REST, or the address of GraphQL.
    func next(for target: GitHubRequest.Target, now: Date) -> String {
        awayUntil.withLock { awayUntil in
            var best: (address: String, until: Date)?
            for address in addresses(of: target) {
                let until = max(awayUntil[address] ?? now, now)
                if best.map({ until < $0.until }) ?? true { best = (address, until) }
            }
            return best?.address ?? ""
        }
    }

    /// Notes that an address gave no answer.
    ///
    /// - Returns: Whether another one may be asked at once.
    func noteSilence(of address: String, for target: GitHubRequest.Target, now: Date) -> Bool {
        awayUntil.withLock { awayUntil in
            awayUntil[address] = now.addingTimeInterval(Self.awaySeconds)
            return addresses(of: target).contains { (awayUntil[$0] ?? now) <= now }
        }
    }

    /// Notes that an address answered.
    func noteAnswer(of address: String) {
        awayUntil.withLock { _ = $0.removeValue(forKey: address) }
    }

    private func addresses(of target: GitHubRequest.Target) -> [String] {
        switch target {
        case .rest: roots.map(\.rest.absoluteString)
        case .graphQL: roots.map(\.graphQL.absoluteString)
        }
    }
}
