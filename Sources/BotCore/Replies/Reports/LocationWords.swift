/// A probed location in the few words that JSON and text use for it.
struct LocationWords {
    private let reported: ReportedLocation

    /// Words for a location.
    init(_ reported: ReportedLocation) { self.reported = reported }

    /// `public`, `missing`, `private`, `list-only`, `get-only`, `requester-pays`, `billing-disabled`, `bad-name` or `unknown`.
    var access: String {
        let access = reported.report.access
        if access.isOnlyByName { return "get-only" }
        if let refusal = access.list.refusal { return Self.word(for: refusal) }
        if access.list.unknownReason != nil || access.list == .notAsked { return "unknown" }
        if let refusal = access.get.refusal { return refusal == .denied ? "list-only" : Self.word(for: refusal) }
        return access.get.unknownReason == nil ? "public" : "unknown"
    }

    private static func word(for refusal: StorageRefusal) -> String {
        switch refusal {
        case .noSuchBucket: "missing"
        case .denied: "private"
        case .requesterPays: "requester-pays"
        case .billingDisabled: "billing-disabled"
        case .badBucketName: "bad-name"
        }
    }

    /// `job`, `jobs`, `build`, `empty` or `unknown`.
    var layout: String {
        switch reported.report.kind {
        case .job: "job"
        case .jobs: "jobs"
        case .build: "build"
        case .empty: "empty"
        case nil: "unknown"
        }
    }

    /// `ok`, `invalid`, `missing`, `unreadable`, `unknown` or `not-read`.
    static func state(_ file: BuildFile<some Hashable & Sendable>) -> String {
        switch file {
        case .notAsked: "not-read"
        case .missing: "missing"
        case .read(_, let issues, _): issues.isEmpty ? "ok" : "invalid"
        case .refused: "unreadable"
        case .unknown: "unknown"
        }
    }
}
