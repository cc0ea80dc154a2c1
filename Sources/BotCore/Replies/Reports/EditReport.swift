public import struct Foundation.Date

/// What `remove` or `restore` did or would do, ready to be put into a format.
public struct EditReport: Sendable {
    /// The command that was run.
    public let command: String
    /// When.
    public let asOf: Date
    /// The edits, one a file.
    public let edits: [FileEdit]
    /// What was asked for and is not done, and what else names it.
    public let notEdited: [UneditedReference]
    /// Selectors that are met.
    public let metCount: Int
    /// Selectors, or parts of a commit, that are not.
    public let refusedCount: Int
    /// Whether the files were written.
    public let isWritten: Bool
    /// The commits that were made, by their hashes.
    public let commits: [String]

    /// What a removal does.
    ///
    /// - Parameters:
    ///   - removal: The plan.
    ///   - asOf: When.
    ///   - isWritten: Whether the files were written.
    ///   - commits: The commits that were made.
    public init(removal: RemovalPlan, asOf: Date, isWritten: Bool, commits: [String]) {
        command = "remove"
        self.asOf = asOf
        edits = removal.edits
        notEdited =
            removal.refusals.map { refusal in
                UneditedReference(
                    path: refusal.place.path, line: refusal.place.line,
                    reason: "\(refusal.selector) stays (\(refusal.suspension.rawValue)). \(refusal.words)")
            } + removal.notEdited
        metCount = removal.selectors.count
        refusedCount = removal.refusals.count
        self.isWritten = isWritten
        self.commits = commits
    }

    /// What putting back does.
    ///
    /// - Parameters:
    ///   - restoration: The plan.
    ///   - asOf: When.
    ///   - isWritten: Whether the files were written.
    ///   - commits: The commits that were made.
    public init(restoration: RestorePlan, asOf: Date, isWritten: Bool, commits: [String]) {
        command = "restore"
        self.asOf = asOf
        edits = restoration.edits
        notEdited =
            restoration.conflicts
            + restoration.present.map {
                UneditedReference(path: "", line: nil, reason: "\($0) is there already, as it was.")
            }
        metCount = restoration.selectors.count
        refusedCount = restoration.conflicts.count
        self.isWritten = isWritten
        self.commits = commits
    }

    /// What the process ends with: 1 where something that was asked for is not done.
    public var exitStatus: Int32 { refusedCount == 0 ? 0 : 1 }

    /// What is said beside the diff.
    ///
    /// - Parameter templates: The program's sentences.
    /// - Returns: Lines without a final newline.
    public func text(templates: Templates) -> String {
        let deleted = edits.reduce(0) { $0 + $1.deletedLineCount }
        let inserted = edits.reduce(0) { $0 + $1.insertedLineCount }
        let notes = notEdited.map { note -> String in
            let line = note.line.map { ":\($0)" } ?? ""
            let place = note.path.isEmpty ? "" : "\(note.path)\(line): "
            return (place + note.reason).printable
        }
        let refused: [String] = refusedCount == 0 ? [] : [counted(refusedCount, "reason", "reasons")]
        let text = templates.text(
            "edits/summary",
            [
                "isRemoval": command == "remove", "met": counted(metCount, "entry", "entries"),
                "refused": refused,
                "files": counted(edits.count, "file", "files"), "deleted": counted(deleted, "line", "lines"),
                "inserted": counted(inserted, "line", "lines"), "isWritten": isWritten, "notes": notes,
                "isNothing": edits.isEmpty, "commits": commits.map { String($0.prefix(12)) },
            ])
        return text.trimmingWhitespace()
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}
