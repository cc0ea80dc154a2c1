public import struct Foundation.Date

/// All that was found out about one pull request: what the comment and the check run are written from.
public struct PullRequestCheck: Sendable {
    /// Where the pull request is.
    public let repository: RepositoryName
    /// Its number.
    public let number: Int
    /// The commit that was judged.
    public let headSHA: ObjectSHA
    /// The one clock that the verdicts saw.
    public let asOf: Date
    /// The entries that the pull request adds or edits and that were looked at, in the order of the files.
    public var entries: [CheckedEntry]
    /// Everything that the pull request is responsible for, whatever found it: files, probes, questions to GitHub.
    ///
    /// A finding belongs to an entry by its selector, and to one of the entry's locations by its argument `location`.
    public var findings: [Finding]
    /// What is wrong with the policy file that the pull request brings; the old policy stays in force.
    public var policyIssues: [PolicyIssue]
    /// The lines that the pull request adds or edits, by path: `RegistryChange.editedLines`.
    public var changedLines: [String: LineSet]
    /// What was counted and not judged, and what else a reviewer wants to know.
    public var counts: PullRequestCounts
    /// When the bot looks again by itself; nil where it does not.
    public var nextProbeAt: Date?
    /// Files of the registry that could not be read, with the reason: nothing is said about what is in them.
    public var unreadFiles: [UnreadFile]
    /// What people will see when it is merged; nil where the registry stays as it is.
    public var effect: RegistryEffect?
    /// What the policy that it brings changes; nil where it brings none that can be used.
    public var policyEffect: PolicyEffect?
    /// Where the links lead.
    public var links: CheckLinks

    /// A check with nothing found yet.
    public init(repository: RepositoryName, number: Int, headSHA: ObjectSHA, asOf: Date, links: CheckLinks) {
        self.repository = repository
        self.number = number
        self.headSHA = headSHA
        self.asOf = asOf
        self.links = links
        entries = []
        findings = []
        policyIssues = []
        changedLines = [:]
        counts = PullRequestCounts()
        nextProbeAt = nil
        unreadFiles = []
    }
}

/// One entry that was looked at, or a location that a person named.
public struct CheckedEntry: Sendable {
    /// How the entry came to be looked at.
    public enum Origin: Hashable, Sendable {
        /// The pull request adds it.
        case added
        /// The pull request edits it.
        case edited
        /// A person named it in a command.
        case named
    }

    /// How it came to be looked at.
    public let origin: Origin
    /// The entry; nil for a location that no entry points to.
    public let selector: Selector?
    /// Where it stands; nil for a location that no entry points to.
    public let place: SourcePlace?
    /// Its locations with their verdicts; empty where the entry names none that can be read.
    public let locations: [ReportedLocation]
    /// Its contacts, strongest source first, with what GitHub said of them.
    public let contacts: [AskedContact]

    /// An entry.
    public init(
        origin: Origin, selector: Selector?, place: SourcePlace?, locations: [ReportedLocation],
        contacts: [AskedContact]
    ) {
        self.origin = origin
        self.selector = selector
        self.place = place
        self.locations = locations
        self.contacts = contacts
    }
}

/// How much a pull request changes, and how much of it was not looked at.
public struct PullRequestCounts: Hashable, Sendable {
    /// Entries that it adds.
    public var added = 0
    /// Entries that it edits.
    public var edited = 0
    /// Entries that it removes.
    public var removed = 0
    /// Locations over `maxProbesPerPullRequest`: counted, not judged.
    public var locationsLeftOut = 0
    /// Requests that were sent to storage.
    public var requests = 0

    /// Nothing yet.
    public init() {}
}

/// A file of the registry that could not be read.
public struct UnreadFile: Hashable, Sendable {
    /// The file.
    public let path: String
    /// Why, for people, as half a sentence: "it has more than 100 MB".
    public let reason: String

    /// A file that could not be read.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// Where links in comments lead.
public struct CheckLinks: Hashable, Sendable {
    /// Where people see the repository: `https://github.com`, or that of a GitHub Enterprise Server, without a slash.
    public var web: String
    /// Where objects are read: `https://storage.googleapis.com`, without a slash.
    public var storage: String
    /// The page that tells how to contribute results.
    public var process: String

    /// The public places.
    public init(
        web: String = "https://github.com", storage: String = "https://storage.googleapis.com",
        process: String = "https://github.com/kubernetes/test-infra/blob/master/docs/contributing-test-results.md"
    ) {
        self.web = web
        self.storage = storage
        self.process = process
    }
}
