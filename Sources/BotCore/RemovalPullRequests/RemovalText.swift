internal import struct Foundation.Date

/// What a removal pull request is about, beyond its record: what the commits take out.
public struct RemovalContent: Sendable {
    /// The record.
    public var record: RemovalRecord
    /// The contributions, a commit each, in order.
    public var plans: [ContributionPlan]
    /// The commits of the branch, in the order of the contributions; empty where there are none yet.
    public var commits: [ObjectSHA]
    /// The removal of everything at once: it tells where things stand before any of them goes.
    public var whole: RemovalPlan?
    /// Where it is, and what holds there.
    public var surroundings: Surroundings

    /// Where a removal is, and what holds there.
    public struct Surroundings: Sendable {
        /// The repository.
        public var repository: RepositoryName
        /// Where links lead.
        public var links: CheckLinks
        /// The repository's policy.
        public var policy: RemovalPolicy

        /// The surroundings of a removal.
        public init(repository: RepositoryName, links: CheckLinks, policy: RemovalPolicy) {
            self.repository = repository
            self.links = links
            self.policy = policy
        }
    }

    /// The content of a removal.
    public init(
        record: RemovalRecord, plans: ContributionPlans?, commits: [ObjectSHA], surroundings: Surroundings
    ) {
        self.record = record
        self.plans = plans?.plans ?? []
        self.commits = commits
        whole = plans?.whole
        self.surroundings = surroundings
    }

    /// Where something stands before anything goes.
    fileprivate func place(of item: RemovedItem) -> SourcePlace {
        let same = whole?.removed.first { other in
            other.place.path == item.place.path
                && (item.selector.map { $0 == other.selector } ?? (other.words == item.words))
        }
        return same?.place ?? item.place
    }
}

/// Writes the title and the text of a removal pull request.
///
/// Nobody is mentioned in them, because they are edited; what others wrote comes in only through `Markdown`.
public struct RemovalText {
    /// Characters of a text: GitHub takes a little more.
    public static let characterLimit = 60_000
    /// Characters of a title.
    static let titleLimit = 120
    /// Things of one list that are named one by one.
    static let listLimit = 30

    let templates: Templates

    /// How to write them.
    public init(templates: Templates) { self.templates = templates }

    /// The title, which is no Markdown.
    public func title(of record: RemovalRecord) -> String {
        let names = record.proposed.isEmpty ? record.entries.map(\.selector) : record.proposed
        guard let first = names.first else { return line("title", ["isNothing": true]) }
        let one = line("title", ["name": list(CommitMessages.harmless(first.name))])
        if names.count == 1, one.count <= Self.titleLimit { return one }
        return line(
            "title",
            ["isCounted": true, "isOne": names.count == 1, "count": "\(names.count)", "area": record.area])
    }

    /// The text, with its hidden lines.
    ///
    /// - Parameter content: What it is about.
    /// - Returns: At most `characterLimit` characters, where the hidden lines leave room; whole entries are left out.
    public func body(of content: RemovalContent) -> String {
        let hidden = content.record.markers.map(\.text).joined(separator: "\n")
        let room = max(Self.characterLimit - hidden.utf8.count - 2, 0)
        var (low, high) = (0, content.record.entries.count)
        var text = self.text(of: content, shownCount: high)
        guard text.utf8.count > room else { return text + "\n" + hidden + "\n" }
        // The most entries that fit.
        while low < high {
            let middle = (low + high + 1) / 2
            text = self.text(of: content, shownCount: middle)
            if text.utf8.count <= room { low = middle } else { high = middle - 1 }
        }
        return self.text(of: content, shownCount: low) + "\n" + hidden + "\n"
    }

    /// A text that is there, with other hidden lines: of what is decided, people read what it said when they decided.
    ///
    /// - Parameters:
    ///   - body: The text.
    ///   - record: What the hidden lines are to say.
    /// - Returns: The text.
    public func body(_ body: String, saying record: RemovalRecord) -> String {
        let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let shown = lines.filter { !$0.hasPrefix("<!-- bucketbot:") }.joined(separator: "\n").trimmingWhitespace()
        let hidden = record.markers.map(\.text).joined(separator: "\n")
        return record.headMarker.text + "\n" + shown + "\n\n" + hidden + "\n"
    }

