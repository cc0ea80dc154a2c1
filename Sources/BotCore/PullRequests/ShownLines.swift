/// The lines of a file as it would be that the page of a pull request shows: those of its hunks.
///
/// GitHub takes comments on these lines alone.
/// Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files, `patch`.
public struct ShownLines: Hashable, Sendable {
    /// The lines of each hunk, counted from 1.
    public let hunks: [ClosedRange<Int>]

    /// Lines of a hunk that are believed: no file that GitHub shows has as many.
    private static let lineLimit = 100_000_000

    /// Reads hunks, each of which starts with `@@ -1,2 +3,4 @@`; what is none is left out.
    public init(patch: String) {
        hunks = patch.utf8.split(separator: UInt8(ascii: "\n")).compactMap { Self.hunk(Substring($0)) }
    }

    private static func hunk(_ line: Substring) -> ClosedRange<Int>? {
        // Lines of the file have a blank, a plus, a minus or a backslash before them.
        guard line.utf8.starts(with: "@@ -".utf8) else { return nil }
        let words = line.split(separator: " ", maxSplits: 3)
        guard words.count >= 3, words[2].first == "+" else { return nil }
        let numbers = words[2].dropFirst().split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let start = numbers.first.flatMap({ Int($0) }),
            let count = numbers.count == 2 ? numbers.last.flatMap({ Int($0) }) : 1,
            (1...lineLimit).contains(start), (1...lineLimit).contains(count)
        else { return nil }
        return start...(start + count - 1)
    }

    /// Whether lines are shown, and in one hunk.
    public func holds(_ lines: ClosedRange<Int>) -> Bool {
        hunks.contains { $0.contains(lines.lowerBound) && $0.contains(lines.upperBound) }
    }
}
