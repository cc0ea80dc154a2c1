/// A pattern of paths or names: `*` and `?` within a segment, `**` across segments, `{a,b}` for either.
///
/// A `**` between slashes also fits no segment at all, so that `a/**/b` fits `a/b`.
public struct Glob: Hashable, Sendable {
    /// The pattern as it was written.
    public let pattern: String
    /// The pattern without braces: one alternative each, by segments.
    private let alternatives: [[[Character]]]

    /// Reads a pattern; every text is one.
    ///
    /// - Parameter pattern: The pattern; more than 256 alternatives in braces are cut.
    public init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expanded(pattern).prefix(Self.alternativeLimit).map { alternative in
            alternative.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
        }
    }

    /// Whether a path or name fits.
    public func matches(_ path: String) -> Bool {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
        return alternatives.contains { Self.fits(segments[...], $0[...]) }
    }

    /// Whether a path in or below a folder may fit; every one may be below an empty folder name, the root.
    public func mayMatch(below folder: String) -> Bool {
        let segments = folder.split(separator: "/").map(Array.init)
        return alternatives.contains { pattern in
            let fixed = pattern.prefix { $0 != ["*", "*"] }
            let isLongEnough = fixed.count < pattern.count || pattern.count > segments.count
            return isLongEnough && zip(segments, fixed).allSatisfy { Self.fits($0, $1) }
        }
    }

    /// How many alternatives are kept.
    static let alternativeLimit = 256

    /// Whether a pattern's braces stand for more alternatives than are kept.
    static func isCut(_ pattern: String) -> Bool { expanded(pattern).count > alternativeLimit }

    /// Each way to resolve the braces, nested ones too; one more than the limit where there are more.
    private static func expanded(_ pattern: String) -> [String] {
        var open = [pattern]
        var done: [String] = []
        while let next = open.popLast(), done.count <= alternativeLimit {
            guard let braces = innermostBraces(in: next) else {
                done.append(next)
                continue
            }
            let head = next[..<braces.lowerBound]
            let tail = next[braces.upperBound...]
            let inner = next[braces].dropFirst().dropLast()
            // The last first, so that the first is taken from the pile first.
            let choices = inner.split(separator: ",", maxSplits: alternativeLimit, omittingEmptySubsequences: false)
            open += choices.reversed().map { String(head + $0 + tail) }
        }
        return done
    }

    /// The first `{...}` without braces in it; nil where no brace closes another.
    private static func innermostBraces(in pattern: String) -> Range<String.Index>? {
        var start: String.Index?
        for index in pattern.indices {
            if pattern[index] == "{" { start = index }
            if pattern[index] == "}", let start { return start..<pattern.index(after: index) }
        }
        return nil
    }

    /// Whether segments fit a pattern: the positions of the last `**` are kept to go back to, so the work stays
    /// within segments times pattern.
    private static func fits(_ segments: ArraySlice<[Character]>, _ pattern: ArraySlice<[Character]>) -> Bool {
        wildcardFit(
            Array(segments), Array(pattern), isWildcard: { $0 == ["*", "*"] },
            fits: { fits($0, $1) })
    }

    /// Whether one segment fits one of a pattern.
    private static func fits(_ segment: [Character], _ part: [Character]) -> Bool {
        wildcardFit(segment, part, isWildcard: { $0 == "*" }, fits: { $0 == $1 || $1 == "?" })
    }

    /// Whether a list fits a pattern in which a wildcard stands for any number of elements.
    private static func wildcardFit<Element, Part>(
        _ list: [Element], _ pattern: [Part], isWildcard: (Part) -> Bool, fits: (Element, Part) -> Bool
    ) -> Bool {
        var position = 0
        var part = 0
        var retry: (part: Int, position: Int)?
        while position < list.count {
            if part < pattern.count, isWildcard(pattern[part]) {
                retry = (part + 1, position)
                part += 1
            } else if part < pattern.count, fits(list[position], pattern[part]) {
                position += 1
                part += 1
            } else if let last = retry {
                retry = (last.part, last.position + 1)
                part = last.part
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[part...].allSatisfy(isWildcard)
    }
}
