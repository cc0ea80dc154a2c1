public import struct Foundation.Date

/// Writes the comments on a removal pull request: the one that mentions people, and those that say how it went on.
public struct RemovalComments {
    /// Entries that are named to each of those whom a comment mentions.
    private static let namedEntries = 5

    private let text: RemovalText
    private let templates: Templates

    /// How to write them.
    public init(templates: Templates) {
        self.templates = templates
        text = RemovalText(templates: templates)
    }

    /// The comment that mentions those who were recorded as mentioned at one time.
    ///
    /// - Parameters:
    ///   - record: Of the pull request.
    ///   - at: When they were recorded.
    ///   - policy: Says how long it is held.
    /// - Returns: The marker that it is found by, and the comment; nil where nothing of theirs is taken out any more.
    public func ping(_ record: RemovalRecord, at: Date, policy: RemovalPolicy) -> (marker: Marker, body: String)? {
        let marker = Marker(kind: "ping", fields: ["key": record.key, "at": at.rfc3339])
        let mentioned = record.contacts.filter { $0.pingedAt == at && record.concerns($0) }
        guard !mentioned.isEmpty else { return nil }
        var named = Self.namedEntries
        var body = body(record, marker, mentioned, named: named)
        // Names may be of any length: where they have no room, people are told how many theirs are.
        while named > 0, body.utf8.count > RemovalText.characterLimit {
            named -= 1
            body = self.body(record, marker, mentioned, named: named)
        }
        return (marker, body)
    }

    private func body(
        _ record: RemovalRecord, _ marker: Marker, _ mentioned: [RecordedContact], named: Int
    ) -> String {
        let people = mentioned.map { contact in
            let names = contact.entries.filter(record.isProposed).map { record.entries[$0].selector.description }
            let shown = names.prefix(named).map { Markdown.code($0) }.joined(separator: ", ")
            let more = names.count > named ? " and \(names.count - named) more" : ""
            return [
                "mention": "@" + contact.value,
                "entries": named == 0 ? counted(names.count, "entry", "entries") : shown + more,
            ]
        }
        let example = record.proposed.first?.description ?? "SELECTOR"
        return templates.text(
            "removals/ping",
            [
                "marker": marker.text, "people": people, "isOne": record.proposed.count == 1,
                "isHeld": record.hold != .over, "holdUntil": text.day(record.holdUntil),
                "keepOne": Markdown.cut("/keep " + CommandWords.quoted(example), AdviceText.copiedCharacters)
                    .printable,
            ])
    }

    /// The comment that says that the branch is left alone.
    public func frozen(_ record: RemovalRecord) -> (marker: Marker, body: String) {
        let marker = Marker(kind: "frozen", fields: ["key": record.key])
        return (marker, templates.text("removals/frozen", ["marker": marker.text]))
    }

    /// The comment that says why nothing is left to remove.
    public func empty(_ record: RemovalRecord) -> (marker: Marker, body: String) {
        let marker = Marker(kind: "empty", fields: ["key": record.key])
        func count(_ isIt: (RecordedEntry.Standing) -> Bool) -> Int { record.entries.count { isIt($0.standing) } }
        let counts = [
            ("isKept", count { if case .kept = $0 { true } else { false } }),
            ("isResumed", count { if case .resumed = $0 { true } else { false } }),
            ("isGone", count { if case .gone = $0 { true } else { false } }),
            ("isHeld", count { if case .held = $0 { true } else { false } }),
        ].filter { $0.1 > 0 }
        let reasons = counts.enumerated().map { index, count -> [String: any Sendable] in
            [count.0: true, "count": "\(count.1)", "isOne": count.1 == 1, "isFirst": index == 0]
        }
        return (marker, templates.text("removals/empty", ["marker": marker.text, "reasons": reasons]))
    }
}
