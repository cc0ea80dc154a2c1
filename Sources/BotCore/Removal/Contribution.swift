/// Entries of one area that share a bucket and a contact: what one commit takes out, so that it can be reverted alone.
public struct Contribution: Hashable, Sendable {
    /// The folder of the nearest OWNERS file; empty for the root of the tree.
    public let area: String
    /// The bucket that its results lie in; nil where nobody knows.
    public let bucket: String?
    /// The strongest contact; nil where there is none.
    public let contact: Contact?
    /// The entries, in the order in which they were named.
    public internal(set) var selectors: [Selector]

    /// Sorts entries into contributions.
    ///
    /// - Parameters:
    ///   - selectors: What goes.
    ///   - registry: The registry before.
    /// - Returns: The contributions, in the order of the first entry of each.
    public static func contributions(of selectors: [Selector], in registry: Registry) -> [Contribution] {
        var contributions: [Contribution] = []
        for selector in selectors {
            let key = registry.contribution(of: selector)
            let index = contributions.firstIndex { each in
                each.area == key.area && each.bucket == key.bucket && each.contact?.kind == key.contact?.kind
                    && each.contact?.value.lowercased() == key.contact?.value.lowercased()
            }
            if let index { contributions[index].selectors.append(selector) } else { contributions.append(key) }
        }
        return contributions
    }

    /// The same a contribution an entry.
    var single: [Contribution] {
        selectors.map { Contribution(area: area, bucket: bucket, contact: contact, selectors: [$0]) }
    }
}

extension Registry {
    /// The contribution of one entry alone.
    fileprivate func contribution(of selector: Selector) -> Contribution {
        switch selector {
        case .bucket(let key):
            let entry = buckets.first { $0.key.isExactly(key) }
            return Contribution(
                area: area(of: entry?.path), bucket: entry?.location?.bucket,
                contact: entry.flatMap { contacts(of: $0).first }, selectors: [selector])
        case .testGroup(let name):
            return contribution(of: selector, path: group(named: name)?.path, showing: name)
        case .dashboard(let name):
            let dashboard = dashboard(named: name)
            return contribution(of: selector, path: dashboard?.path, showing: dashboard?.tabs.first?.testGroupName)
        case .tab(let dashboardName, let name):
            let tab = dashboard(named: dashboardName)?.tabs.first { $0.name.isExactly(name) }
            return contribution(of: selector, path: tab?.path, showing: tab?.testGroupName)
        case .dashboardGroup(let name):
            return contribution(of: selector, path: dashboardGroup(named: name)?.path, showing: nil)
        }
    }

    private func contribution(of selector: Selector, path: String?, showing name: String?) -> Contribution {
        let group = name.flatMap { self.group(named: $0) }
        let owner = path.flatMap { ContactResolver(registry: self).owners(of: $0).first }
        return Contribution(
            area: area(of: path), bucket: group?.gcsPrefix?.bucket,
            contact: group.flatMap { contacts(of: $0).first } ?? owner, selectors: [selector])
    }

    /// The folder of the nearest OWNERS file at or above a file.
    private func area(of path: String?) -> String {
        guard let path else { return "" }
        var directory = folder(of: path)
        while !directory.isEmpty, ownersFile(inFolder: directory) == nil { directory = folder(of: directory) }
        return directory
    }
}
