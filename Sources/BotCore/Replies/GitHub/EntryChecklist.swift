internal import struct Foundation.Date

/// One location of an entry as the questions that a contributor has: is the bucket there, can everyone read it, is the
/// layout right, are results fresh, can the contact be reached.
///
/// Source: docs/contributing-test-results.md in kubernetes/test-infra, "How to contribute test results".
struct EntryChecklist {
    /// How a question is answered.
    enum Mark: Hashable {
        case wrong, unknown, doubtful, skipped, right

        /// The sign before the sentence.
        var sign: String {
            switch self {
            case .wrong: "❌"
            case .unknown: "❔"
            case .doubtful: "⚠️"
            case .skipped: "⬜"
            case .right: "✅"
            }
        }

        /// The end of the name by which a template knows the sentence.
        var word: String {
            switch self {
            case .wrong: "Wrong"
            case .unknown: "Unknown"
            case .doubtful: "Doubtful"
            case .skipped: "Skipped"
            case .right: "Right"
            }
        }
    }

    /// One question with its answer.
    struct Step: Hashable {
        /// `exists`, `readable`, `layout`, `fresh` or `contact`.
        let question: String
        let mark: Mark
        /// What the template fills in, not escaped.
        var arguments: [String: String] = [:]
    }

    /// The questions in their order.
    let steps: [Step]
    /// What is said below them, the worst first.
    let advice: [Finding]

    /// The worst answer; what was skipped is so because of another answer, or because nothing is there yet.
    var mark: Mark {
        let marks = Set(steps.map(\.mark)).union(advice.map { Self.mark(for: $0.severity) })
        return [.wrong, .unknown, .doubtful, .skipped].first { marks.contains($0) } ?? .right
    }

    /// The questions about a location.
    ///
    /// - Parameters:
    ///   - location: The location.
    ///   - contacts: Those of its entry; nil where no entry points to it, so that nobody has to be named.
    ///   - findings: Those of this location, and those about the entry's contact.
    ///   - now: The one clock.
    init(_ location: ReportedLocation, contacts: [AskedContact]?, findings: [Finding], now: Date) {
        let exists = Self.exists(location.report)
        let readable = Self.readable(location.report, exists: exists.mark)
        let layout = Self.layout(location.report, readable: readable.mark, findings: findings)
        let fresh = Self.fresh(location, readable: readable.mark)
        let contact = contacts.map { Self.contact($0, findings: findings) }
        steps = [exists, readable, layout, fresh] + (contact.map { [$0] } ?? [])
        advice = findings.sorted { $0.severity > $1.severity }
    }

    static func mark(for severity: Severity) -> Mark {
        switch severity {
        case .error: .wrong
        case .warning: .doubtful
        case .note: .right
        }
    }

    /// Whether nothing can be said of a location because a question got no answer; a missing bucket is an answer.
    static func isUnanswered(_ location: ReportedLocation) -> Bool {
        let access = location.report.access
        guard access.refusal == nil else { return false }
        return access.list.unknownReason != nil || access.get.unknownReason != nil
            || location.report.unknownReason != nil || location.freshness.verdict == .unknown
    }

    // MARK: - The questions

    private static func exists(_ report: ProbeReport) -> Step {
        let bucket = ["bucket": report.location.bucket]
        switch report.access.list {
        case .allowed: return Step(question: "exists", mark: .right, arguments: bucket)
        case .refused(.noSuchBucket), .refused(.badBucketName):
            return Step(question: "exists", mark: .wrong, arguments: bucket)
        case .refused: return Step(question: "exists", mark: .right, arguments: bucket)
        case .unknown(let reason):
            return Step(question: "exists", mark: .unknown, arguments: bucket.merging(["reason": reason]) { $1 })
        case .notAsked: return Step(question: "exists", mark: .skipped)
        }
    }

