internal import Foundation

extension RemovalRecord {
    /// The kinds of the lines.
    private enum Kind {
        static let removal = "removal"
        static let entry = "entry"
        static let contact = "contact"
        static let label = "no-label"
    }

    /// Entries and contacts that are read of one text.
    static let readLimit = 4_000

    /// The first hidden line of the text.
    var headMarker: Marker {
        var fields = [
            "area": area, "key": key, "base": base, "group-by": groupBy.rawValue,
            "forced": isGroupingForced ? "yes" : "no", "as-of": asOf.rfc3339, "confirmations": "\(confirmations)",
            "hold-until": holdUntil.rfc3339, "hold": hold.rawValue, "frozen": isFrozen ? "yes" : "no",
        ]
        fields["hold-label"] = holdLabel
        return Marker(kind: Kind.removal, fields: fields)
    }

    /// The other hidden lines.
    var markers: [Marker] {
        entries.map(\.marker) + contacts.map(\.marker)
            + skippedLabels.map { Marker(kind: Kind.label, fields: ["name": $0]) }
    }

    /// Reads what a text of our own says; nil where it says nothing of a removal.
    ///
    /// - Parameter body: The text of a pull request that our own account opened: anybody can write such lines.
    public init?(body: String) {
        guard let head = Marker(startOf: body), head.kind == Kind.removal, let area = head.fields["area"],
            let key = head.fields["key"], let base = head.fields["base"], Self.isSlug(area), Self.isSlug(key),
            let groupBy = head.fields["group-by"].flatMap(RemovalPolicy.GroupBy.init),
            let asOf = head.date("as-of"), let holdUntil = head.date("hold-until")
        else { return nil }
        self.init(
            area: area, key: key, base: base, groupBy: groupBy, isGroupingForced: head.fields["forced"] == "yes",
            asOf: asOf, confirmations: head.fields["confirmations"].flatMap { Int($0) } ?? 1, holdUntil: holdUntil,
            entries: [])
        hold = head.fields["hold"].flatMap(Hold.init) ?? .pending
        holdLabel = head.fields["hold-label"]
        isFrozen = head.fields["frozen"] == "yes"
        let lines = body.split(whereSeparator: \.isNewline).dropFirst().filter { $0.hasPrefix("<!-- bucketbot:") }
        for line in lines.prefix(Self.readLimit) {
            guard let marker = Marker(startOf: String(line)) else { continue }
            switch marker.kind {
            case Kind.entry: if let entry = RecordedEntry(marker) { entries.append(entry) }
            case Kind.contact: if let contact = RecordedContact(marker) { contacts.append(contact) }
            case Kind.label: if let name = marker.fields["name"] { skippedLabels.append(name) }
            default: continue
            }
        }
    }

    /// Whether a text can stand in a branch's name: it came from a place that people can edit.
    private static func isSlug(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

extension Marker {
    /// A moment; nil where there is none that makes sense.
    fileprivate func date(_ name: String) -> Date? { fields[name].flatMap { PlausibleTime.date(rfc3339: $0) } }
}

extension RecordedEntry {
    /// Its hidden line.
    var marker: Marker {
        var fields = ["selector": selector.description, "verdict": verdict.rawValue, "evidence": evidenceID]
        if let newestAt { fields["newest"] = newestAt.rfc3339 }
        if let url { fields["url"] = url }
        let (name, at, by) = standing.parts
        fields["standing"] = name
        if let at { fields["at"] = at.rfc3339 }
        if let by { fields["by"] = by }
        return Marker(kind: "entry", fields: fields)
    }

    fileprivate init?(_ marker: Marker) {
        guard let text = marker.fields["selector"],
            let verdict = marker.fields["verdict"].flatMap(Verdict.init), let evidence = marker.fields["evidence"],
            let standing = Standing(marker.fields["standing"] ?? "", marker.date("at"), marker.fields["by"])
        else { return nil }
        do {
            self.init(
                selector: try Selector(text), verdict: verdict, evidenceID: evidence,
                newestAt: marker.date("newest"), url: marker.fields["url"])
        } catch {
            return nil
        }
        self.standing = standing
    }
}

extension RecordedEntry.Standing {
    /// The name, the moment and the person of it.
    var parts: (name: String, at: Date?, by: String?) {
        switch self {
        case .proposed: ("proposed", nil, nil)
        case .kept(let until, let by): ("kept", until, by)
        case .resumed(let at): ("resumed", at, nil)
        case .gone(let at): ("gone", at, nil)
        case .held(let at): ("held", at, nil)
        case .declined(let at): ("declined", at, nil)
        case .removed(let at): ("removed", at, nil)
        case .restored(let at): ("restored", at, nil)
        }
    }

    fileprivate init?(_ name: String, _ at: Date?, _ by: String?) {
        switch (name, at) {
        case ("proposed", _): self = .proposed
        case ("kept", let until?): self = .kept(until: until, by: by)
        case ("resumed", let at?): self = .resumed(at: at)
        case ("gone", let at?): self = .gone(at: at)
        case ("held", let at?): self = .held(at: at)
        case ("declined", let at?): self = .declined(at: at)
        case ("removed", let at?): self = .removed(at: at)
        case ("restored", let at?): self = .restored(at: at)
        default: return nil
        }
    }
}

extension RecordedContact {
    /// Their hidden line.
    var marker: Marker {
        var fields = [
            "kind": kind.rawValue, "who": value, "source": source.rawValue,
            "entries": entries.map(String.init).joined(separator: "."),
        ]
        switch reach {
        case .pinged(let at):
            fields["reach"] = "pinged"
            fields["at"] = at.rfc3339
        case .waiting: fields["reach"] = "waiting"
        case .missing: fields["reach"] = "missing"
        case .outside: fields["reach"] = "outside"
        case .unknown: fields["reach"] = "unknown"
        case .mail: fields["reach"] = "mail"
        }
        return Marker(kind: "contact", fields: fields)
    }

    fileprivate init?(_ marker: Marker) {
        guard let kind = marker.fields["kind"].flatMap(Contact.Kind.init), let value = marker.fields["who"],
            let source = marker.fields["source"].flatMap(Contact.Source.init)
        else { return nil }
        let reach: Reach
        switch (marker.fields["reach"], marker.date("at")) {
        case ("pinged", let at?): reach = .pinged(at: at)
        case ("waiting", _): reach = .waiting
        case ("missing", _): reach = .missing
        case ("outside", _): reach = .outside
        case ("mail", _): reach = .mail
        default: reach = .unknown
        }
        let entries = (marker.fields["entries"] ?? "").split(separator: ".").compactMap { Int($0) }
        self.init(kind: kind, value: value, source: source, entries: entries, reach: reach)
    }
}

extension RemovalRecord {
    /// The hidden lines alone, as a store keeps them; `init(body:)` reads them.
    public var hiddenText: String { ([headMarker] + markers).map(\.text).joined(separator: "\n") }
}
