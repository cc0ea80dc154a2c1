public import struct Foundation.Date

/// A job with any number of builds that are computed when somebody looks.
///
/// Builds are evenly spaced in time up to the newest. Each has `started.json`, and as told `finished.json`,
/// `build-log.txt` and `artifacts/junit_01.xml`; `latest-build.txt` stands beside them.
public struct SyntheticJob: Hashable, Sendable {
    /// How builds are numbered.
    public enum IDs: Hashable, Sendable {
        /// One after the other from this one on, as tot and Jenkins did.
        case sequential(from: Int64 = 1)
        /// By time, as Prow does.
        case snowflake
        /// By the second in which they started.
        case unixSeconds
    }

    /// What stands for a build below the job's directory.
    public enum Style: Hashable, Sendable {
        /// A directory for each build.
        case directories
        /// An object `ID.txt` for each, which names the build's directory below this `gs://` address with its last `/`.
        case aliases(to: String)
    }

    /// The directory, such as `logs/ci-acme/`; ends in `/`.
    public let directory: ObjectName
    /// How builds are numbered.
    public let ids: IDs
    /// When the newest build started.
    public let newest: Date
    /// Seconds from one build's start to the next.
    public let intervalSeconds: Int
    /// Directories or aliases.
    public var style: Style = .directories
    /// How many of the newest builds have no `finished.json` yet.
    public var unfinishedNewestCount = 0
    /// Every so many-th build, counted from the oldest, never got a `finished.json`; nil where all did.
    public var unfinishedEvery: Int?
    /// Every so many-th build, counted from the oldest, failed; nil where all passed.
    public var failedEvery: Int?
    /// Whether builds carry a JUnit file.
    public var hasJUnit = true
    /// Whether builds carry `build-log.txt`.
    public var hasBuildLog = true
    /// Whether `latest-build.txt` is kept.
    public var hasLatestBuild = true

    let progression: BuildIDProgression
    private let newestTime: Timestamp

    /// A job.
    ///
    /// - Parameters:
    ///   - directory: Where its builds lie; a missing last slash is added.
    ///   - ids: How they are numbered.
    ///   - count: How many there are; those whose id would fall below 1 are left out.
    ///   - newest: When the newest started.
    ///   - intervalSeconds: Seconds from one build to the next, at least 1.
    public init(_ directory: ObjectName, ids: IDs, count: Int, newest: Date, intervalSeconds: Int = 3600) {
        self.directory = directory.bytes.last == UInt8(ascii: "/") ? directory : ObjectName("\(directory)/")
        self.ids = ids
        self.newest = newest
        self.intervalSeconds = max(1, intervalSeconds)
        newestTime = Timestamp(newest)
        progression = Self.progression(
            ids, count: count, newest: newestTime, intervalSeconds: Int64(self.intervalSeconds))
    }

    /// How many builds there are.
    public var count: Int { progression.count }

    /// The id of a build, counted from the oldest.
    public func id(ofBuild index: Int) -> Int64 { progression.id(at: index) }

    /// When a build started, counted from the oldest.
    public func start(ofBuild index: Int) -> Date { startTime(ofBuild: index).date }

    func startTime(ofBuild index: Int) -> Timestamp {
        let (back, overflow) = Int64(count - 1 - index).multipliedReportingOverflow(by: Int64(intervalSeconds) * 1000)
        return Timestamp(milliseconds: overflow ? 0 : newestTime.milliseconds &- back)
    }

    private static func progression(
        _ ids: IDs, count: Int, newest: Timestamp, intervalSeconds: Int64
    ) -> BuildIDProgression {
        let last: Int64
        let step: Int64
        switch ids {
        case .sequential(let first): return BuildIDProgression(first: first, step: 1, count: count)
        case .snowflake:
            last = newest.snowflake
            let (wide, overflow) = intervalSeconds.multipliedReportingOverflow(by: 1000 << 22)
            step = overflow ? .max : wide
        case .unixSeconds: (last, step) = (newest.seconds, intervalSeconds)
        }
        guard last >= 1 else { return BuildIDProgression(first: 1, step: 1, count: 0) }
        let kept = min(Int64(max(0, count)), 1 + (last - 1) / step)
        return BuildIDProgression(first: last - max(0, kept - 1) * step, step: step, count: Int(kept))
    }
}
