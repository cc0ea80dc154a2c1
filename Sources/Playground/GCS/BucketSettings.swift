internal import Foundation

/// How a bucket of an example world behaves: `BUCKET.json` beside its folder.
///
/// Shape, every key optional:
/// ```json
/// {
///   "access": "world-readable | private | get-only | list-only | requester-pays |
///              billing-disabled | rate-limited | missing",
///   "billingMessage": "what the service says while billing is off",
///   "privateSince": "now-2d",
///   "uploaded": {"logs/ci-old/": "now-200d"},
///   "gzipped": ["build-log.txt"],
///   "metadata": {"pr-logs/directory/pull-acme/7.txt": {"x-goog-meta-link": "gs://acme/pr-logs/pull/7/pull-acme/7"}},
///   "jobs": [{"directory": "logs/ci-huge/", "ids": "sequential | snowflake | unix-seconds", "count": 100000,
///             "newest": "now-1h", "intervalMinutes": 60, "unfinishedNewestCount": 0}]
/// }
/// ```
/// `privateSince` belongs to `list-only`. `uploaded` gives objects their time by the start of their names, the longest
/// that fits; `gzipped` lists the ends of names. Times are as in `TimePlaceholder`, without braces.
struct BucketSettings: Decodable {
    /// A job whose builds are computed.
    struct Job: Decodable {
        /// The job's directory.
        var directory: String
        /// How builds are numbered.
        var ids: String
        /// How many builds there are.
        var count: Int
        /// When the newest started.
        var newest: String
        /// Minutes from one build to the next; 60 unless given.
        var intervalMinutes: Int?
        /// How many of the newest have no `finished.json`; none unless given.
        var unfinishedNewestCount: Int?
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case access, billingMessage, privateSince, uploaded, gzipped, metadata, jobs
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// What anonymous callers may do.
    var access = "world-readable"
    /// What the service says while billing is off.
    var billingMessage = "The project to be billed is associated with a closed billing account."
    /// With `list-only`, the time from which objects are private; nil makes all private.
    var privateSince: String?
    /// Upload times by the start of names.
    var uploaded: [String: String] = [:]
    /// Ends of the names that are stored with `Content-Encoding: gzip`.
    var gzipped: [String] = []
    /// Custom metadata by name.
    var metadata: [String: [String: String]] = [:]
    /// Jobs whose builds are computed.
    var jobs: [Job] = []

    /// The settings of a bucket without any.
    init() {}

    /// Settings from a file's bytes, in which placeholders are filled first.
    ///
    /// - Throws: `WorldFolderError`, or `DecodingError` for what is not of this shape.
    init(json: [UInt8], now: Timestamp) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(TimePlaceholder.fill(json, now: now).text))
    }

    init(from decoder: any Decoder) throws {
        let known = Set(CodingKeys.allCases.map(\.rawValue))
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "There is no setting \"\(key.stringValue)\"."))
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        access = try values.decodeIfPresent(String.self, forKey: .access) ?? access
        billingMessage = try values.decodeIfPresent(String.self, forKey: .billingMessage) ?? billingMessage
        privateSince = try values.decodeIfPresent(String.self, forKey: .privateSince)
        uploaded = try values.decodeIfPresent([String: String].self, forKey: .uploaded) ?? uploaded
        gzipped = try values.decodeIfPresent([String].self, forKey: .gzipped) ?? gzipped
        metadata = try values.decodeIfPresent([String: [String: String]].self, forKey: .metadata) ?? metadata
        jobs = try values.decodeIfPresent([Job].self, forKey: .jobs) ?? jobs
    }

    /// What anonymous callers may do.
    ///
    /// - Throws: `DecodingError` for a mode that there is not, `WorldFolderError` for a time that is none.
    func accessMode(now: Timestamp) throws -> AccessMode {
        switch access {
        case "world-readable": .worldReadable
        case "private": .private
        case "get-only": .getOnly
        case "list-only": .listOnly(privateSince: try privateSince.map { try Self.time($0, now: now).date })
        case "requester-pays": .requesterPays
        case "billing-disabled": .billingDisabled(message: billingMessage)
        case "rate-limited": .failing(.tooManyRequests())
        case "missing": .missing
        default: throw Self.corrupted("There is no access \"\(access)\".")
        }
    }

    /// The jobs whose builds are computed.
    ///
    /// - Throws: `DecodingError` for ids of an unknown form and for a job inside another's directory,
    ///   `WorldFolderError` for a time that is none.
    func syntheticJobs(now: Timestamp) throws -> [SyntheticJob] {
        let synthetic = try jobs.map { try Self.synthetic($0, now: now) }.sorted { $0.directory < $1.directory }
        for (outer, inner) in zip(synthetic, synthetic.dropFirst()) where inner.directory.hasPrefix(outer.directory) {
            throw Self.corrupted("The job \(inner.directory) lies inside \(outer.directory).")
        }
        return synthetic
    }

    private static func synthetic(_ job: Job, now: Timestamp) throws -> SyntheticJob {
        let ids: SyntheticJob.IDs
        switch job.ids {
        case "sequential": ids = .sequential()
        case "snowflake": ids = .snowflake
        case "unix-seconds": ids = .unixSeconds
        default: throw corrupted("There are no ids \"\(job.ids)\".")
        }
        var synthetic = SyntheticJob(
            ObjectName(job.directory), ids: ids, count: job.count, newest: try time(job.newest, now: now).date,
            intervalSeconds: min(max(1, job.intervalMinutes ?? 60), 1_000_000) * 60)
        synthetic.unfinishedNewestCount = max(0, job.unfinishedNewestCount ?? 0)
        return synthetic
    }

    /// When an object was uploaded; nil where the settings do not say.
    ///
    /// - Throws: `WorldFolderError` for a time that is none.
    func uploadTime(of name: String, now: Timestamp) throws(WorldFolderError) -> Timestamp? {
        let longest = uploaded.keys.filter { name.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
        guard let longest, let text = uploaded[longest] else { return nil }
        return try Self.time(text, now: now)
    }

    private static func time(_ text: String, now: Timestamp) throws(WorldFolderError) -> Timestamp {
        guard let placeholder = TimePlaceholder(text) else { throw .placeholder(text) }
        return placeholder.time(from: now)
    }

    private static func corrupted(_ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: reason))
    }
}
