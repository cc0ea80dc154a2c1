public import struct Foundation.Date

/// A comment directly above an entry that exempts it: `# bucketbot: keep until YYYY-MM-DD (reason)`.
public struct KeepComment: Hashable, Sendable {
    /// The last day on which it holds; nil where none is written, or no day of the calendar up to the year 2100.
    public let day: String?
    /// When it no longer holds: the midnight that ends that day; nil where there is no day, so that it holds never.
    public let until: Date?
    /// What is written, without its `#`.
    public let text: String
    /// The comment's place.
    public let place: SourcePlace

    /// Reads a comment; nil for any other one.
    ///
    /// - Parameters:
    ///   - text: The comment, with or without its `#`.
    ///   - place: Where it stands.
    init?(_ text: String, at place: SourcePlace) {
        let bare = text.drop { $0 == "#" || $0.isWhitespace }
        let words = bare.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, words[0].lowercased() == "bucketbot:", words[1].lowercased() == "keep" else {
            return nil
        }
        self.place = place
        self.text = String(bare)
        let isDated = words.count >= 4 && words[2].lowercased() == "until"
        let midnight = isDated ? PlausibleTime.date(rfc3339: words[3] + "T00:00:00Z") : nil
        until = midnight.map { $0.addingTimeInterval(86_400) }
        day = midnight == nil ? nil : String(words[3])
    }

    /// Whether it holds at a time.
    public func holds(at now: Date) -> Bool { until.map { now < $0 } == true }
}

extension Registry {
    /// The comment above an entry that exempts it, the last one where there are several; nil where there is none.
    public func keepComment(above selector: Selector) -> KeepComment? {
        guard let (path, line) = headLine(of: selector), let source = file(at: path)?.source else { return nil }
        return source.commentsDirectlyAbove(line).compactMap { comment in
            KeepComment(comment.text, at: SourcePlace(path: path, line: comment.line, column: comment.column))
        }.last
    }

    private func headLine(of selector: Selector) -> (String, Int)? {
        switch selector {
        case .bucket(let key): buckets.first { $0.key.isExactly(key) }.map { ($0.path, $0.keySpan.startLine) }
        case .testGroup(let name): group(named: name).map { ($0.path, $0.span.startLine) }
        case .dashboard, .tab, .dashboardGroup: nil
        }
    }
}
