/// What the dashboard issue of a repository shows.
public struct DashboardContent: Sendable {
    /// The repository.
    public var repository: RepositoryName
    /// What a sweep found.
    public var report: SweepReport
    /// The pull requests that propose entries, by the entry.
    public var pullRequests: [Selector: Int]
    /// Where links lead.
    public var links: CheckLinks

    /// The content of a dashboard.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - report: What a sweep found.
    ///   - proposals: What it proposes.
    ///   - opened: The pull requests that were opened since, by their branches.
    ///   - links: Where links lead.
    public init(
        repository: RepositoryName, report: SweepReport, proposals: [RemovalProposal], opened: [String: Int],
        links: CheckLinks
    ) {
        self.repository = repository
        self.report = report
        self.links = links
        pullRequests = [:]
        for proposal in proposals {
            guard let number = proposal.openPullRequest ?? opened[proposal.branch] else { continue }
            for selector in proposal.selectors { pullRequests[selector] = number }
        }
    }
}
