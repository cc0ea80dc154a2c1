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

    /// Whether a rule that judges each file by itself has to look at a file.
    ///
    /// What is wrong in a file that a change left alone was wrong before, and nobody is told of it again. Prow's jobs
    /// keep no text that could tell whether they were left alone: a rule that reads them reads all of them.
    ///
    /// - Parameter path: A file of `buckets.yaml` or of TestGrid's configuration.
    /// - Returns: Yes for every file where there is no change.
    func judges(_ path: String) -> Bool { change.map { $0.changedFiles.contains(ExactText(path)) } != false }
}
