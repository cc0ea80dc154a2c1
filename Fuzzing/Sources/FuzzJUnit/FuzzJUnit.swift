import BotCore
import FuzzDriver

/// Reads any bytes as a JUnit file, at once and in pieces: the same counts, never a trap.
@main
enum FuzzJUnit: Fuzzer {
    static func read(_ bytes: [UInt8]) {
        let whole = summary(of: bytes, pieceByteCount: max(1, bytes.count))
        let pieces = summary(of: bytes, pieceByteCount: Int(bytes.first ?? 0) % 61 + 1)
        precondition(whole.failures <= whole.tests && whole.skips <= whole.tests)
        precondition(isSameKind(whole.problem, pieces.problem))
        // What follows a problem is read or not, as the pieces fall.
        if whole.problem == nil { precondition(whole == pieces) }
        if let problem = whole.problem { precondition(!problem.description.isEmpty) }
    }

    /// Whether both are the same problem; Expat words what is no XML as it meets it, which follows the pieces.
    static func isSameKind(_ one: JUnitProblem?, _ other: JUnitProblem?) -> Bool {
        if case .notXML = one, case .notXML = other { return true }
        return one == other
    }

    static func summary(of bytes: [UInt8], pieceByteCount: Int) -> JUnitSummary {
        let reader = JUnitReader(byteLimit: 60_000)
        var rest = bytes[...]
        while !rest.isEmpty, reader.feed(Array(rest.prefix(pieceByteCount))) {
            rest = rest.dropFirst(pieceByteCount)
        }
        return reader.finish()
    }
}
