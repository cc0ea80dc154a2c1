public import struct Foundation.Date

/// A removal pull request as it is now, with all that decides what has to be done about it.
public struct RemovalSituation: Sendable {
    /// Whether it is decided.
    public enum Decision: Hashable, Sendable {
        /// It is open.
        case open
        /// It was closed without being merged, at that time.
        case closed(at: Date)
        /// It was merged, at that time.
        case merged(at: Date)
    }

    /// What the branch holds, compared with what it should hold.
    public enum Branch: Hashable, Sendable {
        /// It takes out just what is proposed.
        case fits
        /// It takes out more, or less.
        case differs
        /// It cannot be merged as it is.
        case conflicts
        /// There is none.
        case missing
    }

    /// What its text says.
    public var record: RemovalRecord
    /// Whether it is decided.
    public var decision: Decision
    /// What the branch holds.
    public var branch: Branch
    /// Whether somebody else's commit is on the branch.
    public var hasForeignCommits: Bool
    /// Its labels.
    public var labels: Set<String>
    /// Which of its entries the base branch has.
    public var present: Set<Selector>
    /// The test groups that the base branch has below each of its entries of `buckets.yaml`.
    public var readers: [Selector: [Selector]] = [:]
    /// What a sweep found of its entries just now; empty where none ran.
    public var news: [Selector: SweptEntry] = [:]
    /// The repository's policy.
    public var policy: RemovalPolicy
    /// The present.
    public var now: Date

    /// A situation without news.
    public init(
        record: RemovalRecord, decision: Decision, branch: Branch, hasForeignCommits: Bool, labels: Set<String>,
        present: Set<Selector>, policy: RemovalPolicy, now: Date
    ) {
        self.record = record
        self.decision = decision
        self.branch = branch
        self.hasForeignCommits = hasForeignCommits
        self.labels = labels
        self.present = present
        self.policy = policy
        self.now = now
    }
}

/// One thing to do so that a removal pull request becomes what it should be.
public enum RemovalStep: Hashable, Sendable {
    /// Make the branch anew on the newest commit of the base branch, with what is still proposed.
    case rebuild
    /// Set the labels that a new pull request gets; the hold label is among them.
    case setLabels([String])
    /// Take the hold label off.
    case releaseHold(label: String)
    /// Mention those who are due, in a fresh comment.
    case ping
    /// Say, once, that the branch is left alone.
    case sayFrozen
    /// Say, once, why nothing is left to remove.
    case sayEmpty
    /// Close it.
    case close
    /// Delete the branch.
    case deleteBranch
}

/// What has to be done about a removal pull request.
public struct RemovalSteps: Hashable, Sendable {
    /// What its text is to say, before anything else is done.
    public let record: RemovalRecord
    /// What is to be done then, in order.
    public let steps: [RemovalStep]
}

extension RemovalSituation {
    /// What has to be done; nothing where all is as it should be.
    ///
    /// Decisions come first: they change the record, and the record is written before what follows from it is done.
    /// Whoever is cut off in between and comes again reads the same record and comes to the same steps.
    public func steps() -> RemovalSteps {
        switch decision {
        case .merged(let at): merged(at)
        case .closed(let at): closed(at)
        case .open: open()
        }
    }

    private func merged(_ at: Date) -> RemovalSteps {
        var record = record
        for entry in record.entries {
            switch entry.standing {
            case .proposed, .declined: record.set(.removed(at: at), for: entry.selector)
            case .removed where present.contains(entry.selector):
                record.set(.restored(at: now), for: entry.selector)
            default: break
            }
        }
        return RemovalSteps(record: record, steps: hasForeignCommits || branch == .missing ? [] : [.deleteBranch])
    }

