/// What a `RegistryRule` judges: a registry as it stands, and what a change made of it.
public struct RegistryContext: Sendable {
    /// The registry; with the change, where there is one.
    public let registry: Registry
    /// The repository's policy.
    public let policy: Policy
    /// What was changed; nil where the registry is judged as a whole.
    ///
    /// Rules about what is *new* then find nothing.
    public let change: RegistryChange?

    /// A context.
    public init(registry: Registry, policy: Policy, change: RegistryChange? = nil) {
        self.registry = registry
        self.policy = policy
        self.change = change
    }
}
