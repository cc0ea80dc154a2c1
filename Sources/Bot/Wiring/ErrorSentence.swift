internal import CurlHTTP
internal import Foundation

/// What went wrong, in words for an operator.
///
/// Errors of our own say it themselves. Of others it is said what kind they are: what Swift prints of them is nothing to
/// read, and may hold what was read from outside.
func sentence(of error: any Error) -> String {
    switch error {
    case let error as TransportError: return words(of: error)
    case let error as DecodingError: return words(of: error)
    case is EncodingError: return "something could not be written as JSON"
    case is CancellationError: return "it was broken off"
    default: break
    }
    let kind = type(of: error)
    let isFoundations = kind is NSError.Type || error is CocoaError || error is POSIXError || error is URLError
    if isFoundations { return systemReason(error) }
    // Of the type: Foundation would give any error the description of an `NSError`.
    if kind is any CustomStringConvertible.Type { return "\(error)" }
    return "something that was not expected (\(kind))"
}

private func words(of error: TransportError) -> String {
    switch error {
    case .unreachable(let reason), .interrupted(let reason), .notAllowed(let reason): reason
    case .timedOut(let seconds): "no whole answer within \(seconds) seconds"
    case .tooLarge(let limitBytes): "the answer has more than \(limitBytes) bytes"
    case .canceled: "it was broken off"
    }
}

private func words(of error: DecodingError) -> String {
    let (path, problem): ([any CodingKey], String)
    switch error {
    case .keyNotFound(let key, let context): (path, problem) = (context.codingPath + [key], "is missing")
    case .valueNotFound(_, let context): (path, problem) = (context.codingPath, "is empty")
    case .typeMismatch(_, let context): (path, problem) = (context.codingPath, "is of another kind than expected")
    case .dataCorrupted(let context): (path, problem) = (context.codingPath, "cannot be read")
    @unknown default: (path, problem) = ([], "cannot be read")
    }
    let place = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    return "JSON is not as expected: \(place.isEmpty ? "the whole" : place) \(problem)"
}
