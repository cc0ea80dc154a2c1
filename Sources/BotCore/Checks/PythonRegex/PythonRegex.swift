/// Says whether a pattern compiles with Python's `re`, which reads `exclude_jobs`.
///
/// Source: https://docs.python.org/3/library/re.html and the behavior of CPython 3.8 to 3.13. What the versions
/// disagree on passes: possessive repeats (`a++`), atomic groups (`(?>a)`) and flags that do not start the pattern
/// (`a(?i)`). Not looked at: the names behind `\N{...}`, a pattern with the flag `x` for the whole of it, and
/// groups nested more than 100 deep.
enum PythonRegex {
    /// Why a pattern does not compile.
    struct Problem: Error, Hashable, CustomStringConvertible {
        /// What is wrong, in Python's own words as far as they help.
        let words: String
        /// Where, in characters from 0.
        let offset: Int

        var description: String { "\(words) at character \(offset + 1)" }
    }

    /// The first thing that is wrong with a pattern; nil where it compiles, or nobody here can tell.
    static func problem(with pattern: String) -> Problem? {
        var parser = PythonRegexParser(pattern)
        do {
            try parser.parse()
            return nil
        } catch {
            return parser.hasGivenUp ? nil : error
        }
    }
}

/// How many characters a part of a pattern can take.
struct PythonRegexWidth: Hashable {
    /// At least.
    var low: UInt64
    /// At most; `unlimited` for any number.
    var high: UInt64

    /// Python's own bound of what is counted.
    static let unlimited: UInt64 = 4_294_967_295
    static let zero = PythonRegexWidth(low: 0, high: 0)
    static let one = PythonRegexWidth(low: 1, high: 1)

    /// One after the other; both are at most `unlimited`, so that no sum overflows.
    static func + (left: Self, right: Self) -> Self {
        Self(low: min(left.low + right.low, unlimited), high: min(left.high + right.high, unlimited))
    }

    /// One or the other.
    static func | (left: Self, right: Self) -> Self {
        Self(low: min(left.low, right.low), high: max(left.high, right.high))
    }

    /// Several times; the product of two such numbers fits 64 bits.
    func repeated(_ times: Self) -> Self {
        Self(low: min(low * times.low, Self.unlimited), high: min(high * times.high, Self.unlimited))
    }
}
