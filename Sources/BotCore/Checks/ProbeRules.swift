/// The rules that need a probe, and how they are run together.
public enum ProbeRules {
    /// All of them, in the order of the alphabet.
    public static let all: [any ProbeRule.Type] = []

    /// How a probed location breaks the rules, in the order of the rules.
    ///
    /// - Parameters:
    ///   - probed: The location and what is known of its entry.
    ///   - policy: The thresholds.
    /// - Returns: The findings, without those that another one makes pointless.
    public static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] { [] }
}
