internal import COpenSSL

/// OpenSSL's list of what went wrong on this thread.
///
/// A failing call leaves entries there, which a later call of anybody on the thread would take for its own: whoever makes
/// a call that fails drains the list, with no `await` between the two.
///
/// Source: https://docs.openssl.org/3.0/man3/ERR_get_error/
enum ErrorQueue {
    private static let maxReasons = 4

    /// Takes everything out.
    ///
    /// - Returns: The first reasons, joined. They are OpenSSL's fixed texts and hold nothing of the input.
    static func drain() -> String {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            guard reasons.count < maxReasons else { continue }
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if !reasons.contains(text) { reasons.append(text) }
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
    }

    /// Takes everything out and makes an error of it.
    ///
    /// - Parameter operation: What was tried, as it fits behind "could not".
    /// - Returns: The error with the reasons.
    static func failure(_ operation: String) -> CryptoError { .failed(operation: operation, reason: drain()) }
}
