/// OpenSSL could not do what it was asked to.
public enum CryptoError: Error, Equatable, CustomStringConvertible {
    /// The key is empty: anybody could sign with it.
    case emptyKey
    /// The message was finished before.
    case finished
    /// OpenSSL refused; the reason is its own and holds nothing of the input.
    case failed(operation: String, reason: String)

    /// One sentence for a log.
    public var description: String {
        switch self {
        case .emptyKey: "the key is empty"
        case .finished: "the message was finished before"
        case .failed(let operation, let reason): "OpenSSL could not \(operation): \(reason)"
        }
    }
}