    private func text(of content: RemovalContent, shownCount: Int) -> String {
        let record = content.record
        let proposed = Set(record.proposed)
        var left = shownCount
        let contributions = content.plans.enumerated().compactMap { index, plan -> [String: any Sendable]? in
            let shown = plan.contribution.selectors.filter(proposed.contains).prefix(left)
            left -= shown.count
            // Where there is no room for its entries there is none for what goes with them.
            return shown.isEmpty ? nil : contribution(plan, shown: Array(shown), number: index + 1, content)
        }
        let hiddenCount = proposed.count - (shownCount - left)
        let withdrawn = record.entries.filter { !proposed.contains($0.selector) }.prefix(max(left, 0)).map {
            ["line": withdrawal($0)]
        }
        let unedited = content.whole?.notEdited ?? []
        let notEdited = unedited.prefix(Self.listLimit).map { reference in
            let line = reference.line.map { ":\($0)" } ?? ""
            return ["place": Markdown.code(reference.path + line), "reason": Markdown.prose(reference.reason)]
        }
        var value: [String: any Sendable] = [
            "marker": record.headMarker.text,
            "count": counted(proposed.count, "entry", "entries"), "isOne": proposed.count == 1,
            "isAny": !proposed.isEmpty, "asOf": day(record.asOf),
            "days": record.confirmations > 1 ? "\(record.confirmations)" : "",
            "hasDays": record.confirmations > 1,
            "contributions": contributions, "hasHidden": hiddenCount > 0,
            "hidden": counted(hiddenCount, "more entry is", "more entries are"),
            "hasNotEdited": !notEdited.isEmpty, "notEdited": Array(notEdited),
            "moreNotEdited": list(
                unedited.count > Self.listLimit
                    ? counted(unedited.count - Self.listLimit, "more place", "more places") : nil),
            "withdrawn": Array(withdrawn), "hasWithdrawn": !withdrawn.isEmpty,
            "contacts": contacts(content), "hasContacts": !record.contacts.isEmpty,
            "isForced": record.isGroupingForced, "isFrozen": record.isFrozen,
            "snoozeDays": "\(content.surroundings.policy.snoozeDays)",
        ]
        value.merge(endings(content)) { $1 }
        return templates.text("removals/body", value)
    }

    // MARK: - What goes

    private func contribution(
        _ plan: ContributionPlan, shown: [Selector], number: Int, _ content: RemovalContent
    ) -> [String: any Sendable] {
        let rows = shown.compactMap { content.record.entry($0) }.map { row($0, plan, content) }
        let cascade = plan.removal.removed.filter { !$0.isNamed }
        let named = cascade.prefix(Self.listLimit).map { item in
            let place = content.place(of: item)
            return Markdown.prose(item.words) + " (" + Markdown.code("\(place.path):\(place.line)") + ")"
        }
        let commit = number <= content.commits.count ? content.commits[number - 1].text : nil
        return [
            "number": "\(number)", "rows": rows,
            "bucket": list(plan.contribution.bucket.map { Markdown.code($0) }),
            "contact": list(plan.contribution.contact.map { Markdown.code($0.value) }),
            "commit": list(commit.map { commitLink($0, content) }),
            "hasCascade": !cascade.isEmpty, "cascade": named.map { ["thing": $0] },
            "cascadeCount": counted(cascade.count, "line or block goes", "lines and blocks go"),
            "moreCascade": list(cascade.count > Self.listLimit ? "\(cascade.count - Self.listLimit)" : nil),
        ]
    }

    /// A section that is shown where there is something.
    private func list(_ text: String?) -> [String] { text.map { [$0] } ?? [] }

    private func row(_ entry: RecordedEntry, _ plan: ContributionPlan, _ content: RemovalContent) -> [String: String] {
        let place = plan.removal.removed.first { $0.selector == entry.selector }
            .map { content.place(of: $0) }
        let age = entry.newestAt.map { wholeDays(from: $0, to: content.record.asOf) }
        let isSpecial = entry.verdict == .gone || entry.verdict == .never
        let seen: [String: any Sendable] = [
            "isGone": entry.verdict == .gone, "isNever": entry.verdict == .never,
            "isNone": !isSpecial && age == nil, "day": list(isSpecial ? nil : entry.newestAt.map(day)),
            "age": counted(age ?? 0, "day", "days"),
        ]
        return [
            "entry": Markdown.cell(Markdown.code(entry.selector.description)),
            "place": place.map { Markdown.cell(Markdown.code("\($0.path):\($0.line)")) } ?? "",
            "seen": line("newest", seen), "proof": entry.url.flatMap { Markdown.link("look", to: $0) } ?? "",
        ]
    }

