extension Registry {
    /// Whether every file that can name a group or a dashboard could be read.
    ///
    /// Where one could not, nothing can be called undefined, unused or empty: it may be in that file.
    var isReadThroughout: Bool {
        !files.contains { [.testgrid, .testgridDefaults, .jobs].contains($0.kind) && $0.source.isUnreadable }
    }

    /// Whether the configuration is one file with defaults of its own, as it was until July 2019.
    ///
    /// Its loader dropped unknown keys without a word, and the tests of its day asked less of dashboard groups.
    var isOneFile: Bool {
        !files.contains { $0.kind == .testgridDefaults } && globalDefaults != nil
    }

    /// A test group by its name, if someone other than Kubernetes' own Prow writes its results.
    func externalGroup(named name: String) -> TestGroup? {
        guard let group = group(named: name), group.gcsPrefix?.isExternal == true else { return nil }
        return group
    }

    /// What mends lines of a file.
    func replacement(in path: String) -> LineReplacement? {
        file(at: path).map { LineReplacement($0.source.lines) }
    }
}
