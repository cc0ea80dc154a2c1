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

extension Registry {
    /// Every list of addresses: of test groups, of tabs, of annotations, in the order of the files within each kind.
    var alertAddresses: [AlertAddresses] {
        func list(in node: YAMLNode?, _ item: some RegistryItem, _ entry: Selector) -> AlertAddresses? {
            guard let pair = node?.field("alert_mail_to_addresses"), let text = pair.value.text, !text.isEmpty else {
                return nil
            }
            return AlertAddresses(text: text, place: item.place(of: pair.span), node: pair.value, entry: entry)
        }
        let ofGroups = groups.compactMap { list(in: $0.node, $0, $0.selector) }
        let ofTabs = dashboards.flatMap { dashboard in
            dashboard.tabs.compactMap { list(in: $0.node.field("alert_options")?.value, $0, $0.selector) }
        }
        let ofJobs = jobs.compactMap { job in
            job.annotations["testgrid-alert-email"].map {
                AlertAddresses(
                    text: $0.value, place: SourcePlace(path: job.path, line: $0.line), node: nil,
                    entry: .testGroup(job.name))
            }
        }
        return ofGroups + ofTabs + ofJobs
    }
}
