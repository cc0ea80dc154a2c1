internal import OpenSSLCrypto

internal import struct Foundation.Date

/// Signs what an App shows of itself.
///
/// The token is valid from a minute ago, because clocks differ, to nine minutes ahead: GitHub allows ten.
/// Source: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
struct AppIdentity: Sendable {
    let id: String
    let key: RSAPrivateKey

    private static let backSeconds = 60
    private static let aheadSeconds = 540

    /// A token for one request.
    ///
    /// - Parameter now: GitHub's time, as far as it is known.
    /// - Returns: The token in the header's form.
    /// - Throws: `CryptoError`.
    func bearer(now: Date) throws -> Secret {
        // Whole seconds; the clock of a running machine is far from where this could overflow, and is bounded anyway.
        let seconds = Int(min(max(now.timeIntervalSince1970, 0), 4_133_980_800))
        let claims =
            #"{"iat":\#(seconds - Self.backSeconds),"exp":\#(seconds + Self.aheadSeconds),"iss":"\#(plainID)"}"#
        let token = try JSONWebToken.signed(claims: Array(claims.utf8), with: key)
        return Secret("Bearer " + token.text)
    }

    /// When a token that is signed now ends.
    static func expiry(now: Date) -> Date { now.addingTimeInterval(Double(aheadSeconds)) }

    /// The id without anything that could end the text it stands in.
    private var plainID: String {
        id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    }
}
