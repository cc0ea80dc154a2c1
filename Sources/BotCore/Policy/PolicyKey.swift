/// One key of a policy file: what reads it, and what the JSON Schema says of it, come from here.
struct PolicyKey: Sendable {
    /// Where a `Policy` keeps a value.
    typealias Place<Content> = any WritableKeyPath<Policy, Content> & Sendable

    /// What a key holds, and where a `Policy` keeps it.
    enum Value: Sendable {
        /// The version of the format.
        case version
        /// More keys.
        case section
        /// A whole number.
        case number(Place<Int>, ClosedRange<Int>)
        /// True or false.
        case flag(Place<Bool>)
        /// One of some words.
        case choice(PolicyChoice)
        /// The name of a label.
        case label(Place<String>)
        /// A list of texts of one kind.
        case texts(Place<[String]>, PolicyText.Kind)
    }

    /// The section that it stands in; "" is the margin.
    let section: String
    /// The key.
    let name: String
    /// What it holds.
    let value: Value
    /// What it decides, for who writes the file.
    let words: String

    /// Items of a list that are read.
    static let listLimit = 200

    /// All keys, sections before what stands in them, in the order of the documentation.
    static let all: [PolicyKey] = [
        key("version", .version, "The version of the format."),
        key("paths", .section, "Globs of the registry's files: * within a segment, ** across, {a,b} for either."),
        key("generated", .texts(\.generated, .glob), "Files that a generator writes: reported, never edited."),
        key("protected", .texts(\.protected, .glob), "Dashboards that nothing is removed from."),
        key(
            "dashboardPrefixes", .texts(\.dashboardPrefixes, .name),
            "What names of dashboards may start with; empty: the Go file of the repository decides."),
        key(
            "staleAfterDays", .number(\.staleAfterDays, 30...3650),
            "Days without a newer result until an entry is stale."),
        key(
            "ageingAfterDays", .number(\.ageingAfterDays, 1...3649),
            "Days without a newer result until an entry is ageing; below staleAfterDays."),
        key(
            "presubmitStaleAfterDays", .number(\.presubmitStaleAfterDays, 30...3650),
            "staleAfterDays for groups below pr-logs that no Prow job backs."),
        key(
            "confirmations", .number(\.confirmations, 1...30),
            "Sweeps on different days that must agree before an entry is proposed for removal."),
        key(
            "maxFlipPercent", .number(\.maxFlipPercent, 1...100),
            "Percentage of entries that may turn stale in one sweep before it counts as an outage."),
        key(
            "controlLocations", .texts(\.controlLocations, .location),
            "Locations that always have fresh results; empty: the root entry of buckets.yaml."),
        key("comment", .choice(.comment), "When a pull request gets a comment."),
        key(
            "maxProbesPerPullRequest", .number(\.maxProbesPerPullRequest, 1...5000),
            "Locations that are probed for one pull request."),
        key("removals", .section, "How stale entries leave."),
        key("dashboardIssue", .flag(\.dashboardIssue), "Whether one issue lists the entries that need attention."),
        key("buckets", .texts(\.paths.buckets, .glob), "Kettle's lists of buckets.", in: "paths"),
        key("testgrid", .texts(\.paths.testgrid, .glob), "TestGrid's configuration.", in: "paths"),
        key("jobs", .texts(\.paths.jobs, .glob), "Prow's jobs.", in: "paths"),
        key("enabled", .flag(\.removals.enabled), "Whether removal pull requests are opened.", in: "removals"),
        key("groupBy", .choice(.groupBy), "What one removal pull request holds.", in: "removals"),
        key("commitPer", .choice(.commitPer), "What one commit holds.", in: "removals"),
        key(
            "maxOpenPullRequests", .number(\.removals.maxOpenPullRequests, 1...100),
            "Removal pull requests that may be open at once.", in: "removals"),
        key(
            "maxEntriesPerPullRequest", .number(\.removals.maxEntriesPerPullRequest, 1...1000),
            "Entries in one removal pull request.", in: "removals"),
        key(
            "holdDays", .number(\.removals.holdDays, 0...365), "Days for which the hold label stays.", in: "removals"),
        key("holdLabel", .label(\.removals.holdLabel), "The label that keeps it from merging.", in: "removals"),
        key(
            "labels", .texts(\.removals.labels, .label), "Labels of a removal pull request.", in: "removals"),
        key(
            "snoozeDays", .number(\.removals.snoozeDays, 1...3650),
            "Days for which a kept or restored entry is left alone.", in: "removals"),
        key(
            "pingsPerPersonPerWeek", .number(\.removals.pingsPerPersonPerWeek, 0...100),
            "Mentions of one person in a week.", in: "removals"),
    ]

    /// The names of the keys by their section.
    static let names: [String: [String]] = Dictionary(grouping: all, by: \.section).mapValues { $0.map(\.name) }

    private static func key(_ name: String, _ value: Value, _ words: String, in section: String = "") -> PolicyKey {
        PolicyKey(section: section, name: name, value: value, words: words)
    }
}

/// One of some words, as a policy keeps it.
struct PolicyChoice: Sendable {
    /// The words.
    let words: [String]
    /// The word that a policy has.
    let get: @Sendable (Policy) -> String
    /// Gives a policy one of the words; says whether it is one.
    let set: @Sendable (String, inout Policy) -> Bool

    static let comment = PolicyChoice(CommentPolicy.self, \.comment)
    static let groupBy = PolicyChoice(RemovalPolicy.GroupBy.self, \.removals.groupBy)
    static let commitPer = PolicyChoice(RemovalPolicy.CommitPer.self, \.removals.commitPer)

    private init<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ type: Choice.Type, _ path: PolicyKey.Place<Choice>
    ) where Choice.RawValue == String {
        words = Choice.allCases.map(\.rawValue)
        get = { $0[keyPath: path].rawValue }
        set = { word, policy in
            guard let choice = Choice(rawValue: word) else { return false }
            policy[keyPath: path] = choice
            return true
        }
    }
}
