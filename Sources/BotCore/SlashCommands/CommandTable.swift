/// The commands that a comment may hold: the one list that reading, help and replies are made from.
public enum CommandTable {
    /// The name of a command, as it is written after the slash.
    public enum Name: String, Hashable, Sendable, CaseIterable {
        case checkBucket = "check-bucket"
        case keep
        case restore

        /// How many letters may be wrong in a name that is still taken for this one.
        ///
        /// Short names of other bots' commands are near to short names of ours: `/kind`, `/keep`.
        var tolerance: Int {
            switch self {
            case .checkBucket: 2
            case .restore: 1
            case .keep: 0
            }
        }
    }

    /// One way to use a command.
    public struct Entry: Hashable, Sendable {
        /// The command.
        public let name: Name
        /// What follows the name: words in capitals stand for what a person fills in, brackets for what may be left out.
        public let arguments: String
        /// Who may use it, as the end of "it may be used by".
        public let whoMay: String
        /// Who may, where not everyone may; nil where everyone always may.
        public let restrictedTo: String?
        /// What it does, in one sentence.
        public let help: String
        /// A line that can be copied.
        public let example: String

        /// The command with its arguments.
        public var usage: String { arguments.isEmpty ? "/\(name.rawValue)" : "/\(name.rawValue) \(arguments)" }
    }

    private static let insiders = "members of the organization and people with write access"

    private static let keepers =
        "the entry's contact, approvers and reviewers of the nearest OWNERS file, \(insiders)"

    /// Every way to use every command.
    public static let all: [Entry] = [
        Entry(
            name: .checkBucket, arguments: "",
            whoMay: "anyone", restrictedTo: nil,
            help: "Looks again at every bucket that this pull request adds or changes.",
            example: "/check-bucket"),
        Entry(
            name: .checkBucket, arguments: "SELECTOR|gs://BUCKET/FOLDER/",
            whoMay: "anyone for what the pull request or the registry names; for any other location, \(insiders)",
            restrictedTo: insiders,
            help: "Looks at one entry of the registry, or at one location.",
            example: "/check-bucket gs://acme-k8s-results/logs/"),
        Entry(
            name: .checkBucket, arguments: "help",
            whoMay: "anyone", restrictedTo: nil, help: "Shows this list.", example: "/check-bucket help"),
        Entry(
            name: .keep, arguments: "[SELECTOR] [until YYYY-MM-DD] [reason]",
            whoMay: keepers, restrictedTo: keepers,
            help: "On a pull request that removes entries: keeps the entry, or without a selector all of them.",
            example: "/keep \"tab:acme#e2e, v1.35\" until 2027-03-01 moving buckets"),
        Entry(
            name: .restore, arguments: "[SELECTOR]",
            whoMay: keepers, restrictedTo: keepers,
            help: "On a merged pull request that removed entries: opens the pull request that puts them back.",
            example: "/restore bucket:gs://acme-k8s-results/logs/"),
    ]

    /// The ways to use one command.
    public static func entries(of name: Name) -> [Entry] { all.filter { $0.name == name } }
}
