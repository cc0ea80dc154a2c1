/// The bounds of one probe; every one is met by a test.
public struct ProbeLimits: Hashable, Sendable {
    /// Pages of one directory's listing, of 1,000 names each.
    public var pagesPerListing = 200
    /// Pages of one build's listing, of 1,000 objects each.
    public var pagesPerBuild = 5
    /// Questions of a whole probe.
    public var questions = 5000
    /// Questions asked at once of the jobs of a folder.
    public var questionsAtOnce = 16
    /// Job directories of one folder whose freshness is looked at; more are sampled evenly.
    public var jobs = 1000
    /// Newest builds of a job that are looked into for a missing `finished.json`.
    public var builds = 10
    /// Newest finished builds whose files are read.
    public var finishedBuilds = 3
    /// JUnit files read of each of them.
    public var junitFilesPerBuild = 5
    /// Pieces of evidence that a report keeps.
    public var evidence = 40

    /// The defaults.
    public init() {}
}
