/// Why a file does not hold a private key that can be used, and what to do about it.
///
/// Nothing of the file's content is in it but the label of its PEM block.
public enum PrivateKeyError: Error, Equatable, CustomStringConvertible {
    /// There is nothing in the file.
    case empty
    /// The file is larger than any key.
    case tooLarge(limitBytes: Int)
    /// No line begins a PEM block.
    case notPEM
    /// A block begins and does not end.
    case truncated
    /// The key is locked with a password.
    case encrypted
    /// The public half, or a certificate.
    case publicKey(label: String)
    /// A private key in a form that OpenSSH alone reads.
    case openSSH
    /// A block of another kind.
    case otherContent(label: String)
    /// A private key for another algorithm.
    case notRSA(algorithm: String)
    /// An RSA key that RS256 does not allow.
    case tooShort(bits: Int, minimumBits: Int)
    /// The block cannot be read, or signs wrongly.
    case damaged(reason: String)

    /// What is wrong and what to do, in words that fit behind "The private key cannot be used: ".
    public var description: String {
        switch self {
        case .empty:
            "the file is empty. \(Self.download)"
        case .tooLarge(let limitBytes):
            "the file has more than \(limitBytes) bytes, so it is not a private key. \(Self.download)"
        case .notPEM:
            "no line reads -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----. "
                + "If the key went through an environment variable, its line ends were lost. \(Self.download)"
        case .truncated:
            "the -----END line is missing, so the file was cut off. \(Self.download)"
        case .encrypted:
            "it is locked with a password, and a server cannot type one. Unlock it with: "
                + "openssl rsa -in LOCKED.pem -out KEY.pem"
        case .publicKey(let label):
            "the file holds a \(label), which cannot sign. \(Self.download)"
        case .openSSH:
            "it is in OpenSSH's own form. GitHub does not give out such keys. \(Self.download)"
        case .otherContent(let label):
            "the file holds \(label) and no private key. \(Self.download)"
        case .notRSA(let algorithm):
            "it is a key for \(algorithm), and GitHub wants RSA. \(Self.download)"
        case .tooShort(let bits, let minimumBits):
            "it has \(bits) bits, and RS256 needs at least \(minimumBits). \(Self.download)"
        case .damaged(let reason):
            "it is damaged (\(reason)). \(Self.download)"
        }
    }

    private static let download =
        "Generate a new private key on the App's settings page under \"Private keys\", and use the .pem file as it comes."
}
