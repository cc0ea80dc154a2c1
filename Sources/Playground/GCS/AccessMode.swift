public import struct Foundation.Date

/// What anonymous callers may do with a stand-in's bucket.
///
/// Source: https://cloud.google.com/storage/docs/access-control/making-data-public, and how refusals look.
public enum AccessMode: Hashable, Sendable {
    /// Listing and reading are allowed.
    case worldReadable
    /// Nothing is allowed. A bucket for authenticated users only looks the same, and so does public access prevention.
    case `private`
    /// Objects are readable by name, listing is denied (`legacyObjectReader`, or ACLs of objects).
    case getOnly
    /// Listing is allowed, reading is denied; with a date, only of objects uploaded since then.
    case listOnly(privateSince: Date? = nil)
    /// The bucket's owner wants the reader to pay.
    case requesterPays
    /// The project's billing is off; the message is the service's.
    case billingDisabled(message: String)
    /// No bucket has this name, though the stand-in holds objects for it.
    case missing
    /// Every request fails alike, such as `.tooManyRequests()`.
    case failing(StorageFailure)

    /// Why a listing is refused; nil where it is allowed.
    var refusalToList: StorageFailure? {
        switch self {
        case .worldReadable, .listOnly: nil
        case .private, .getOnly: .denied(permission: "storage.objects.list", to: "bucket")
        case .requesterPays, .billingDisabled, .missing, .failing: refusalOfAll
        }
    }

    /// Why reading an object is refused; nil where it is allowed.
    ///
    /// - Parameter object: The object that was asked for; nil where there is none of that name.
    /// - Returns: The refusal, or nil where nothing speaks against an answer.
    func refusalToRead(_ object: StandInObject?) -> StorageFailure? {
        let denied = StorageFailure.denied(permission: "storage.objects.get", to: "object")
        return switch self {
        case .worldReadable: nil
        case .private: denied
        // Who may not list must not learn which names are free.
        case .getOnly: object == nil ? denied : nil
        case .listOnly(nil): denied
        case .listOnly(let privateSince?): object.map { $0.timeCreated >= privateSince } == true ? denied : nil
        case .requesterPays, .billingDisabled, .missing, .failing: refusalOfAll
        }
    }

    /// How a question about the bucket itself is refused: that permission is not in any public role.
    var refusalToDescribe: StorageFailure {
        refusalOfAll ?? .denied(permission: "storage.buckets.get", to: "bucket")
    }

    private var refusalOfAll: StorageFailure? {
        switch self {
        case .worldReadable, .private, .getOnly, .listOnly: nil
        case .requesterPays: .requesterPays
        case .billingDisabled(let message): .billingDisabled(message: message)
        case .missing: .noSuchBucket
        case .failing(let failure): failure
        }
    }
}
