/// Every rule there is.
public enum RuleCatalog {
    /// The rules that need nothing but the registry's files.
    public static let registryRules: [any RegistryRule.Type] =
        BucketRules.all + TestGridRules.all + RemovalRules.all + TextRules.all

    /// The rules that need a probe of Google Cloud Storage.
    public static let probeRules: [any ProbeRule.Type] = ProbeRules.all

    /// The rules that need what GitHub says of an entry's contact.
    public static let contactRules: [any ContactRule.Type] = ContactRules.all

    /// Every rule, in the order of the alphabet.
    public static let all: [any Rule.Type] =
        (registryRules.map { $0 as any Rule.Type } + probeRules.map { $0 as any Rule.Type }
        + contactRules.map { $0 as any Rule.Type }).sorted { $0.id < $1.id }

    /// The rule of a name.
    public static func rule(_ id: RuleID) -> (any Rule.Type)? { all.first { $0.id == id } }
}
