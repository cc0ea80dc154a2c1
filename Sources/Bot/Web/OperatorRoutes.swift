internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import OpenSSLCrypto
internal import Persistence

/// What an operator can do over the web: `POST /api/v1/sweeps/ID/acknowledge`.
///
/// Without a token there is nothing to be found here.
struct OperatorRoutes: Sendable {
    let store: any Store
    /// What an operator shows as `Authorization: Bearer TOKEN`; nil where nobody can do anything.
    let token: Secret?
    let now: @Sendable () -> Date
    let logger: Logger

    /// Bytes of a token that are compared; a longer one is nobody's.
    private static let tokenByteLimit = 4_096

    /// Answers a request below `/api/v1/sweeps/`; nil for any other path.
    func answer(to request: Request) async -> Response? {
        guard let token, let sweep = Self.acknowledged(request.uri.path) else { return nil }
        guard request.method == .post else { return .notAllowed("POST") }
        guard Self.shows(token, request) else {
            var response = Response.closing(.unauthorized, "Show the operator's token: Authorization: Bearer TOKEN.\n")
            response.headers[.wwwAuthenticate] = "Bearer"
            return response
        }
        do {
            guard try await store.sweeps.acknowledge(sweep, now: now()) else {
                return .closing(.notFound, "There is no sweep \(sweep) that told of an outage.\n")
            }
        } catch {
            logger.error("An outage could not be acknowledged.", metadata: ["sweep": "\(sweep)", "reason": "\(error)"])
            return .closing(.serviceUnavailable, "The database cannot be written to; try again later.\n")
        }
        logger.notice("An operator has acknowledged an outage.", metadata: ["sweep": "\(sweep)"])
        return .closing(.ok, "The outage of sweep \(sweep) is acknowledged.\n")
    }

    /// The sweep of a path `/api/v1/sweeps/ID/acknowledge`.
    private static func acknowledged(_ path: String) -> SweepID? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[..<4] == ["", "api", "v1", "sweeps"], parts[5] == "acknowledge",
            let number = Int64(parts[4]), number > 0
        else { return nil }
        return SweepID(number)
    }

    private static func shows(_ token: Secret, _ request: Request) -> Bool {
        let shown = request.headers[values: .authorization]
        guard shown.count == 1, let text = shown.first, text.utf8.count <= tokenByteLimit, !token.isEmpty else {
            return false
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" && Secret(String(parts[1])) == token
    }
}
