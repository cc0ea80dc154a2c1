internal import CurlHTTP

internal import struct Foundation.Date

/// A token of an installation that ghproxy gives to everybody who asks, so that they share what it keeps.
///
/// Source: `pkg/apptokenequalizer` of kubernetes-sigs/prow.
struct SharedToken {
    /// GitHub's answer to who asked first.
    let answer: [UInt8]
    private let endsAt: Date

    private static let leastSecondsLeft = 60.0

    /// The token in an answer; nil where it holds none.
    init?(_ response: HTTPResponse, for request: WireRequest) {
        guard request.method == "POST", request.target.hasPrefix("/app/installations/"), response.head.status == 201
        else { return nil }
        do {
            guard let text = try JSON(bytes: response.body)["expires_at"]?.string else { return nil }
            endsAt = try Date(text, strategy: .iso8601)
        } catch {
            return nil  // Something went wrong with it on purpose.
        }
        answer = response.body
    }

    /// Whether it is given out once more.
    func lasts(_ now: Date) -> Bool { endsAt.timeIntervalSince(now) > Self.leastSecondsLeft }
}