    private func closed(_ at: Date) -> RemovalSteps {
        var record = record
        let declined = record.proposed
        for selector in declined { record.set(.declined(at: at), for: selector) }
        // With nothing left the bot itself has closed it. What a person closed may be opened again, from its branch.
        let isOver = declined.isEmpty && !record.entries.contains { $0.isDeclined }
        return RemovalSteps(
            record: record, steps: isOver && !hasForeignCommits && branch != .missing ? [.deleteBranch] : [])
    }

    private func open() -> RemovalSteps {
        var record = record
        for entry in record.entries where entry.isDeclined { record.set(.proposed, for: entry.selector) }
        for selector in record.proposed {
            if let standing = withdrawal(of: selector) { record.set(standing, for: selector) }
        }
        // A bucket goes with the last group that reads below it: one that is kept, or new, keeps its bucket.
        let going = Set(record.proposed)
        for selector in record.proposed where readers[selector]?.allSatisfy(going.contains) == false {
            record.set(.held(at: now), for: selector)
        }
        // People are mentioned after the labels are set: whoever has nothing left here by then is not.
        if record.hold == .pending { record.takeBackMentionsAboutNothing() }
        var steps: [RemovalStep] = []
        let isEmpty = record.proposed.isEmpty
        if hasForeignCommits {
            record.isFrozen = true
            if isEmpty || branch != .fits || !self.record.isFrozen { steps.append(.sayFrozen) }
        } else {
            record.isFrozen = false
            if isEmpty { return RemovalSteps(record: record, steps: [.sayEmpty, .close, .deleteBranch]) }
            if branch != .fits || record.proposed != self.record.proposed { steps.append(.rebuild) }
        }
        steps += labels(&record)
        if record.hold != .pending, record.contacts.contains(where: { $0.pingedAt != nil }) { steps.append(.ping) }
        return RemovalSteps(record: record, steps: steps)
    }

    /// Why an entry is not taken out any more; nil where it is.
    private func withdrawal(of selector: Selector) -> RecordedEntry.Standing? {
        guard present.contains(selector) else { return .gone(at: now) }
        guard let entry = news[selector] else { return nil }
        switch entry.freshness.verdict {
        case .fresh, .ageing: return .resumed(at: now)
        // A lost database makes every entry young, and an outage makes everything unknown: neither is news.
        case .new, .unknown, .unreadable, .stale, .never, .gone: break
        }
        for reason in entry.suspensions {
            switch reason.suspension {
            case .kept: return .kept(until: now.addingTimeInterval(Double(policy.snoozeDays) * 86_400), by: nil)
            case .generated, .protected, .prowBacked, .handEdit: return .held(at: now)
            case .unconfirmed, .outage, .snoozed, .declined, .limit: continue
            }
        }
        return nil
    }

    private func labels(_ record: inout RemovalRecord) -> [RemovalStep] {
        let hold = record.holdLabel ?? policy.holdLabel
        let isOver = now >= record.holdUntil
        switch record.hold {
        case .pending:
            let wanted = (policy.labels + (isOver ? [] : [hold])).filter { label in
                !record.skippedLabels.contains(label)
            }
            let missing = wanted.filter { onPullRequest($0) == nil }
            guard missing.isEmpty else { return [.setLabels(missing)] }
            record.hold = isOver || record.skippedLabels.contains(hold) ? .over : .on
            return []
        case .on:
            // Whoever took it off early decided so; whoever sets it again after that means it.
            // A label that was renamed has the name that the policy has followed it to.
            guard let held = onPullRequest(hold) ?? onPullRequest(policy.holdLabel) else {
                record.hold = .over
                return []
            }
            return isOver ? [.releaseHold(label: held)] : []
        case .over: return []
        }
    }

    /// A label of the pull request as it is written there; nil where it does not have it.
    private func onPullRequest(_ label: String) -> String? {
        labels.first { $0.equalsIgnoringASCIICase(label) }
    }
}

extension RecordedEntry {
    /// Whether a person closed the pull request that proposed it.
    public var isDeclined: Bool {
        if case .declined = standing { true } else { false }
    }
}
