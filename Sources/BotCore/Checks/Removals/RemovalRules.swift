/// The rules about what a change takes away.
public enum RemovalRules {
    /// The rules, in the order of the rule table.
    public static let all: [any RegistryRule.Type] = [
        RemovalCascade.self,
        RemovalBucketStillUsed.self,
        RemovalBucketLeftover.self,
    ]
}
