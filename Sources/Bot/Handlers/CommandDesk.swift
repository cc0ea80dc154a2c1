internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Persistence

/// Finds the answers to commands of one conversation.
struct CommandDesk: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The comment that holds the commands.
    let event: CommentEvent

    private var number: IssueNumber { IssueNumber(event.number) }

    /// What a command is answered.
    ///
    /// - Throws: `GitHubError`, `StoreError`.
    func answer(_ command: SlashCommand) async throws -> CommandAnswer {
        switch command {
        case .help: return .help
        case .misused(let misuse): return .misused(misuse)
        case .keep(let selector, let until, _):
            guard event.isPullRequest else { return .nothingToRemove(.keep) }
            return try await removals.keep(selector, until: until)
        case .restore(let selector):
            guard event.isPullRequest else { return .nothingToRemove(.restore) }
            return try await removals.restore(selector)
        case .checkBucket(nil): return try await everything()
        case .checkBucket(let subject?): return try await one(subject)
        }
    }

    private var removals: RemovalDesk {
        RemovalDesk(parts: parts, github: github, number: number, person: event.sender)
    }

    /// All that the pull request brings, with its comment and its check run.
    private func everything() async throws -> CommandAnswer {
        guard event.isPullRequest else { return .nothingToCheck }
        let reminder = PullRequestHandler.Reminder(
            repository: event.repository, installationID: event.installationID)
        let handler = PullRequestHandler(parts: parts, github: github, number: number, reminder: reminder)
        switch try await handler.look() {
        case .closed: return .closed
        case .untouched: return .nothingToCheck
        case .checked(let check, _): return check.hasSubject ? .checked(check) : .nothingToCheck
        case .movedOn: throw HeadMoves(number: event.number)
        }
    }

    // MARK: - One thing

    private func one(_ subject: CheckSubject) async throws -> CommandAnswer {
        let ground = try await ground()
        let target: ProbeTarget
        switch subject {
        case .selector(let selector):
            do {
                return .checked(try await check(try ground.targets(of: selector), on: ground))
            } catch let unknown as UnknownSelector {
                return .unknownEntry(unknown)
            }
        case .location(let location):
            if let named = ground.target(naming: location) {
                target = named
            } else {
                let usage = CommandTable.entries(of: .checkBucket).first { !$0.arguments.isEmpty }
                switch try await CommandPermission(github: github).ask(for: event.sender) {
                case .allowed: target = ProbeTarget(location: location)
                case .refused: return usage.map { .notAllowed($0) } ?? .help
                case .unknown: return usage.map { .permissionUnknown($0) } ?? .help
                }
            }
        }
        return .checked(try await check([target], on: ground))
    }

    /// The registries that a command may name something of.
    private func ground() async throws -> CommandGround {
        let reader = parts.reader(of: github)
        if event.isPullRequest {
            let pullRequest = try await github.pullRequests.get(number)
            if pullRequest.state == .open {
                let reading = try await reader.read(pullRequest)
                if let both = reading.registries {
                    return CommandGround(
                        registries: [both.head, both.base.registry], head: reading.head, policy: reading.policy,
                        pullRequest: pullRequest)
                }
            }
            let policy = try await reader.policy(of: pullRequest.base.branch)
            let base = try await reader.registry(of: try await tree(of: pullRequest.base.sha), policy)
            return CommandGround(
                registries: [base.registry], head: pullRequest.base.sha, policy: policy, pullRequest: pullRequest)
        }
        let branch = try await github.details().defaultBranch
        let policy = try await reader.policy(of: branch)
        let commit = try await github.git.ref("heads/\(branch)").object
        let base = try await reader.registry(of: try await tree(of: commit), policy)
        return CommandGround(registries: [base.registry], head: commit, policy: policy, pullRequest: nil)
    }

    private func tree(of commit: GitObjectID) async throws -> GitObjectID { try await github.git.commit(commit).tree }

    private func check(_ targets: [ProbeTarget], on ground: CommandGround) async throws -> PullRequestCheck {
        let now = parts.now()
        var check = PullRequestCheck(
            repository: github.name, number: event.number, headSHA: try ground.head.checked, asOf: now,
            links: parts.links)
        let selection = ProbeSelection(targets, limit: ground.policy.maxProbesPerPullRequest)
        check.counts.locationsLeftOut = selection.leftOutCount
        var comments: [IssueComment]?
        if ground.pullRequest != nil { comments = try await github.issueComments.list(on: number) }
        let questions = ContactQuestions(
            github: github, contacts: parts.store.contacts, author: ground.pullRequest?.author, comments: comments,
            now: now)
        let asked: [Selector: [AskedContact]]
        if let registry = ground.registries.first {
            asked = try await questions.ask(about: selection.targets.compactMap(\.entry), in: registry)
        } else {
            asked = [:]
        }
        let prober = LocationProber(storage: parts.storage, policy: ground.policy)
        let reports = try await prober.reports(on: selection.targets, now: now)
        for (target, reports) in zip(selection.targets, reports) {
            let judged = JudgedTarget(target, reports, ageDays: nil, now: now, policy: ground.policy)
            let contacts = target.entry.flatMap { asked[$0] } ?? []
            check.entries.append(
                CheckedEntry(
                    origin: .named, selector: target.entry, place: target.place, locations: judged.locations,
                    contacts: contacts))
            check.findings += judged.findings
            check.counts.requests += judged.requestCount
        }
        // Whether the contact has spoken matters to who adds the entry, not to who asks about it.
        check.findings += ContactRules.findings(on: check.entries.flatMap(\.contacts)).filter { $0.severity > .note }
        return check
    }
}

/// What commands of a conversation may name.
struct CommandGround: Sendable {
    /// Where names are looked up, the strongest first.
    let registries: [Registry]
    /// The commit of the first.
    let head: GitObjectID
    /// The policy of the base branch.
    let policy: Policy
    /// The pull request; nil in an issue.
    let pullRequest: PullRequest?

    /// What a selector names.
    ///
    /// - Throws: `UnknownSelector` where no registry has it.
    func targets(of selector: Selector) throws -> [ProbeTarget] {
        var first: UnknownSelector?
        for registry in registries {
            do {
                return try CheckScope.named([selector], in: registry).entries.compactMap(registry.probeTarget)
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
        return []
    }

    /// The entry that names a location, or a place above it; nil where none does.
    ///
    /// - Parameter location: What a person typed.
    /// - Returns: The entry's own target where it names just this, else the location as it was typed.
    func target(naming location: BucketLocation) -> ProbeTarget? {
        for registry in registries {
            for target in registry.entries.lazy.compactMap(registry.probeTarget) where !target.locations.isEmpty {
                if target.locations == [location] { return target }
            }
        }
        let isBelow = registries.contains { registry in
            registry.bucketEntry(covering: location) != nil
                || registry.groups(inBucket: location.bucket).contains { group in
                    group.gcsPrefix?.locations.contains { location.prefix.hasPrefix($0.prefix) } == true
                }
        }
        return isBelow ? ProbeTarget(location: location) : nil
    }
}

/// Commits are pushed faster than they are looked at.
struct HeadMoves: Error, CustomStringConvertible {
    let number: Int

    var description: String { "#\(number) moved each time it was looked at" }
}

extension PullRequestCheck {
    /// Whether anything was looked at.
    var hasSubject: Bool { !entries.isEmpty || !findings.isEmpty || !policyIssues.isEmpty || !unreadFiles.isEmpty }
}
