internal import BotCore
internal import Foundation
internal import GoogleCloudStorage

/// A local build or job directory, looked at as if it were already in a bucket.
struct LocalFolder {
    private let path: String
    private let name: String

    /// A folder.
    ///
    /// - Throws: `WrongUse` where there is none.
    init(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw WrongUse(
                "\(path): there is no such folder. Give a build's or a job's directory, or a gs:// location.")
        }
        let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        name = url.lastPathComponent
        self.path = url.path(percentEncoded: false)
    }

    /// What to probe: the folder is the whole of a bucket.
    var target: ProbeTarget { ProbeTarget(location: BucketLocation(bucket: name, prefix: "")) }

    /// A text in which the folder's own path stands for the address that a bucket of its name would have.
    func named(_ text: String) -> String {
        text.replacingOccurrences(of: "gs://\(name)/", with: path.hasSuffix("/") ? path : path + "/")
    }

    /// Words in which the commands are those for a folder: what lies here is not asked of a storage.
    func local(_ words: RuleWords) -> RuleWords {
        RuleWords(
            what: words.what, why: words.why,
            fix: named(words.fix).split(separator: "\n", omittingEmptySubsequences: false)
                .map { line in line.hasPrefix("  ") ? localCommand(String(line)) : String(line) }.joined(
                    separator: "\n"))
    }

    private func localCommand(_ command: String) -> String {
        if command.hasPrefix("  gcloud storage buckets ") { return "  chmod -R u+rX \"\(path)\"" }
        return
            command
            .replacing("| gcloud storage cp --cache-control=no-cache - ", with: "> ")
            .replacing("gcloud storage cat ", with: "xmllint --noout ")
            .replacing(" | xmllint --noout -", with: "")
            .replacing("gcloud storage ", with: "")
    }

    /// Who looks at it.
    func prober(now: Date) -> LocationProber {
        LocationProber(storage: LocalDirectoryStorage(path: path, form: .bucket, now: { now }), policy: Policy())
    }
}
