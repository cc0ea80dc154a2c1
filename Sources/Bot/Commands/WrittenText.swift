internal import BotCore
internal import Foundation
internal import Persistence

/// What was written to GitHub, or would be, as a person reads it in a terminal.
enum WrittenText {
    /// Every write, in the order given.
    static func text(of entries: [OutboxEntry]) -> String {
        entries.map { entry in
            let verb =
                switch entry.state {
                case .recorded: "Would write"
                case .prepared: "Perhaps wrote"
                case .sent, .confirmed: "Wrote"
                case .failed: "Could not write"
                }
            let head = "--- \(verb) \(entry.write.kind) on \(entry.write.target)"
            return head + "\n" + body(of: entry.write).printableText + "\n"
        }.joined(separator: "\n")
    }

    private static func body(of write: OutgoingWrite) -> String {
        guard let run = StoredCheckRun(encoded: write.body) else { return String(decoding: write.body, as: UTF8.self) }
        let notes = run.annotations.map { note in
            "\(note.path):\(note.lines.first ?? 1): \(note.level): \(note.message)"
        }
        return (["\(run.conclusion ?? "no conclusion"): \(run.title ?? "")"] + notes).joined(separator: "\n")
    }
}
