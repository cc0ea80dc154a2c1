internal import BotCore
internal import CurlHTTP
internal import Synchronization

internal import struct Foundation.Date
internal import typealias Foundation.TimeInterval

/// How far this machine's clock is behind GitHub's, in seconds; below zero where it is ahead.
///
/// It is only corrected where GitHub refused a token of ours, so that one odd answer moves nothing.
final class ClockSkew: Sendable {
    /// A smaller difference is no reason for a refusal: a token is valid a minute back and nine minutes ahead.
    private static let toleranceSeconds = 5.0

    private let state = Mutex(TimeInterval.zero)

    /// What was found so far.
    var seconds: TimeInterval { state.withLock { $0 } }

    /// Takes over GitHub's time from a refusal.
    ///
    /// - Parameters:
    ///   - headers: The answer's headers.
    ///   - now: This machine's time.
    /// - Returns: Whether that changed anything, so that another try is worth while.
    func correct(by headers: HTTPHeaders, now: Date) -> Bool {
        guard let date = headers["Date"].flatMap({ PlausibleTime.date(httpHeader: $0) }) else { return false }
        let found = date.timeIntervalSince(now)
        return state.withLock { seconds in
            guard abs(found - seconds) > Self.toleranceSeconds else { return false }
            seconds = found
            return true
        }
    }
}
