internal import ArgumentParser

/// The settings of commands that ask Google Cloud Storage; each is also an environment variable.
struct StorageOptions: ParsableArguments {
    @Option(
        name: .customLong("storage-url"),
        help: ArgumentHelp(
            "Where buckets are: http(s)://..., or file:///... with one subfolder a bucket. [BUCKETBOT_STORAGE_URL]",
            valueName: "url"))
    var storageURL: String?

    @Option(
        name: .customLong("ca-file"),
        help: ArgumentHelp("PEM bundle to trust instead of the system's. [BUCKETBOT_CA_FILE]", valueName: "file"))
    var caFile: String?

    @Option(
        name: .customLong("probe-concurrency"),
        help: ArgumentHelp("Requests under way at once, 64 by default. [BUCKETBOT_PROBE_CONCURRENCY]", valueName: "n"))
    var probeConcurrency: String?

    @Option(
        name: .customLong("templates"),
        help: ArgumentHelp("Folder whose templates replace built-in ones. [BUCKETBOT_TEMPLATES]", valueName: "dir"))
    var templates: String?

    /// The flags by the setting's name.
    var flags: [String: String?] {
        [
            "STORAGE_URL": storageURL, "CA_FILE": caFile, "PROBE_CONCURRENCY": probeConcurrency,
            "TEMPLATES": templates,
        ]
    }
}
