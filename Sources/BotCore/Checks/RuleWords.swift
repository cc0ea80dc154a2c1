/// What a finding says to the person who can mend it.
public struct RuleWords: Hashable, Sendable {
    /// What is wrong here, in one sentence.
    public let what: String
    /// Who is hurt by it, and how.
    public let why: String
    /// What to do; lines or commands to copy stand on lines of their own, indented.
    public let fix: String

    /// Words.
    public init(what: String, why: String, fix: String) {
        self.what = what
        self.why = why
        self.fix = fix
    }

    /// What is wrong and what to do, in one line and without lines to copy.
    var sentences: String {
        let steps = fix.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix(" ") }
        return ([what[...]] + steps).joined(separator: " ")
    }
}
