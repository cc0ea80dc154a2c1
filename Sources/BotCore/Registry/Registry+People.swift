extension Registry {
    /// The file that something stands in; nil for what is not here, and for a tab that a Prow job adds.
    public func path(of selector: Selector) -> String? {
        switch selector {
        case .bucket(let key): buckets.first { $0.key.isExactly(key) }?.path
        case .testGroup(let name): group(named: name)?.path
        case .dashboard(let name): dashboard(named: name)?.path
        case .tab(let dashboard, let name):
            self.dashboard(named: dashboard)?.tabs.first { $0.name.isExactly(name) }?.path
        case .dashboardGroup(let name): dashboardGroup(named: name)?.path
        }
    }

    /// Whom to ask about something, strongest first; empty for what is not here.
    public func contacts(of selector: Selector) -> [Contact] {
        switch selector {
        case .bucket(let key): buckets.first { $0.key.isExactly(key) }.map { contacts(of: $0) } ?? []
        case .testGroup(let name): group(named: name).map { contacts(of: $0) } ?? []
        case .dashboard, .tab, .dashboardGroup: owners(of: selector)
        }
    }

    /// The approvers and reviewers of the nearest OWNERS file, aliases resolved; empty for what is not here.
    public func owners(of selector: Selector) -> [Contact] {
        path(of: selector).map { ContactResolver(registry: self).owners(of: $0) } ?? []
    }

    /// The OWNERS files that count for a file, the nearest first, up to one that leaves out those above it.
    func ownersFiles(above path: String) -> [OwnersFile] {
        var files: [OwnersFile] = []
        var directory = folder(of: path)
        while true {
            if let file = ownersFile(inFolder: directory) {
                files.append(file)
                if file.excludesParents { return files }
            }
            if directory.isEmpty { return files }
            directory = folder(of: directory)
        }
    }

    /// The approvers of an OWNERS file, aliases resolved.
    func approvers(of file: OwnersFile) -> [Contact] { ContactResolver(registry: self).approvers(of: file) }
}
