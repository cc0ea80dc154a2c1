/// Writes what another policy changes, as one folded paragraph.
struct PolicyEffectText {
    /// Names that are listed of one turn.
    static let namesListed = 20

    private let templates: Templates

    /// How to write effects.
    init(templates: Templates) { self.templates = templates }

    /// The paragraph; empty where nothing changes.
    func text(of effect: PolicyEffect?) -> String {
        guard let effect, !effect.settings.isEmpty else { return "" }
        let turns = PolicyEffect.Turn.allCases.compactMap { turn in
            effect.turns[turn].map { (turn: turn, names: $0, head: head(turn, count: $0.count)) }
        }
        let value: [String: any Sendable] = [
            "counts": turns.isEmpty
                ? counted(effect.settings.count, "setting", "settings") : turns.map(\.head).joined(separator: "; "),
            "settings": effect.settings.map {
                [
                    "key": Markdown.code($0.key), "old": Markdown.code($0.old), "new": Markdown.code($0.new),
                    "words": Markdown.prose($0.words),
                ]
            },
            "turns": turns.map { turn -> [String: any Sendable] in
                let listed = turn.names.prefix(Self.namesListed)
                return [
                    "head": turn.head, "names": listed.map { ["name": Markdown.code($0)] },
                    "isCut": turn.names.count > listed.count, "cut": "\(turn.names.count - listed.count)",
                ]
            },
            "isNoEntry": effect.dependsOnAge && turns.allSatisfy { !$0.turn.isOfAge },
            "hasUnknown": effect.unknownCount > 0, "unknown": counted(effect.unknownCount, "entry", "entries"),
            "hasLeftOut": effect.leftOutCount > 0,
            "leftOut": counted(effect.leftOutCount, "more entry", "more entries"),
        ]
        return templates.text("github/policy-effect", value).trimmingWhitespace()
    }

    private func head(_ turn: PolicyEffect.Turn, count: Int) -> String {
        let noun: (String, String)
        switch turn {
        case .becomesStale, .noLongerStale, .becomesAgeing, .noLongerAgeing: noun = ("entry", "entries")
        case .isNoControl: noun = ("location", "locations")
        case .isNoLabel: noun = ("label", "labels")
        case .becomesProtected, .noLongerProtected, .becomesMisnamed, .noLongerMisnamed:
            noun = ("dashboard", "dashboards")
        case .becomesGenerated, .noLongerGenerated, .joinsRegistry, .leavesRegistry: noun = ("file", "files")
        }
        let value: [String: any Sendable] = [
            turn.rawValue: true, "count": counted(count, noun.0, noun.1), "isOne": count == 1,
        ]
        return Markdown.oneLine(templates.text("github/policy-turn", value))
    }
}

extension PolicyEffect.Turn {
    /// Whether it is about how old results are.
    fileprivate var isOfAge: Bool {
        [.becomesStale, .noLongerStale, .becomesAgeing, .noLongerAgeing].contains(self)
    }
}
