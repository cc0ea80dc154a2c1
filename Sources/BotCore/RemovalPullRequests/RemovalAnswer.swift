public import struct Foundation.Date

/// What became of `/keep` or `/restore`, for the person who wrote it.
public enum RemovalAnswer: Hashable, Sendable {
    /// These are kept until a day.
    case kept([Selector], until: Date, rest: Rest)
    /// The pull request does not take this out; what it does take out.
    case notProposed(Selector, proposed: [Selector])
    /// The day to keep something until is over.
    case past(Date)
    /// There is nothing to keep: it is closed, merged or not.
    case notOpen(isMerged: Bool)
    /// There is nothing to put back: it is not merged.
    case notMerged(isOpen: Bool)
    /// A pull request puts these back; its number, nil in a dry run, and what has to be put back by hand.
    case restoring([Selector], number: Int?, conflicts: [UneditedReference])
    /// There is nothing that can be put back: what is there already, and what stands in the way.
    case nothingToRestore(present: [Selector], conflicts: [UneditedReference])

    /// What is left of a pull request after something was kept.
    public enum Rest: Hashable, Sendable {
        /// It goes on without that.
        case more
        /// Nothing, so it is closed.
        case nothing
        /// Somebody else's commit is on the branch, so that the bot does not change it.
        case frozen
    }

    /// Whether the command could be carried out as it was given.
    public var isDone: Bool {
        switch self {
        case .kept, .restoring: true
        case .notProposed, .past, .notOpen, .notMerged, .nothingToRestore: false
        }
    }
}

/// Writes the replies to `/keep` and `/restore`, and what the pull request that puts back says.
public struct RemovalReplies {
    private let templates: Templates
    private static let listLimit = 20

    /// How to write them.
    public init(templates: Templates) { self.templates = templates }

    /// The reply, as Markdown.
    public func text(of answer: RemovalAnswer) -> String {
        var value: [String: any Sendable] = [:]
        switch answer {
        case .kept(let selectors, let until, let rest):
            value["kept"] = [names(selectors)]
            value["until"] = CivilTime(until)?.readableDay ?? "that day"
            value["isMore"] = rest == .more
            value["isNothing"] = rest == .nothing
            value["isFrozen"] = rest == .frozen
            value["isOne"] = selectors.count == 1
        case .notProposed(let selector, let proposed):
            value["notProposed"] = [Markdown.code(selector.description)]
            value["proposed"] = proposed.isEmpty ? [String]() : [names(proposed)]
        case .past(let day): value["past"] = [CivilTime(day)?.readableDay ?? "That day"]
        case .notOpen(let isMerged):
            value["isNotOpen"] = true
            value["isMerged"] = isMerged
        case .notMerged(let isOpen):
            value["isNotMerged"] = true
            value["isOpen"] = isOpen
        case .restoring(let selectors, let number, let conflicts):
            value["restoring"] = [names(selectors)]
            value["number"] = number.map { ["#\($0)"] } ?? [String]()
            value["conflicts"] = lines(conflicts)
            value["hasConflicts"] = !conflicts.isEmpty
        case .nothingToRestore(let present, let conflicts):
            value["isNothingBack"] = true
            value["present"] = present.isEmpty ? [String]() : [names(present)]
            value["conflicts"] = lines(conflicts)
            value["hasConflicts"] = !conflicts.isEmpty
        }
        return templates.text("removals/reply", value)
    }

    /// The title and the text of the pull request that puts entries back.
    ///
    /// - Parameters:
    ///   - plan: What comes back.
    ///   - number: The pull request that took it.
    ///   - person: Who asked for it.
    /// - Returns: Title and Markdown; nobody is mentioned.
    public func restoration(_ plan: RestorePlan, of number: Int, for person: String) -> (title: String, body: String) {
        let first = plan.selectors.first.map { CommitMessages.harmless($0.name) } ?? "entries"
        let others = plan.selectors.count > 1 ? " and \(plan.selectors.count - 1) more" : ""
        let title = "Put back \(first)\(others)"
        let marker = Marker(kind: "restoration", fields: ["of": "\(number)"])
        let body = templates.text(
            "removals/restoration",
            [
                "marker": marker.text, "number": "\(number)", "person": Markdown.code(person),
                "entries": plan.selectors.prefix(RemovalText.listLimit).map { Markdown.code($0.description) },
                "more": plan.selectors.count > RemovalText.listLimit
                    ? ["\(plan.selectors.count - RemovalText.listLimit)"] : [String](),
                "conflicts": lines(plan.conflicts), "hasConflicts": !plan.conflicts.isEmpty,
            ])
        return (title.count <= RemovalText.titleLimit ? title : "Put back what was removed", body)
    }

    private func names(_ selectors: [Selector]) -> String {
        let shown = selectors.prefix(Self.listLimit).map { Markdown.code($0.description) }.joined(separator: ", ")
        return selectors.count > Self.listLimit ? "\(shown) and \(selectors.count - Self.listLimit) more" : shown
    }

    private func lines(_ conflicts: [UneditedReference]) -> [[String: String]] {
        conflicts.prefix(Self.listLimit).map { conflict in
            let line = conflict.line.map { ":\($0)" } ?? ""
            let place = conflict.path.isEmpty ? "" : Markdown.code(conflict.path + line) + ": "
            return ["line": place + Markdown.prose(conflict.reason)]
        }
    }
}
