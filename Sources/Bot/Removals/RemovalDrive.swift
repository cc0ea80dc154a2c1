internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Logging
internal import Persistence

/// Brings one removal pull request to the state that it should have, whoever asks for it: an event, a command, a sweep.
///
/// It acts on what is: the pull request is read anew each time, and what its text says is written before anything is done
/// because of it. Doing it again comes out the same.
struct RemovalDrive: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// Our own account.
    let ours: GitHubAccount
    /// The pull request.
    let number: IssueNumber

    /// What is known beside what GitHub tells.
    struct News: Sendable {
        /// What a sweep found of its entries.
        var entries: [Selector: SweptEntry] = [:]
        /// Whether people who wait to be mentioned are mentioned where the week allows it.
        var catchesUp = false
        /// What a person decided just now.
        var decide: (@Sendable (inout RemovalRecord) -> Void)?
    }

    /// Looks at one pull request in one go: each look ends a step that the next one sees.
    private static let lookLimit = 4

    private var writer: RemovalWriter { RemovalWriter(github: github, ours: ours, writes: parts.writes) }
    private var commits: RemovalCommits { RemovalCommits(github: github, ours: ours, writes: parts.writes) }
    private var ground: RemovalGround { RemovalGround(parts: parts, github: github) }
    private var directory: RemovalDirectory {
        RemovalDirectory(github: github, ours: ours, removals: parts.store.removals, now: parts.now)
    }

    /// Does what has to be done.
    ///
    /// - Parameter news: What is known beside.
    /// - Returns: What the text says in the end; nil where it is no removal of ours.
    /// - Throws: `GitHubError`, `StoreError`, `RegistryTooLarge`, `UnreadableRegistry`, `ForeignBranch`.
    func run(_ news: News = News()) async throws -> RemovalRecord? {
        // Asked before the turn comes: many questions must not keep anybody's command waiting.
        let asked = news.catchesUp ? try await askedAgain() : nil
        return try await parts.removalTurn.withPermit {
            var news = news
            var isBuilt = false
            for _ in 0..<Self.lookLimit {
                guard var scene = try await look(news.decide) else { return nil }
                // GitHub may show the pull request a moment later than the branch.
                if isBuilt { scene.situation.branch = .fits }
                let result = try await act(on: scene, news, asked)
                if !result.hasChanged || parts.isDryRun {
                    if !parts.isDryRun { try await settle(scene.pull.head.branch) }
                    return result.record
                }
                isBuilt = isBuilt || result.steps.contains(.rebuild)
                news.decide = nil
            }
            throw RestlessRemoval(number: number)
        }
    }

    /// What GitHub says by now of those of whom nothing was known; nil where there is nobody to ask for.
    private func askedAgain() async throws -> ContactReach? {
        guard let record = try await directory.stored(number),
            record.contacts.contains(where: { $0.reach == .unknown && record.concerns($0) })
        else { return nil }
        var reach = try await ContactReach(github, ours: ours, parts: parts)
        try await reach.askAgain(for: record)
        return reach
    }

    // MARK: - Looking

    /// All that was read.
    private struct Scene {
        let pull: PullRequest
        let policy: Policy
        let base: RemovalGround.Reading
        /// Where the branch parted from the base; nil where the pull request is not open.
        let start: RemovalGround.Reading?
        /// The bot's commits on the branch, in order.
        let commits: [GitObjectID]
        var situation: RemovalSituation
    }

    private func look(_ decide: (@Sendable (inout RemovalRecord) -> Void)?) async throws -> Scene? {
        let pull = try await github.pullRequests.get(number)
        guard pull.author?.id == ours.id, pull.head.branch.hasPrefix(RemovalRecord.branchPrefix) else { return nil }
        var record = RemovalRecord(body: pull.body)
        if record == nil { record = try await directory.stored(number) }
        guard var record else { return nil }
        if let decide { decide(&record) }
        let newest = try await ground.base(called: pull.base.branch)
        let policy = try await ground.reader.policy(of: newest.branch)
        if record.hold == .pending, pull.state == .open { try await skipLabels(&record, policy.removals) }
        let base = try await ground.read(newest.commit, policy)
        let present = Set(record.entries.map(\.selector).filter(base.registry.names))
        var situation = RemovalSituation(
            record: record, decision: decision(of: pull), branch: .missing, hasForeignCommits: false,
            labels: Set(pull.labels), present: present, policy: policy.removals, now: parts.now())
        guard pull.state == .open else {
            if try await github.git.branch(pull.head.branch) != nil { situation.branch = .fits }
            return Scene(
                pull: pull, policy: policy, base: base, start: nil, commits: [], situation: situation)
        }
        let onBranch = try await github.pullRequests.commits(of: number)
        situation.hasForeignCommits = onBranch.contains { !commits.isOurs($0) }
        let mergeBase = try await github.git.comparison(base: base.commit, head: pull.head.sha).mergeBase
        let start = try await ground.read(mergeBase, policy)
        if let file = base.registry.blindSpot {
            // A broken file says nothing of what it holds: until it is mended nothing is withdrawn because of it.
            parts.logger.notice(
                "A removal pull request waits, since a file of its base cannot be read.",
                metadata: ["pull": "\(github.name)#\(number)", "file": "\(file.path)"])
            situation.present = Set(record.entries.map(\.selector))
            situation.branch = .fits
        } else {
            for selector in present { situation.readers[selector] = base.registry.readers(below: selector) }
            let head = try await ground.read(pull.head.sha, policy)
            situation.branch = try await branch(
                of: record, base: base, start: start, head: head, isMergeable: pull.isMergeable)
        }
        return Scene(
            pull: pull, policy: policy, base: base, start: start,
            commits: onBranch.filter(commits.isOurs).map(\.id), situation: situation)
    }

    private func decision(of pull: PullRequest) -> RemovalSituation.Decision {
        if let at = pull.mergedAt { return .merged(at: at) }
        return pull.state == .open ? .open : .closed(at: pull.closedAt ?? parts.now())
    }

    /// Whether the branch takes out what it should: what stays is there at its head, and what goes is not.
    private func branch(
        of record: RemovalRecord, base: RemovalGround.Reading, start: RemovalGround.Reading,
        head: RemovalGround.Reading, isMergeable: Bool?
    ) async throws -> RemovalSituation.Branch {
        // What stands on the newest commit conflicts with nothing, whatever GitHub found before it was there.
        if start.commit != base.commit {
            if isMergeable == false { return .conflicts }
            // Lines that merge may still leave something behind, as a tab that shows what goes since yesterday.
            guard try await whatGoes(with: record, from: start) == whatGoes(with: record, from: base) else {
                return .differs
            }
        }
        let proposed = Set(record.proposed)
        let fits = record.entries.allSatisfy { entry in
            let isThere = head.registry.names(entry.selector)
            return proposed.contains(entry.selector) ? !isThere : isThere == start.registry.names(entry.selector)
        }
        return fits ? .fits : .differs
    }

    /// Everything that has to go from a commit for what is proposed to go, each with its file.
    private func whatGoes(with record: RemovalRecord, from ground: RemovalGround.Reading) async throws -> Set<[String]>
    {
        let planner = try await self.ground.planner(on: ground, ground.policy)
        let removed = try planner.plan(record.proposed.filter(ground.registry.names)).removed
        return Set(removed.map { [$0.place.path, $0.selector?.description ?? $0.words] })
    }

    private func skipLabels(_ record: inout RemovalRecord, _ policy: RemovalPolicy) async throws {
        let wanted = policy.labels + [record.holdLabel ?? policy.holdLabel]
        let known = Set(try await github.labels.known(wanted))
        record.skippedLabels = wanted.filter { !known.contains($0) }
    }

    /// Says of what was cut off before that it stands: nothing is left to do.
    private func settle(_ branch: String) async throws {
        try await writer.settle(number, branch: branch)
        try await parts.writes.settle(commits.key(of: branch)) { _ in .init(remoteID: branch, isSame: true) }
    }

    // MARK: - Acting

    private func act(on scene: Scene, _ news: News, _ asked: ContactReach?) async throws -> RemovalSteps {
        var scene = scene
        let before = RemovalRecord(body: scene.pull.body)
        let marked = scene.situation.record
        if scene.base.registry.blindSpot == nil { scene.situation.news = news.entries }
        var result = scene.situation.steps()
        var rebuilt: RemovalBuild?
        if result.steps.contains(.rebuild) {
            let build = try await build(result.record.proposed, scene)
            if !build.refused.isEmpty {
                // What cannot be taken out any more is held, and what is left is looked at again.
                for selector in build.refused {
                    scene.situation.record.set(.held(at: parts.now().wholeSeconds), for: selector)
                }
                result = scene.situation.steps()
            }
            if result.steps.contains(.rebuild) { rebuilt = build }
        }
        if news.catchesUp, scene.pull.state == .open {
            // Only what is still taken out after that is a reason to mention somebody.
            scene.situation.record.contacts = try await pings(scene.policy.removals, asked)
                .caughtUp(result.record, now: parts.now().wholeSeconds).contacts
            result = scene.situation.steps()
        }
        try await write(result.record, before, rebuilt, scene)
        // What is only shown has mentioned nobody.
        if !parts.isDryRun {
            try await directory.note(result.record, number: number, isOpen: scene.pull.state == .open)
            try await directory.forgetMentions(of: marked, notIn: result.record, number: number)
        }
        for step in result.steps { try await carryOut(step, result.record, rebuilt, scene) }
        return result
    }

    /// Who decides about mentions of those who waited, and of those whom GitHub has told us of only now.
    private func pings(_ policy: RemovalPolicy, _ asked: ContactReach?) async throws -> RemovalPings {
        RemovalPings(
            recentPings: try await directory.recentPings(), perWeek: policy.pingsPerPersonPerWeek,
            presence: asked?.presence ?? [:], teamNames: asked?.teamNames ?? [:])
    }

    /// Plans what is left to take out from the newest commit of the base branch, and stores the commits.
    private func build(_ selectors: [Selector], _ scene: Scene) async throws -> RemovalBuild {
        let planner = try await ground.planner(on: scene.base, scene.policy)
        return try await RemovalBuild.make(
            selectors, planner: planner, base: scene.base, ground: ground,
            store: parts.isDryRun
                ? nil : .init(commits: commits, messages: CommitMessages(templates: parts.words.texts)))
    }

    /// Writes the text where it says something new.
    private func write(
        _ record: RemovalRecord, _ before: RemovalRecord?, _ rebuilt: RemovalBuild?, _ scene: Scene
    ) async throws {
        guard record != before || rebuilt != nil else { return }
        let text = RemovalText(templates: parts.words.texts)
        guard scene.start != nil else {
            return try await writer.write(
                PullRequestChange(body: text.body(scene.pull.body, saying: record)), to: number)
        }
        var plans = rebuilt?.plans
        if plans == nil, let start = scene.start {
            let planner = try await ground.planner(on: start, scene.policy)
            plans = try planner.contributions(
                record.proposed.filter(start.registry.names), commitPer: scene.policy.removals.commitPer)
        }
        let onBranch = rebuilt?.commits ?? (plans?.plans.count == scene.commits.count ? scene.commits : [])
        let content = RemovalContent(
            record: record, plans: plans, commits: try onBranch.map { try $0.checked },
            surroundings: .init(
                repository: github.name, links: parts.links, policy: scene.policy.removals))
        // A title that a person wrote stays, as long as it is about the same.
        let isSame = before?.proposed == record.proposed || record.proposed.isEmpty
        try await writer.write(
            PullRequestChange(title: isSame ? nil : text.title(of: record), body: text.body(of: content)), to: number)
    }

    private func carryOut(
        _ step: RemovalStep, _ record: RemovalRecord, _ rebuilt: RemovalBuild?, _ scene: Scene
    ) async throws {
        let comments = RemovalComments(templates: parts.words.texts)
        switch step {
        case .rebuild:
            guard let rebuilt else { return }
            guard let head = rebuilt.commits.last else {
                return try await commits.show(scene.pull.head.branch, rebuilt.plans)
            }
            try await commits.point(scene.pull.head.branch, to: head)
        case .setLabels(let labels): try await writer.setLabels(labels, on: number)
        case .releaseHold(let label): try await writer.removeLabel(label, from: number)
        case .ping:
            let times = Set(record.contacts.compactMap(\.pingedAt)).sorted()
            for at in times {
                guard let comment = comments.ping(record, at: at, policy: scene.policy.removals) else { continue }
                try await writer.say(comment, on: number)
            }
        case .sayFrozen: try await writer.say(comments.frozen(record), on: number)
        case .sayEmpty: try await writer.say(comments.empty(record), on: number)
        case .close: try await writer.write(PullRequestChange(state: .closed), to: number)
        case .deleteBranch:
            // A list that GitHub brings up to date late may have let a new one take the branch of this.
            if let open = try await writer.find(scene.pull.head.branch), open.number != number { return }
            try await commits.delete(scene.pull.head.branch)
        }
    }
}

extension RemovalSteps {
    /// Whether something was done that the next look sees.
    fileprivate var hasChanged: Bool {
        steps.contains { step in
            switch step {
            case .setLabels, .releaseHold, .rebuild: true
            case .ping, .sayFrozen, .sayEmpty, .close, .deleteBranch: false
            }
        }
    }
}

/// A pull request that is another one each time it is looked at.
struct RestlessRemoval: Error, CustomStringConvertible {
    let number: IssueNumber

    var description: String { "#\(number) had something left to do each time it was looked at" }
}

extension Date {
    /// The moment without what a marker does not keep.
    var wholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