    private static func readable(_ report: ProbeReport, exists: Mark) -> Step {
        guard exists == .right else { return Step(question: "readable", mark: .skipped) }
        if report.access.refusal != nil {
            let isListed = report.access.list == .allowed
            let isRead = report.access.get == .allowed
            let arguments = isListed ? ["listed": "yes"] : isRead ? ["read": "yes"] : ["neither": "yes"]
            return Step(question: "readable", mark: .wrong, arguments: arguments)
        }
        if let reason = report.access.get.unknownReason {
            return Step(question: "readable", mark: .unknown, arguments: ["reason": reason])
        }
        let isTried = report.access.get == .allowed
        return Step(question: "readable", mark: .right, arguments: isTried ? [:] : ["untried": "yes"])
    }

    private static func layout(_ report: ProbeReport, readable: Mark, findings: [Finding]) -> Step {
        guard readable == .right else { return Step(question: "layout", mark: .skipped) }
        let about = findings.filter { Self.layoutRules.contains($0.rule) }
        if let worst = about.map(\.severity).max(), worst > .note {
            let isEmpty = about.contains { $0.rule == LayoutNoBuilds.id }
            return Step(
                question: "layout", mark: mark(for: worst), arguments: isEmpty ? ["empty": "yes"] : [:])
        }
        if let reason = report.unknownReason {
            return Step(question: "layout", mark: .unknown, arguments: ["reason": reason])
        }
        let count = report.builds.count { $0.contents != nil }
        guard count > 0 else { return Step(question: "layout", mark: .skipped, arguments: ["empty": "yes"]) }
        return Step(question: "layout", mark: .right, arguments: ["builds": counted(count, "build", "builds")])
    }

    private static let layoutRules = Set((ProbeRules.level + ProbeRules.layout).map { $0.id })

    private static func fresh(_ location: ReportedLocation, readable: Mark) -> Step {
        let freshness = location.freshness
        var arguments: [String: String] = ["limit": "\(freshness.staleAfterDays)"]
        if let newest = freshness.newest, let days = freshness.ageDays {
            arguments["age"] = days == 0 ? "less than a day" : counted(days, "day", "days")
            arguments["day"] = CivilTime(newest.at)?.readableDay
            if !newest.isExact { arguments["bound"] = "yes" }
        }
        guard readable == .right else { return Step(question: "fresh", mark: .skipped) }
        switch freshness.verdict {
        case .fresh: return Step(question: "fresh", mark: .right, arguments: arguments)
        case .ageing: return Step(question: "fresh", mark: .doubtful, arguments: arguments)
        case .stale, .never: return Step(question: "fresh", mark: .wrong, arguments: arguments)
        case .new: return Step(question: "fresh", mark: .skipped, arguments: ["new": "yes"])
        case .gone, .unreadable: return Step(question: "fresh", mark: .skipped)
        case .unknown:
            arguments["reason"] = freshness.unknownReason ?? "a question got no answer"
            return Step(question: "fresh", mark: .unknown, arguments: arguments)
        }
    }

    private static func contact(_ contacts: [AskedContact], findings: [Finding]) -> Step {
        let about = findings.filter { CheckComment.contactRules.contains($0.rule) }
        let names = contacts.prefix(3).map { $0.contact.value.printable }.joined(separator: "\n")
        var arguments = names.isEmpty ? [:] : ["names": names]
        if contacts.count > 3 { arguments["more"] = "\(contacts.count - 3)" }
        if let worst = about.map(\.severity).max(), worst > .note {
            return Step(question: "contact", mark: mark(for: worst), arguments: arguments)
        }
        if contacts.isEmpty { return Step(question: "contact", mark: .doubtful) }
        let isUnanswered = contacts.contains(where: \.isUnanswered)
        return Step(question: "contact", mark: isUnanswered ? .unknown : .right, arguments: arguments)
    }
}

/// A number with its noun.
func counted(_ count: Int, _ one: String, _ many: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(many)" }
