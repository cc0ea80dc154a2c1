internal import BotCore

/// Finds when names were first written in a file.
enum AddedNames {
    /// The time of the oldest patch that adds each name.
    ///
    /// - Parameters:
    ///   - names: Keys of `buckets.yaml`, or values of `name`.
    ///   - patches: The patches of one file, newest first, each behind a line of a NUL and its seconds since 1970.
    /// - Returns: The seconds by name; names that no patch adds are left out.
    static func times(of names: Set<ExactText>, inPatches patches: [UInt8]) -> [ExactText: Int64] {
        var times: [ExactText: Int64] = [:]
        var time: Int64?
        for line in patches.split(separator: UInt8(ascii: "\n")) {
            if line.first == 0 {
                time = Int64(String(decoding: line.dropFirst(), as: UTF8.self))
            } else if let time, line.first == UInt8(ascii: "+"), let name = name(in: line.dropFirst()) {
                if names.contains(name) { times[name] = time }
            }
        }
        return times
    }

    /// The name that a line gives: the value of `name:`, or a key that begins with `gs://`.
    ///
    /// A line that is written in braces gives none; the entry's age is then unknown.
    static func name(in line: ArraySlice<UInt8>) -> ExactText? {
        let space = UInt8(ascii: " ")
        var rest = line.drop { $0 == space || $0 == UInt8(ascii: "-") }
        let key = rest.prefix(5).map { $0 | 0x20 }
        if key.elementsEqual("name:".utf8.map { $0 | 0x20 }) {
            rest = rest.dropFirst(5).drop { $0 == space }
            return unquoted(rest)
        }
        let quotes = "\"'".utf8
        guard
            rest.starts(with: "gs://".utf8)
                || (quotes.contains(rest.first ?? 0) && rest.dropFirst().starts(with: "gs:".utf8))
        else { return nil }
        let text = String(decoding: rest, as: UTF8.self)
        let end =
            text.firstRange(of: ": ")?.lowerBound ?? (text.hasSuffix(":") ? text.index(before: text.endIndex) : nil)
        return end.flatMap { unquoted(Array(text[..<$0].utf8)[...]) }
    }

    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> ExactText? {
        var text = String(decoding: bytes, as: UTF8.self)
        if let first = text.first, first == "\"" || first == "'" {
            let inner = text.dropFirst()
            return inner.firstIndex(of: first).map { ExactText(String(inner[..<$0])) }
        }
        if let comment = text.firstRange(of: " #") { text = String(text[..<comment.lowerBound]) }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.isEmpty ? nil : ExactText(text)
    }
}
