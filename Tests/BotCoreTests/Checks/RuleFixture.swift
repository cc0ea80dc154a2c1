import TestSupport
import Testing

@testable import BotCore

/// Files that break one rule once, and a twin of them that breaks none.
struct RuleFixture: Sendable, CustomTestStringConvertible {
    /// The rule.
    let rule: any RegistryRule.Type
    /// Texts by path, on which the rule fires exactly once, alone or with rules that it implies.
    let broken: [String: String]
    /// The same without the mistake.
    let clean: [String: String]

    var testDescription: String { rule.id.name }
}

/// A registry of texts by path, sorted into kinds as the default policy has it.
func registry(_ files: [String: String], policy: Policy = Policy()) -> Registry {
    let sorter = RegistryFileSorter(paths: policy.paths)
    let read = files.compactMap { path, text in
        sorter.kind(of: path).map { RegistryFile(path: path, kind: $0, bytes: Array(text.utf8)) }
    }
    return Registry(files: read, policy: policy)
}

/// What one rule finds in a list of buckets.
func findings(of rule: any RegistryRule.Type, in buckets: String) -> [Finding] {
    rule.findings(in: RegistryContext(registry: registry(["kettle/buckets.yaml": buckets]), policy: Policy()))
}

/// A list of buckets after a finding's correction, which must be there.
func mended(_ finding: Finding, in buckets: String) throws -> String {
    let fix = try #require(finding.fix)
    return String(decoding: fix.applied(to: SourceLines(Array(buckets.utf8))), as: UTF8.self)
}