    private func commitLink(_ commit: String, _ content: RemovalContent) -> String {
        Markdown.link(
            String(commit.prefix(10)),
            to: "\(content.surroundings.links.web)/\(content.surroundings.repository)/commit/\(commit)")
            ?? Markdown.code(String(commit.prefix(10)))
    }

    // MARK: - What became of others

    private func withdrawal(_ entry: RecordedEntry) -> String {
        var value: [String: any Sendable] = ["name": Markdown.code(entry.selector.description)]
        switch entry.standing {
        case .proposed: break
        case .kept(let until, let by?): value.merge(["keptBy": [Markdown.code(by)], "day": day(until)]) { $1 }
        case .kept(_, nil): value["isKeptInFile"] = true
        case .resumed(let at): value.merge(["isResumed": true, "day": day(at)]) { $1 }
        case .gone(let at): value.merge(["isGone": true, "day": day(at)]) { $1 }
        case .held(let at): value.merge(["isHeld": true, "day": day(at)]) { $1 }
        case .declined(let at): value.merge(["isDeclined": true, "day": day(at)]) { $1 }
        case .removed(let at): value.merge(["isRemoved": true, "day": day(at)]) { $1 }
        case .restored(let at): value.merge(["isRestored": true, "day": day(at)]) { $1 }
        }
        return line("withdrawn", value)
    }

    // MARK: - Who is asked

    private func contacts(_ content: RemovalContent) -> [[String: String]] {
        content.record.contacts.prefix(Self.listLimit * 2).map { ["line": line("contact", value(of: $0))] }
    }

    private func value(of contact: RecordedContact) -> [String: any Sendable] {
        let isMissing = contact.reach == .missing
        return [
            "who": Markdown.code(contact.value), "count": counted(contact.entries.count, "entry", "entries"),
            "isOfBuckets": contact.source == .bucketsYAML, "isOfComment": contact.source == .comment,
            "isOfDescription": contact.source == .description, "isOfAlert": contact.source == .alert,
            "isOfOwners": contact.source == .owners, "pingedOn": list(contact.pingedAt.map(day)),
            "isWaiting": contact.reach == .waiting, "isNoTeam": isMissing && contact.kind == .team,
            "isNoAccount": isMissing && contact.kind != .team, "isOutside": contact.reach == .outside,
            "isUnknown": contact.reach == .unknown, "isMail": contact.reach == .mail,
        ]
    }

    // MARK: - How it ends

    private func endings(_ content: RemovalContent) -> [String: any Sendable] {
        let record = content.record
        let reverts = content.commits.prefix(Self.listLimit).map { "git revert \($0.text)" }
        let example = record.proposed.first.map { "/keep \(CommandWords.quoted($0.description)) moving buckets" }
        return [
            "isHeld": record.hold != .over, "holdUntil": day(record.holdUntil),
            "holdLabel": Markdown.code(record.holdLabel ?? content.surroundings.policy.holdLabel),
            "reverts": Markdown.block(reverts.isEmpty ? ["git revert COMMIT"] : reverts, language: "sh"),
            "hasReverts": !reverts.isEmpty,
            "keepOne": Markdown.block([Markdown.cut(example ?? "/keep", AdviceText.copiedCharacters)]),
            "process": content.surroundings.links.process,
            "skippedLabels": record.skippedLabels.map { Markdown.code($0) }.joined(separator: ", "),
            "hasSkippedLabels": !record.skippedLabels.isEmpty,
        ]
    }

    /// What one of the templates of removals makes of a value, where that is a part of a line.
    private func line(_ name: String, _ value: [String: any Sendable]) -> String {
        templates.text("removals/\(name)", value).trimmingWhitespace()
    }

    func day(_ date: Date) -> String { CivilTime(date)?.readableDay ?? "an unknown day" }

    private func wholeDays(from start: Date, to end: Date) -> Int {
        // Cannot trap: both were read as plausible times, and it is clamped all the same.
        Int(min(max(end.timeIntervalSince(start) / 86_400, 0), 1_000_000).rounded(.down))
    }
}

extension Markdown {
    /// A link with words of our own.
    ///
    /// - Parameters:
    ///   - words: Plain words.
    ///   - url: Where it leads.
    /// - Returns: The link; nil where the address could be anything but one.
    static func link(_ words: String, to url: String) -> String? {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count <= 4_000,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"<>()[]\\`|\"".utf8.contains($0) })
        else { return nil }
        return "[\(words)](\(url))"
    }
}
