/// Finds whom to ask about an entry.
///
/// Order: `contact` of `buckets.yaml`, the comment above the run of groups, the tabs' descriptions, the alert
/// addresses, the nearest OWNERS file. Contacts from every source are given, strongest first.
/// Source: the process page asks for a point of contact; where it has really been written decides the order.
struct ContactResolver {
    let registry: Registry

    /// The contacts of a test group.
    func contacts(of group: TestGroup) -> [Contact] {
        let tabs = registry.tabs(showing: group.name)
        var found = bucketContacts(for: group.gcsPrefix)
        found += commentContacts(group)
        found += tabs.flatMap(descriptionContacts)
        found += alertContacts(group, key: "alert_mail_to_addresses")
        for tab in tabs {
            guard let options = tab.node.field("alert_options")?.value else { continue }
            found += addresses(options.field("alert_mail_to_addresses"), path: tab.path)
        }
        found += owners(of: group.path)
        return unique(found)
    }

    /// The contacts of an entry of `buckets.yaml`.
    func contacts(of entry: BucketEntry) -> [Contact] {
        unique(contact(of: entry) + owners(of: entry.path))
    }

    /// The approvers and reviewers of the nearest OWNERS file that names any, aliases resolved.
    func owners(of path: String) -> [Contact] {
        for file in registry.ownersFiles(above: path) {
            let people = (file.approvers + file.reviewers).flatMap { resolve($0, path: file.path) }
            if !people.isEmpty { return people }
        }
        return []
    }

    /// The approvers of an OWNERS file, aliases resolved.
    func approvers(of file: OwnersFile) -> [Contact] {
        unique(file.approvers.flatMap { resolve($0, path: file.path) })
    }

    // MARK: - One source each

    private func bucketContacts(for prefix: GCSPrefix?) -> [Contact] {
        prefix?.locations.flatMap { location in registry.bucketEntry(covering: location).map(contact(of:)) ?? [] } ?? []
    }

    private func contact(of entry: BucketEntry) -> [Contact] {
        guard let text = entry.contact else { return [] }
        let place = entry.place(of: "contact")
        let bare = text.trimmingWhitespace()
        if ContactText.isLogin(bare) { return [Contact(kind: .login, value: bare, source: .bucketsYAML, place: place)] }
        return ContactText.names(in: bare).map {
            Contact(kind: $0.kind, value: $0.value, source: .bucketsYAML, place: place)
        }
    }

    private func commentContacts(_ group: TestGroup) -> [Contact] {
        registry.sectionComments(of: group).flatMap { path, comment in
            ContactText.names(in: comment.text).map {
                Contact(
                    kind: $0.kind, value: $0.value, source: .comment,
                    place: SourcePlace(path: path, line: comment.line, column: comment.column))
            }
        }
    }

    private func descriptionContacts(_ tab: DashboardTab) -> [Contact] {
        ContactText.names(in: tab.node.fieldText("description") ?? "").map {
            Contact(kind: $0.kind, value: $0.value, source: .description, place: tab.place(of: "description"))
        }
    }

    private func alertContacts(_ item: some RegistryItem, key: String) -> [Contact] {
        addresses(item.node.field(key), path: item.path)
    }

    private func addresses(_ pair: YAMLPair?, path: String) -> [Contact] {
        guard let pair, let list = pair.value.text else { return [] }
        let place = SourcePlace(path: path, line: pair.span.startLine, column: pair.span.startColumn)
        return list.split(separator: ",").map { $0.trimmingWhitespace() }.filter { ContactText.isAddress($0) }.map {
            Contact(kind: .email, value: $0, source: .alert, place: place)
        }
    }

    private func resolve(_ owner: OwnersFile.Owner, path: String) -> [Contact] {
        let names = registry.ownersAliases[owner.name.lowercased()] ?? [owner.name]
        return names.filter { ContactText.isLogin($0) }.map {
            Contact(kind: .login, value: $0, source: .owners, place: SourcePlace(path: path, line: owner.line))
        }
    }

    private func unique(_ contacts: [Contact]) -> [Contact] {
        var seen: Set<String> = []
        return contacts.filter { seen.insert("\($0.kind.rawValue):\($0.value.lowercased())").inserted }
    }
}
