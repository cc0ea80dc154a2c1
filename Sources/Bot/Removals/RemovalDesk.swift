internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Carries out what people decide on a removal pull request: `/keep`, `/restore`, and the button of its check run.
struct RemovalDesk: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The pull request.
    let number: IssueNumber
    /// Who decides.
    let person: EventAccount

    /// The last day that something can be kept until: later ones are not read back.
    private static let lastDay = Date(timeIntervalSince1970: 4_102_358_400)

    /// Keeps an entry, or all that the pull request takes out; those of them that the person may decide about.
    ///
    /// - Parameters:
    ///   - selector: What to keep; nil for all.
    ///   - until: Until when; nil for as long as the policy says.
    /// - Returns: What to say about it.
    /// - Throws: `GitHubError`, `StoreError`, and why a registry could not be read.
    func keep(_ selector: Selector?, until: Date?) async throws -> CommandAnswer {
        guard let (pull, record, ours) = try await removal() else { return .nothingToRemove(.keep) }
        guard pull.state == .open else { return .removal(.notOpen(isMerged: pull.mergedAt != nil)) }
        let policy = try await parts.reader(of: github).policy(of: pull.base.branch).removals
        let now = parts.now().wholeSeconds
        if let until, until <= now { return .removal(.past(until)) }
        let day = min(until ?? now.addingTimeInterval(Double(policy.snoozeDays) * 86_400), Self.lastDay)
        // What the same person kept a moment ago is kept: the command may have been cut off before it was answered.
        let mine = record.entries.filter { entry in
            if case .kept(_, person.login?) = entry.standing { true } else { entry.standing == .proposed }
        }.map(\.selector)
        let wanted = selector.map { [$0] } ?? mine
        guard let first = wanted.first else { return .nothingToRemove(.keep) }
        guard Set(wanted).isSubset(of: mine) else { return .removal(.notProposed(first, proposed: record.proposed)) }
        let allowed: [Selector]
        switch try await permitted(wanted, pull, .keep) {
        case .success(let found): allowed = found
        case .failure(let refusal): return refusal.answer
        }
        let login = person.login
        let isOneDay = selector != nil && until != nil
        var news = RemovalDrive.News()
        news.decide = { record in
            for selector in allowed {
                switch record.entry(selector)?.standing {
                case .proposed: break
                // Whoever names an entry and a day means that day; the short word leaves an earlier one as it is.
                case .kept(_, login?) where isOneDay: break
                default: continue
                }
                record.set(.kept(until: day, by: login), for: selector)
            }
        }
        let after = try await RemovalPullRequests(parts: parts).drive(github, ours, number, news) ?? record
        let rest: RemovalAnswer.Rest =
            after.isFrozen ? .frozen : after.proposed.isEmpty ? .nothing : .more
        return .removal(.kept(allowed, until: day, rest: rest))
    }

    /// Keeps all that the pull request takes out, because somebody pressed the button, and says what came of it.
    ///
    /// - Parameter delivery: GitHub's name for that.
    /// - Throws: `GitHubError`, `StoreError`, and why a registry could not be read.
    func keepByButton(delivery: String) async throws {
        let marker = Marker(kind: "reply", fields: ["button": delivery])
        let writer = CommentWriter(
            github: github, number: number, ours: try await parts.github.account(), writes: parts.writes)
        if try await writer.hasReply(marker) { return }
        let answer = try await keep(nil, until: nil)
        let words = CommandReply(templates: parts.words.texts, texts: parts.words.rules)
        let command = WrittenCommand(line: "/keep", command: .keep(nil, until: nil, reason: nil))
        try await writer.reply(words.text(of: answer, to: command, marker: marker), marker)
    }

    /// Opens the pull request that puts back what this one took out, once it is merged.
    ///
    /// - Parameter selector: What to put back; nil for everything.
    /// - Returns: What to say about it.
    /// - Throws: `GitHubError`, `StoreError`, and why a registry could not be read.
    func restore(_ selector: Selector?) async throws -> CommandAnswer {
        guard let (pull, record, ours) = try await removal() else { return .nothingToRemove(.restore) }
        guard pull.mergedAt != nil else { return .removal(.notMerged(isOpen: pull.state == .open)) }
        let wanted = selector.map { [$0] } ?? record.entries.map(\.selector)
        let allowed: [Selector]
        switch try await permitted(wanted, pull, .restore) {
        case .success(let found): allowed = found
        case .failure(let refusal): return refusal.answer
        }
        let isAll = selector == nil && allowed.count == wanted.count
        let restoring = RemovalRestoring(parts: parts, github: github, ours: ours, pull: pull, record: record)
        let answer = try await restoring.restore(isAll ? nil : allowed, for: person.login)
        if case .restoring(let selectors, _, _) = answer {
            let now = parts.now().wholeSeconds
            var news = RemovalDrive.News()
            news.decide = { record in
                for selector in selectors { record.set(.restored(at: now), for: selector) }
            }
            _ = try await RemovalPullRequests(parts: parts).drive(github, ours, number, news)
        }
        return .removal(answer)
    }

    /// The pull request, where it is a removal of ours.
    private func removal() async throws -> (PullRequest, RemovalRecord, GitHubAccount)? {
        let ours = try await parts.github.account()
        let pull = try await github.pullRequests.get(number)
        guard pull.author?.id == ours.id, pull.head.branch.hasPrefix(RemovalRecord.branchPrefix) else { return nil }
        if let record = RemovalRecord(body: pull.body) { return (pull, record, ours) }
        let directory = RemovalDirectory(
            github: github, ours: ours, removals: parts.store.removals, now: parts.now)
        return try await directory.stored(number).map { (pull, $0, ours) }
    }

    // MARK: - Permission

    private struct Refusal: Error {
        let answer: CommandAnswer
    }

    /// About which entries the person may decide, as they stood before the removal.
    private func permitted(
        _ selectors: [Selector], _ pull: PullRequest, _ name: CommandTable.Name
    ) async throws -> Result<[Selector], Refusal> {
        let ground = RemovalGround(parts: parts, github: github)
        let policy = try await ground.reader.policy(of: try await ground.base(called: pull.base.branch).branch)
        let start = try await github.git.comparison(base: pull.base.sha, head: pull.head.sha).mergeBase
        let permission = RemovalPermission(github: github, registry: try await ground.read(start, policy).registry)
        let answer = try await permission.ask(for: person, about: selectors)
        if !answer.allowed.isEmpty { return .success(answer.allowed) }
        guard let usage = CommandTable.entries(of: name).first else { return .failure(Refusal(answer: .help)) }
        return .failure(Refusal(answer: answer.isUnknown ? .permissionUnknown(usage) : .notAllowed(usage)))
    }
}
