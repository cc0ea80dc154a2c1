/// A new folder of TestGrid configuration that nobody owns.
enum TestGridOwnersMissing: RegistryRule {
    static let id: RuleID = "tg-owners-missing"
    static let severity = Severity.warning
    static let source = "the header of config/testgrids/config.yaml in kubernetes/test-infra"
    static let example = """
        config/testgrids/acme/acme.yaml is new, and there is no config/testgrids/acme/OWNERS.
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let change = context.change else { return [] }
        let known = Set(change.base.files.filter(isConfiguration).map { folder(of: $0.path) })
        var seen: Set<String> = []
        return context.registry.files.filter(isConfiguration).compactMap { file in
            let directory = folder(of: file.path)
            guard !known.contains(directory), seen.insert(directory).inserted,
                !hasOwners(directory, in: context.registry)
            else { return nil }
            return finding(
                at: SourcePlace(path: file.path, line: 1), about: nil, ["path": file.path, "folder": directory])
        }
    }

    private static func isConfiguration(_ file: RegistryFile) -> Bool { file.kind == .testgrid }

    /// Whether the folder or one between it and the root of the configuration, whose owners are the maintainers,
    /// has an OWNERS file.
    private static func hasOwners(_ directory: String, in registry: Registry) -> Bool {
        let root = registry.globalDefaults.map { folder(of: $0.path) } ?? ""
        // What lies at the root itself is no folder of somebody's.
        if directory == root { return true }
        var directory = directory
        while !directory.isEmpty, directory != root {
            if registry.ownersFile(inFolder: directory) != nil { return true }
            // Where nothing says where the configuration starts, only the folder's own file counts.
            if root.isEmpty { return false }
            directory = folder(of: directory)
        }
        return false
    }
}
