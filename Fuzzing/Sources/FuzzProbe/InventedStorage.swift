import BotCore

import struct Foundation.Date

/// A bucket that is made up as it is asked: each answer uses up some of the bytes, and then nothing is answered.
struct InventedStorage {
    private var bytes: ArraySlice<UInt8>
    /// Replies that said anything at all.
    private(set) var answered = 0

    /// A bucket from any bytes.
    init(bytes: [UInt8]) { self.bytes = bytes[...] }

    /// The next byte, brought below `count`; 0 after the last one.
    mutating func choice(of count: Int) -> Int { Int(bytes.popFirst() ?? 0) % count }

    /// The name of a build, a job or a file.
    mutating func name() -> String {
        let known = [
            "1700000000000000000", "1749999999999999999", "12", "9999", "18446744073709551616", "artifacts", "logs",
            "started.json", "finished.json", "build-log.txt", "latest-build.txt", "1749990000", "job", "12.txt",
        ]
        let index = choice(of: known.count + 2)
        if index < known.count { return known[index] }
        let length = choice(of: 24)
        defer { bytes = bytes.dropFirst(length) }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// A reply to the question, or to another one.
    mutating func reply(to question: StorageQuestion) -> StorageReply {
        let kind = choice(of: 24) == 23 ? choice(of: 3) : nil
        switch (question, kind) {
        case (.list(let list), nil):
            return .page(answer { $0.page(below: list.prefix) })
        case (.read, nil):
            return .content(answer { ObjectContent(bytes: $0.content(), isComplete: $0.choice(of: 8) != 1) })
        case (.readJUnit, nil):
            return .junit(answer { $0.summary() })
        case (_, 0): return .page(answer { $0.page(below: "") })
        case (_, 1): return .content(answer { ObjectContent(bytes: $0.content()) })
        default: return .junit(answer { $0.summary() })
        }
    }

    private mutating func answer<Value: Sendable>(
        _ value: (inout InventedStorage) -> Value
    ) -> StorageAnswer<Value> {
        let outcome: StorageOutcome<Value>
        switch bytes.isEmpty ? 0 : choice(of: 12) {
        case 0: outcome = .unknown(reason: "HTTP 503")
        case 1: outcome = .noSuchObject
        case 2: outcome = .refused([.noSuchBucket, .denied, .requesterPays][choice(of: 3)])
        default: outcome = .answered(value(&self))
        }
        if case .unknown = outcome {} else { answered += 1 }
        let evidence = Evidence(request: "GET", status: nil, observedAt: nil, detail: "")
        return StorageAnswer(outcome: outcome, evidence: evidence)
    }

    private mutating func page(below prefix: String) -> ListPage {
        var objects: [StoredObject] = []
        for _ in 0..<choice(of: 6) {
            let link = choice(of: 3) == 0 ? ["x-goog-meta-link": name(), "link": "gs://example/" + name()] : [:]
            let updated = Date(timeIntervalSince1970: Double(choice(of: 256)) * 7_000_000)
            let size = Int64(choice(of: 3)) * 20
            objects.append(StoredObject(name: prefix + name(), size: size, updated: updated, metadata: link))
        }
        let prefixes = (0..<choice(of: 6)).map { _ in prefix + name() + "/" }
        // Always naming a next page is what a listing that never ends looks like.
        let token = choice(of: 3) == 0 ? nil : "next"
        return ListPage(objects: objects, prefixes: prefixes, nextPageToken: token)
    }

    private mutating func content() -> [UInt8] {
        switch choice(of: 4) {
        case 0: return Array(#"{"timestamp": 1749999999, "passed": true, "result": "SUCCESS"}"#.utf8)
        case 1: return Array(name().utf8)
        case 2: return Array("gs://example/logs/job/\(name())".utf8)
        default: return Array(bytes.prefix(choice(of: 64)))
        }
    }

    private mutating func summary() -> JUnitSummary {
        var summary = JUnitSummary()
        summary.tests = choice(of: 100)
        summary.failures = choice(of: summary.tests + 1)
        if choice(of: 3) == 0 { summary.problem = .empty }
        return summary
    }
}
