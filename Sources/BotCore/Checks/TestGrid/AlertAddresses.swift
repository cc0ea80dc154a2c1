/// A list of addresses for alerts, where it is written.
struct AlertAddresses {
    /// The text: addresses separated by commas.
    let text: String
    /// Where the text stands.
    let place: SourcePlace
    /// The scalar; nil for an annotation of a Prow job, whose lines are not kept.
    let node: YAMLNode?
    /// What the alerts are about.
    let entry: Selector

    /// The addresses with the white space around them.
    var pieces: [Substring] { text.split(separator: ",", omittingEmptySubsequences: false) }
}

extension RegistryContext {
    /// Every list of addresses that is to be judged: of test groups, of tabs, of annotations, in the order of the files within each kind.
    var alertAddresses: [AlertAddresses] {
        func list(in node: YAMLNode?, _ item: some RegistryItem, _ entry: Selector) -> AlertAddresses? {
            guard let pair = node?.field("alert_mail_to_addresses"), let text = pair.value.text, !text.isEmpty else {
                return nil
            }
            return AlertAddresses(text: text, place: item.place(of: pair.span), node: pair.value, entry: entry)
        }
        let ofGroups = registry.groups.compactMap { group in
            judges(group.path) ? list(in: group.node, group, group.selector) : nil
        }
        let ofTabs = registry.dashboards.flatMap { dashboard in
            guard judges(dashboard.path) else { return [AlertAddresses]() }
            return dashboard.tabs.compactMap { list(in: $0.node.field("alert_options")?.value, $0, $0.selector) }
        }
        let ofJobs = registry.jobs.compactMap { job in
            job.annotations["testgrid-alert-email"].map {
                AlertAddresses(
                    text: $0.value, place: SourcePlace(path: job.path, line: $0.line), node: nil,
                    entry: .testGroup(job.name))
            }
        }
        return ofGroups + ofTabs + ofJobs
    }
}
