internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

extension RemovalPullRequests {
    /// What a sweep's proposals came to.
    struct Outcome: Hashable, Sendable {
        /// The pull request of each branch that was opened now.
        var numbers: [String: Int] = [:]
        /// Pull requests that were open before and were looked at.
        var driven: [Int] = []
        /// Branches of proposals that were not opened: enough is open, their group has an open one, or somebody else's
        /// commit is on the branch.
        var leftOut: [String] = []
        /// Pull requests that could not be brought to what they should be, and branches whose could not be opened.
        var failed: [String] = []

        /// Pull requests that were opened now.
        var opened: [Int] { numbers.values.sorted() }
    }

    /// For how long a sweep is gone on with because GitHub is in trouble, in seconds; what has failed for longer fails for a
    /// reason of its own, and must not keep the sweep from its end.
    private static let patienceSeconds = 6 * 3_600.0

    /// Brings the removal pull requests of a repository to what a sweep proposes.
    ///
    /// - Parameters:
    ///   - github: The repository.
    ///   - proposals: What it proposes; those that are open already name their pull request.
    ///   - report: What it found.
    /// - Returns: What was done, and what will fail again as far as one knows.
    /// - Throws: `GitHubError`, `StoreError`, and why a registry could not be read: what concerns all of them, and, once each
    ///   had its turn, the first failure of one that may be over soon. What was done by then is done.
    func reconcile(
        _ github: GitHubRepository, _ proposals: [RemovalProposal], _ report: SweepReport
    ) async throws -> Outcome {
        let ours = try await parts.github.account()
        let found = Dictionary(report.entries.map { ($0.selector, $0) }, uniquingKeysWith: { $1 })
        var progress = Progress()
        for removal in try await directory(of: github, ours).all() where removal.isOpen {
            var news = RemovalDrive.News(catchesUp: true)
            for selector in removal.record.entries.map(\.selector) { news.entries[selector] = found[selector] }
            let driven = try await attempt("#\(removal.number)", in: github) {
                try await drive(github, ours, removal.number, news)
            }
            if case .success = driven { progress.outcome.driven.append(removal.number.value) }
            progress.stands(removal.number, removal.record, driven)
        }
        let policy = try await policy(of: github)
        for proposal in proposals where proposal.openPullRequest == nil && !proposal.entries.isEmpty {
            guard policy.removals.enabled, progress.open.count < policy.removals.maxOpenPullRequests,
                !progress.isTaken(proposal)
            else {
                progress.outcome.leftOut.append(proposal.branch)
                continue
            }
            let opened = try await attempt(proposal.branch, in: github) {
                try await self.open(proposal, asOf: report.asOf, in: github, ours)
            }
            switch opened {
            case .success(let (record, number?)?):
                progress.outcome.numbers[proposal.branch] = number.value
                let driven = try await attempt("#\(number)", in: github) { () -> RemovalRecord? in
                    try await drive(github, ours, number, RemovalDrive.News()) ?? record
                }
                progress.stands(number, record, driven)
            case .success(let (record, nil)?): progress.stands(record)
            case .success(nil): break
            case .failure(is ForeignBranch): progress.outcome.leftOut.append(proposal.branch)
            case .failure(let error): progress.failed(proposal.branch, error)
            }
        }
        let isPatient = parts.now().timeIntervalSince(report.asOf) < Self.patienceSeconds
        if isPatient, let trouble = progress.trouble { throw trouble }
        return progress.outcome
    }

    /// How far pull requests were brought to what is proposed.
    private struct Progress {
        var outcome = Outcome()
        /// What those say that are open.
        private(set) var open: [RemovalRecord] = []
        /// The first failure that may be over soon.
        private(set) var trouble: (any Error)?

        /// Counts one that is open, as long as it takes something out.
        mutating func stands(_ record: RemovalRecord?) {
            if let record, !record.proposed.isEmpty { open.append(record) }
        }

        /// Counts one that was looked at.
        ///
        /// - Parameters:
        ///   - number: Its number.
        ///   - record: What it said before.
        ///   - driven: What it says by now, or why it could not be looked at.
        mutating func stands(
            _ number: IssueNumber, _ record: RemovalRecord, _ driven: Result<RemovalRecord?, any Error>
        ) {
            switch driven {
            case .success(let record): stands(record)
            case .failure(let error):
                failed("#\(number)", error)
                stands(record)
            }
        }

        mutating func failed(_ name: String, _ error: any Error) {
            outcome.failed.append(name)
            if trouble == nil, error.mayPass { trouble = error }
        }

        /// Whether the group of a proposal, or an entry of it, has an open pull request.
        func isTaken(_ proposal: RemovalProposal) -> Bool {
            let taken = Set(open.flatMap(\.proposed))
            return open.contains { $0.area == proposal.area } || !taken.isDisjoint(with: proposal.selectors)
        }
    }
}

extension Error {
    /// Whether the same may come off soon: GitHub or the disk is in trouble, and nothing is wrong with what was wanted.
    fileprivate var mayPass: Bool {
        switch self {
        case is StoreError: true
        case let error as GitHubError: error.kind == .unavailable || error.kind == .ambiguous
        default: false
        }
    }
}
