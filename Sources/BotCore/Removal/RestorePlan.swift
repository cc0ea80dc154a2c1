/// What a removal did to one file.
public struct RemovedFile: Hashable, Sendable {
    /// The file.
    public let path: String
    /// What it held before; nil where the commit made it.
    public let before: [UInt8]?
    /// What it held afterwards; nil where the removal deleted it.
    public let after: [UInt8]?

    /// One file of a removal.
    public init(path: String, before: [UInt8]?, after: [UInt8]?) {
        self.path = path
        self.before = before
        self.after = after
    }
}

/// What puts back what was removed, as edits that are proven, and what cannot be put back.
public struct RestorePlan: Sendable {
    /// What comes back.
    public let selectors: [Selector]
    /// The edits, one a file, in the order of the paths.
    public let edits: [FileEdit]
    /// What is not put back, each with the reason.
    public let conflicts: [UneditedReference]
    /// What is there already, word for word.
    public let present: [Selector]
    /// The files of the registry that the edits leave.
    let files: [RegistryFile]
}

extension RestorePlan {
    /// Several plans, each on what the one before it left, as one.
    public static func joined(_ plans: [RestorePlan]) -> RestorePlan {
        var edits: [String: FileEdit] = [:]
        for edit in plans.flatMap(\.edits) {
            edits[edit.path] = FileEdit(
                from: edits[edit.path].map(\.old) ?? edit.old, to: edit.new ?? [], at: edit.path)
        }
        return RestorePlan(
            selectors: plans.flatMap(\.selectors), edits: edits.values.sorted { $0.path < $1.path },
            conflicts: plans.flatMap(\.conflicts), present: plans.flatMap(\.present), files: plans.last?.files ?? [])
    }
}

extension RestorePlanner {
    /// A planner for what a restoration leaves.
    public func after(_ plan: RestorePlan) -> RestorePlanner {
        RestorePlanner(registry: Registry(files: plan.files, policy: policy), policy: policy)
    }
}

extension RemovedFile {
    /// Whether files of one commit tell that it took an entry out.
    public static func removes(_ selector: Selector, _ files: [RemovedFile], policy: Policy) -> Bool {
        let sorter = RegistryFileSorter(paths: policy.paths)
        func registry(_ content: (RemovedFile) -> [UInt8]?) -> Registry {
            let read = files.compactMap { file -> RegistryFile? in
                guard let kind = sorter.kind(of: file.path), kind == .buckets || kind == .testgrid,
                    let bytes = content(file)
                else { return nil }
                return RegistryFile(path: file.path, kind: kind, bytes: bytes)
            }
            return Registry(files: read, policy: policy)
        }
        return registry(\.before).names(selector) && !registry(\.after).names(selector)
    }
}
