/// What a repository decides for itself: `.github/bucketbot.yaml` on its base branch.
///
/// The defaults are those of a repository without that file.
public struct Policy: Hashable, Sendable {
    /// Which files hold the registry; see `RegistryPaths`.
    public var paths = RegistryPaths()
    /// Globs of files that a generator writes: reported, never edited.
    public var generated = ["config/testgrids/openshift/redhat-openshift-*.yaml"]
    /// Globs of dashboards that nothing is removed from.
    public var protected = ["sig-release-*-blocking", "presubmits-kubernetes-blocking"]
    /// What names of dashboards and dashboard groups may start with; empty: the Go file of the checkout decides.
    public var dashboardPrefixes: [String] = []
    /// Days after which an entry without a newer result is stale; 30 to 3650.
    public var staleAfterDays = 90
    /// Days after which an entry is said to be ageing; less than `staleAfterDays`.
    public var ageingAfterDays = 60
    /// `staleAfterDays` for groups below `pr-logs` that no Prow job backs: they run only when someone opens a PR.
    public var presubmitStaleAfterDays = 180
    /// Sweeps on different UTC days that must agree before an entry is proposed for removal.
    public var confirmations = 2
    /// Percentage of entries that may turn stale in one sweep before it counts as an outage.
    public var maxFlipPercent = 20
    /// Locations that always have fresh results; empty: the root entry of `buckets.yaml`.
    public var controlLocations: [String] = []
    /// When a PR gets a comment.
    public var comment = CommentPolicy.additions
    /// Locations probed for one PR; the rest is counted, not judged.
    public var maxProbesPerPullRequest = 200
    /// How stale entries leave.
    public var removals = RemovalPolicy()
    /// Whether one issue per repository shows the table of entries that need attention.
    public var dashboardIssue = false

    /// The defaults.
    public init() {}
}

/// Globs of the registry's files: `*` within a segment, `**` across segments, `{a,b}` for either.
public struct RegistryPaths: Hashable, Sendable {
    /// Kettle's lists of buckets.
    public var buckets = ["kettle/buckets.yaml", "buckets.yaml"]
    /// TestGrid's configuration, with the `default.yaml` of any of its folders.
    public var testgrid = ["testgrid/config.yaml", "config/testgrids/**/*.{yaml,yml}"]
    /// Prow's jobs, whose annotations add test groups and tabs.
    public var jobs = ["config/jobs/**/*.{yaml,yml}"]

    /// The defaults: the paths of kubernetes/test-infra, today's and those of 2018.
    public init() {}
}

/// When a PR gets a comment.
public enum CommentPolicy: String, Hashable, Sendable, CaseIterable {
    /// Only where something is wrong.
    case problems
    /// Where the PR adds an entry, or something is wrong.
    case additions
    /// On every PR that touches the registry.
    case always
    /// On none; the check run says it all.
    case never
}

/// How stale entries leave.
public struct RemovalPolicy: Hashable, Sendable {
    /// What one removal PR holds.
    public enum GroupBy: String, Hashable, Sendable, CaseIterable {
        case owners, file, contact, entry
    }

    /// What one commit holds.
    public enum CommitPer: String, Hashable, Sendable, CaseIterable {
        case contribution, entry
    }

    /// Whether removal PRs are opened at all.
    public var enabled = true
    /// What one removal PR holds.
    public var groupBy = GroupBy.owners
    /// What one commit holds.
    public var commitPer = CommitPer.contribution
    /// Removal PRs that may be open at once.
    public var maxOpenPullRequests = 3
    /// Entries in one removal PR.
    public var maxEntriesPerPullRequest = 50
    /// Days for which a new removal PR holds the hold label.
    public var holdDays = 14
    /// The label that keeps a PR from merging.
    public var holdLabel = "do-not-merge/hold"
    /// Labels of a removal PR; those that the repository does not have are skipped and reported.
    public var labels = ["area/testgrid", "kind/cleanup", "tide/merge-method-merge"]
    /// Days for which a kept or restored entry is left alone.
    public var snoozeDays = 180
    /// Mentions of one person in a week.
    public var pingsPerPersonPerWeek = 1

    /// The defaults.
    public init() {}
}
