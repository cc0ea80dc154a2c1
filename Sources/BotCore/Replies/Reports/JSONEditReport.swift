internal import Foundation

/// What `remove` or `restore` did as the JSON document that scripts read; its shape is that of `JSONReport`.
public enum JSONEditReport {
    /// The document of a report, with a final newline.
    ///
    /// - Throws: What `JSONEncoder` throws; nothing that it is given makes it.
    public static func text(of report: EditReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(report)), as: UTF8.self) + "\n"
    }

    private struct Document: Encodable {
        let schemaVersion = 1
        let command: String
        let asOf: String
        let summary: Summary
        /// None: what stands in the way of an edit is in `notEdited`.
        let findings: [String] = []
        let edits: [EditObject]
        let notEdited: [NoteObject]

        init(_ report: EditReport) {
            command = report.command
            asOf = report.asOf.rfc3339
            summary = Summary(report)
            edits = report.edits.map(EditObject.init)
            notEdited = report.notEdited.map(NoteObject.init)
        }
    }

    private struct Summary: Encodable {
        let files, entries, refused, deletedLines, insertedLines: Int
        let written: Bool
        let commits: [String]

        init(_ report: EditReport) {
            files = report.edits.count
            entries = report.metCount
            refused = report.refusedCount
            deletedLines = report.edits.reduce(0) { $0 + $1.deletedLineCount }
            insertedLines = report.edits.reduce(0) { $0 + $1.insertedLineCount }
            written = report.isWritten
            commits = report.commits
        }
    }

    private struct EditObject: Encodable {
        let path: String
        let deleted: [Deleted]
        let inserted: [Inserted]

        struct Deleted: Encodable { let startLine, endLine: Int }
        struct Inserted: Encodable { let atLine, lineCount: Int }

        init(_ edit: FileEdit) {
            path = edit.path
            deleted = edit.deleted.map { Deleted(startLine: $0.lowerBound, endLine: $0.upperBound) }
            inserted = edit.inserted.map { Inserted(atLine: $0.lowerBound, lineCount: $0.count) }
        }
    }

    private struct NoteObject: Encodable {
        let path: Nullable<String>
        let reason: String

        init(_ note: UneditedReference) {
            path = Nullable(note.path.isEmpty ? nil : note.path)
            reason = note.line.map { "Line \($0): \(note.reason)" } ?? note.reason
        }
    }
}
