/// What a removal takes out of a registry, as edits that are proven, and what it does not.
public struct RemovalPlan: Sendable {
    /// What was asked to go, and goes.
    public let selectors: [Selector]
    /// What was asked to go, and stays.
    public let refusals: [RemovalRefusal]
    /// Everything that goes, by file and line.
    public let removed: [RemovedItem]
    /// The edits, one a file, in the order of the paths; each was read again and means what it has to.
    public let edits: [FileEdit]
    /// What still names something that goes, in files that are not edited.
    public let notEdited: [UneditedReference]
    /// The files of the registry that the edits leave.
    let files: [RegistryFile]

    /// The registry without what goes.
    public func registry(policy: Policy) -> Registry { Registry(files: files, policy: policy) }
}

/// One thing that a removal takes out.
public struct RemovedItem: Hashable, Sendable {
    /// What names it; nil for a line of a dashboard group, a list of tabs or a file.
    public let selector: Selector?
    /// What it is, in words.
    public let words: String
    /// Where it stood.
    public let place: SourcePlace
    /// Whether it was named; everything else goes because of what was.
    public let isNamed: Bool
}

/// Something that names what goes, in a file that is not edited.
public struct UneditedReference: Hashable, Sendable {
    /// The file.
    public let path: String
    /// The line; nil where nobody knows.
    public let line: Int?
    /// What it names, and what to do.
    public let reason: String
}
