/// Claims signed with RS256, as GitHub wants them of an App.
///
/// Source: RFC 7515, section 3.1; RFC 7518, section 3.3;
/// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
public enum JSONWebToken {
    /// The header that names the algorithm.
    public static let header = Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8)

    /// Puts a token together.
    ///
    /// - Parameters:
    ///   - claims: A JSON object as bytes.
    ///   - header: A JSON object as bytes.
    ///   - key: The App's private key.
    /// - Returns: `HEADER.CLAIMS.SIGNATURE`, each in base64url. It opens doors, so it is a secret.
    /// - Throws: `CryptoError` where the key cannot sign.
    public static func signed(
        claims: [UInt8], header: [UInt8] = Self.header, with key: RSAPrivateKey
    ) throws -> Secret {
        let message = base64URL(header) + "." + base64URL(claims)
        let signature = try key.signature(of: Array(message.utf8))
        return Secret(message + "." + base64URL(signature))
    }
}
