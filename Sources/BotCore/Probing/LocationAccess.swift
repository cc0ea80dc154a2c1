/// Whether anonymous callers may list and read a location, each with the evidence.
public struct LocationAccess: Hashable, Sendable {
    /// Whether object names may be listed.
    public var list = AccessState.notAsked
    /// Whether objects may be read.
    public var get = AccessState.notAsked
    /// What a listing was answered; nil where none was asked.
    public var listEvidence: Evidence?
    /// What reading an object was answered; nil where none was asked.
    public var getEvidence: Evidence?
    /// The object that was read, or that was refused; nil where none was asked.
    public var object: String?

    /// Nothing asked yet.
    public init() {}

    /// The refusal that stands in the way, that of listing first; nil where nothing is refused.
    public var refusal: StorageRefusal? { list.refusal ?? get.refusal }

    /// Whether listing is refused and an object could be read all the same.
    public var isOnlyByName: Bool { list.refusal != nil && get == .allowed }
}

/// What came of trying one kind of access.
public enum AccessState: Hashable, Sendable, Codable {
    /// Nothing was there to try it on, or the probe did not need to.
    case notAsked
    /// It is allowed.
    case allowed
    /// It is refused, and why.
    case refused(StorageRefusal)
    /// It could not be found out.
    case unknown(reason: String)

    /// Why it is refused; nil unless it is.
    public var refusal: StorageRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// Why it could not be found out; nil unless that is so.
    public var unknownReason: String? {
        if case .unknown(let reason) = self { reason } else { nil }
    }

    /// What an answer says of access.
    init(_ outcome: StorageOutcome<some Sendable>) {
        switch outcome {
        case .answered, .noSuchObject: self = .allowed
        case .refused(let refusal): self = .refused(refusal)
        case .unknown(let reason): self = .unknown(reason: reason)
        }
    }
}
