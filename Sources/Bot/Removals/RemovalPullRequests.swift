internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Logging
internal import Persistence

/// The removal pull requests of repositories: what they say of entries, and bringing them to what a sweep proposes.
struct RemovalPullRequests: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts

    /// For how long a merged removal is watched for being taken back, in days.
    private static let watchedDays = 400.0

    /// What people decided about the entries of a repository, and what is proposed already.
    ///
    /// It is read from GitHub, where every decision stands in our own pull requests; what was closed, merged or taken back
    /// since is written down on the way. Where that does not come off, the entries are held back: they may just have been
    /// put back.
    ///
    /// - Parameter github: The repository.
    /// - Returns: The standings.
    /// - Throws: `GitHubError`, `StoreError`.
    func standings(of github: GitHubRepository) async throws -> EntryStandings {
        let ours = try await parts.github.account()
        let policy = try await policy(of: github).removals
        let followed = try await followed(github, ours)
        let known = followed.removals.map { removal in
            KnownRemoval(
                number: removal.number.value, isOpen: removal.isOpen, record: removal.record,
                isUnsettled: followed.failures[removal.number] != nil)
        }
        return EntryStandings(known, snoozeDays: policy.snoozeDays)
    }

    /// Does what concerns one removal; what goes wrong there is told, and keeps no other from its turn.
    func attempt<Value>(
        _ name: String, in github: GitHubRepository, _ step: () async throws -> Value
    ) async throws -> Result<Value, any Error> {
        do {
            return .success(try await step())
        } catch let error as CancellationError {
            throw error
        } catch let error as GitHubError where error.isLimit {
            throw error
        } catch let error as ForeignBranch {
            parts.logger.notice(
                "A removal is left alone.",
                metadata: ["repository": "\(github.name)", "removal": "\(name)", "reason": "\(error)"])
            return .failure(error)
        } catch {
            parts.logger.error(
                "A removal could not be brought to what it should be.",
                metadata: ["repository": "\(github.name)", "removal": "\(name)", "reason": "\(error)"])
            return .failure(error)
        }
    }

    /// What a look at all pull requests came to.
    struct Look: Sendable {
        /// Those that are open.
        var open: [Int] = []
        /// Why the first that could not be brought to what it should be could not; the log has each.
        var failure: (any Error)?
    }

    /// Looks at every pull request that something may have to be done about, without news of a sweep.
    ///
    /// - Parameter github: The repository.
    /// - Returns: What it came to.
    /// - Throws: `GitHubError` and `StoreError` where it concerns all of them; what was done by then is done.
    func lookAtAll(of github: GitHubRepository) async throws -> Look {
        let ours = try await parts.github.account()
        let followed = try await followed(github, ours)
        var look = Look(failure: followed.removals.lazy.compactMap { followed.failures[$0.number] }.first)
        for removal in followed.removals where removal.isOpen {
            look.open.append(removal.number.value)
            let result = try await attempt("#\(removal.number)", in: github) {
                try await drive(github, ours, removal.number, RemovalDrive.News(catchesUp: true))
            }
            if case .failure(let error) = result { look.failure = look.failure ?? error }
        }
        return look
    }

    /// Looks at one pull request again, as after an event.
    ///
    /// - Returns: What its text says; nil where it is no removal of ours.
    func drive(_ github: GitHubRepository, _ number: IssueNumber) async throws -> RemovalRecord? {
        try await drive(github, try await parts.github.account(), number, RemovalDrive.News())
    }

    func drive(
        _ github: GitHubRepository, _ ours: GitHubAccount, _ number: IssueNumber, _ news: RemovalDrive.News
    ) async throws -> RemovalRecord? {
        try await RemovalDrive(parts: parts, github: github, ours: ours, number: number).run(news)
    }

    func directory(of github: GitHubRepository, _ ours: GitHubAccount) -> RemovalDirectory {
        RemovalDirectory(github: github, ours: ours, removals: parts.store.removals, now: parts.now)
    }

    func policy(of github: GitHubRepository) async throws -> Policy {
        try await parts.reader(of: github).policy(of: try await github.details().defaultBranch)
    }

    // MARK: - What was decided

    /// All removals, once those of which an event was missed were looked at, and why some of these could not be.
    private func followed(
        _ github: GitHubRepository, _ ours: GitHubAccount
    ) async throws -> (removals: [RemovalDirectory.Listed], failures: [IssueNumber: any Error]) {
        let directory = directory(of: github, ours)
        var all = try await directory.all()
        var failures: [IssueNumber: any Error] = [:]
        var bases: [String: Registry] = [:]
        for index in all.indices where !all[index].isOpen {
            let removal = all[index]
            let result = try await attempt("#\(removal.number)", in: github) { () -> RemovalRecord? in
                guard try await isNews(removal, in: github, &bases) else { return nil }
                return try await drive(github, ours, removal.number, RemovalDrive.News())
            }
            switch result {
            case .success(let record?):
                all[index] = RemovalDirectory.Listed(
                    number: removal.number, isOpen: false, isMerged: removal.isMerged, record: record)
            case .success(nil): break
            case .failure(let error): failures[removal.number] = error
            }
        }
        return (all, failures)
    }

    /// Whether something has become of a removal that has ended, of which its record says nothing; `bases` are the
    /// registries of branches that were read.
    private func isNews(
        _ removal: RemovalDirectory.Listed, in github: GitHubRepository, _ bases: inout [String: Registry]
    ) async throws -> Bool {
        if removal.record.entries.contains(where: { $0.standing == .proposed }) { return true }
        let watched = removal.record.entries.filter(isWatched)
        guard !watched.isEmpty else { return false }
        let branch = removal.record.base
        let base = if let known = bases[branch] { known } else { try await registry(github, branch) }
        bases[branch] = base
        return watched.contains { base.names($0.selector) }
    }

    /// Whether it is worth knowing that an entry is back.
    func isWatched(_ entry: RecordedEntry) -> Bool {
        guard case .removed(let at) = entry.standing else { return false }
        return parts.now().timeIntervalSince(at) < Self.watchedDays * 86_400
    }

    private func registry(_ github: GitHubRepository, _ branch: String) async throws -> Registry {
        let ground = RemovalGround(parts: parts, github: github)
        let base = try await ground.base(called: branch)
        return try await ground.read(base.commit, try await ground.reader.policy(of: base.branch)).registry
    }

    // MARK: - Opening

    /// Opens the pull request of a proposal; labels and mentions are left to the look at it that follows.
    ///
    /// - Returns: Its record, and its number where it is not a dry run; nil where nothing can be taken out by now.
    func open(
        _ proposal: RemovalProposal, asOf: Date, in github: GitHubRepository, _ ours: GitHubAccount
    ) async throws -> (record: RemovalRecord, number: IssueNumber?)? {
        let ground = RemovalGround(parts: parts, github: github)
        let branch = try await github.details().defaultBranch
        let policy = try await ground.reader.policy(of: branch)
        let base = try await ground.read(try await github.git.ref("heads/\(branch)").object, policy)
        let planner = try await ground.planner(on: base, policy)
        let commits = RemovalCommits(github: github, ours: ours, writes: parts.writes)
        let candidates = proposal.entries.prefix(policy.removals.maxEntriesPerPullRequest)
        func contacts(of entry: SweptEntry) -> [Contact] {
            entry.contacts.isEmpty ? base.registry.contacts(of: entry.selector) : entry.contacts
        }
        let fitting = RemovalRecord.fitting(
            candidates.map(RecordedEntry.init), contacts: candidates.map(contacts),
            readers: base.registry.readers(below:))
        let build = try await RemovalBuild.make(
            fitting.map(\.selector), planner: planner, base: base, ground: ground,
            store: parts.isDryRun
                ? nil : .init(commits: commits, messages: CommitMessages(templates: parts.words.texts)))
        let selectors = Set(build.plans.whole.selectors)
        let entries = candidates.filter { selectors.contains($0.selector) }
        guard !entries.isEmpty, !build.plans.plans.isEmpty else { return nil }
        let now = parts.now().wholeSeconds
        var record = RemovalRecord(
            area: proposal.area, key: proposal.key, base: branch, groupBy: proposal.groupBy,
            isGroupingForced: proposal.isGroupingForced, asOf: asOf.wholeSeconds,
            confirmations: entries.map(\.confirmations.seen).min() ?? 1,
            holdUntil: now.addingTimeInterval(Double(policy.removals.holdDays) * 86_400),
            entries: entries.map(RecordedEntry.init))
        record.holdLabel = policy.removals.holdLabel
        var reach = try await ContactReach(github, ours: ours, parts: parts)
        let people = try await reach.ask(entries.map(contacts))
        // Whom this week has seen is read and written in one turn, so that no two count on the same mention.
        let number = try await parts.removalTurn.withPermit {
            let directory = directory(of: github, ours)
            let pings = RemovalPings(
                recentPings: try await directory.recentPings(),
                perWeek: policy.removals.pingsPerPersonPerWeek, presence: reach.presence)
            record.contacts = pings.contacts(people, now: now)
            let content = RemovalContent(
                record: record, plans: build.plans, commits: try build.commits.map { try $0.checked },
                surroundings: .init(repository: github.name, links: parts.links, policy: policy.removals))
            let number = try await open(content, build, commits, github, ours)
            if let number { try await directory.note(record, number: number, isOpen: true) }
            return number
        }
        return (record, number)
    }

    private func open(
        _ content: RemovalContent, _ build: RemovalBuild, _ commits: RemovalCommits, _ github: GitHubRepository,
        _ ours: GitHubAccount
    ) async throws -> IssueNumber? {
        let text = RemovalText(templates: parts.words.texts)
        let record = content.record
        let draft = PullRequestDraft(
            title: text.title(of: record), body: text.body(of: content), head: record.branch, base: record.base)
        if let head = build.commits.last {
            try await commits.point(record.branch, to: head)
        } else {
            try await commits.show(record.branch, build.plans)
        }
        let writer = RemovalWriter(github: github, ours: ours, writes: parts.writes)
        let number = try await writer.open(draft)
        if number == nil {
            let comments = RemovalComments(templates: parts.words.texts)
            for at in Set(record.contacts.compactMap(\.pingedAt)) {
                guard let comment = comments.ping(record, at: at, policy: content.surroundings.policy) else { continue }
                try await writer.show(comment, on: record.branch)
            }
        }
        return number
    }
}
