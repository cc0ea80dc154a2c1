/// Writes what a change of the registry does to what people see, as one folded paragraph.
struct EffectText {
    /// Things that are listed of one change.
    static let itemsListed = 15
    /// Failures that are listed.
    static let failuresListed = 10

    private let templates: Templates
    private let advice: AdviceText

    /// How to write effects.
    init(templates: Templates, texts: RuleTexts) {
        self.templates = templates
        advice = AdviceText(texts: texts)
    }

    /// What a pull request does to what people see, and what its policy changes: a paragraph each, none where there is
    /// nothing to tell.
    func text(of check: PullRequestCheck) -> [String] {
        [text(of: check.effect), PolicyEffectText(templates: templates).text(of: check.policyEffect)]
            .filter { !$0.isEmpty }
    }

    /// The paragraph; empty where there is nothing to tell.
    func text(of effect: RegistryEffect?) -> String {
        guard let effect, !effect.isEmpty else { return "" }
        let parts: [(verb: String, head: String, items: [RegistryEffect.Item])] = [
            ("appears", "Appears", effect.items.filter { $0.change == .appears }),
            ("moves", "Moves", effect.items.filter { $0.isMoved }),
            ("vanishes", "Vanishes", effect.items.filter { $0.change == .vanishes }),
        ]
        var counts = parts.filter { !$0.items.isEmpty }.map { part in
            let verb = part.items.count == 1 ? part.verb : String(part.verb.dropLast(part.verb == "vanishes" ? 2 : 1))
            return "\(counted(part.items)) \(verb)"
        }
        let tests = Set(effect.failures.map(\.test)).count
        if tests > 0 { counts.append("\(BotCore.counted(tests, "test", "tests")) of the repository would fail") }
        let failures = effect.failures.prefix(Self.failuresListed)
        let value: [String: any Sendable] = [
            "counts": counts.joined(separator: "; "),
            "parts": parts.filter { !$0.items.isEmpty }.map { part -> [String: any Sendable] in
                let listed = part.items.prefix(Self.itemsListed)
                return [
                    "head": part.head, "items": listed.map { ["line": line($0)] },
                    "isCut": part.items.count > listed.count, "cut": "\(part.items.count - listed.count)",
                ]
            },
            "hasFailures": !failures.isEmpty,
            "failures": failures.map { ["test": Markdown.prose($0.test.rawValue), "what": advice.what($0.finding)] },
            "areFailuresCut": effect.failures.count > failures.count,
            "cutFailures": "\(effect.failures.count - failures.count)",
        ]
        return templates.text("github/effect", value).trimmingWhitespace()
    }

    /// `2 dashboards and 1 tab`.
    private func counted(_ items: [RegistryEffect.Item]) -> String {
        let counts = RegistryEffect.Kind.allCases.compactMap { kind -> String? in
            let count = items.count { $0.kind == kind }
            guard count > 0 else { return nil }
            let (one, many) = Self.nouns(kind)
            return BotCore.counted(count, one, many)
        }
        guard let last = counts.last, counts.count > 1 else { return counts.first ?? "" }
        return counts.dropLast().joined(separator: ", ") + " and " + last
    }

    private static func nouns(_ kind: RegistryEffect.Kind) -> (String, String) {
        switch kind {
        case .dashboardGroup: ("dashboard group", "dashboard groups")
        case .dashboard: ("dashboard", "dashboards")
        case .tab: ("tab", "tabs")
        case .kettleJobs: ("set of kettle jobs", "sets of kettle jobs")
        }
    }

    private func line(_ item: RegistryEffect.Item) -> String {
        var value: [String: any Sendable] = ["noun": Self.nouns(item.kind).0, "name": Markdown.code(item.name)]
        switch item.kind {
        case .tab: value["isTab"] = true
        case .dashboardGroup: value["isDashboardGroup"] = true
        case .dashboard: value["isDashboard"] = true
        case .kettleJobs:
            value["isKettleJobs"] = true
            value["jobs"] = Markdown.code(item.name + "JOB")
        }
        value["hasPlace"] = item.place != nil
        value["place"] = Markdown.code(item.place ?? "")
        switch item.change {
        case .appears: value["appears"] = true
        case .vanishes: value["vanishes"] = true
        case .moves(let from):
            value["moves"] = true
            value["hasOld"] = from != nil
            value["old"] = Markdown.code(from ?? "")
        }
        return Markdown.oneLine(templates.text("github/effect-line", value))
    }
}

extension RegistryEffect.Item {
    /// Whether it is there before and after.
    fileprivate var isMoved: Bool {
        if case .moves = change { true } else { false }
    }
}
