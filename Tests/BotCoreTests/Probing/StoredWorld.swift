import BotCore
import Foundation

/// Buckets with their objects, which answer a probe's questions as Google Cloud Storage answers an anonymous caller.
struct StoredWorld {
    /// One bucket.
    struct Bucket {
        /// Objects by name; sorted when a listing is asked, which for these ASCII names is the order of their bytes.
        var objects: [String: Object] = [:] { didSet { sortedNames = nil } }
        /// What listing is answered instead of a page.
        var listRefusal: StorageRefusal?
        /// What reading is answered instead of bytes.
        var getRefusal: StorageRefusal?
        /// What listing and reading are answered in an outage.
        var outage: String?
        var sortedNames: [String]?
    }

    /// One object.
    struct Object {
        var text: String
        var at: Date
        var metadata: [String: String] = [:]
        var size: Int64?
    }

    var buckets: [String: Bucket] = [:]
    /// Names on one page.
    var pageSize = 1000
    /// The questions that were asked, in order.
    private(set) var asked: [StorageQuestion] = []

    /// Lists and reads until the probe is done.
    mutating func report(of probe: LocationProbe) -> ProbeReport {
        var probe = probe
        while true {
            switch probe.next() {
            case .done(let report): return report
            case .ask(let questions): probe.receive(questions.map { answer($0) })
            }
        }
    }

    mutating func answer(_ question: StorageQuestion) -> StorageReply {
        asked.append(question)
        switch question {
        case .list(let question): return .page(page(question))
        case .read(let question):
            return .content(read(question) { ObjectContent(bytes: Array($0.utf8.prefix(question.byteLimit))) })
        case .readJUnit(let question):
            return .junit(
                read(question) { text in
                    let reader = JUnitReader()
                    reader.feed(Array(text.utf8))
                    return reader.finish()
                })
        }
    }

    private func evidence(_ request: String, _ status: Int) -> Evidence {
        Evidence(request: "GET https://storage.test/\(request)", status: status, observedAt: nil, detail: "")
    }

    private func refusal<Value>(_ bucket: String, _ keyPath: KeyPath<Bucket, StorageRefusal?>) -> StorageOutcome<Value>?
    {
        guard let bucket = buckets[bucket] else { return .refused(.noSuchBucket) }
        if let reason = bucket.outage { return .unknown(reason: reason) }
        return bucket[keyPath: keyPath].map { .refused($0) }
    }

    private func read<Value>(_ question: ReadQuestion, as convert: (String) -> Value) -> StorageAnswer<Value> {
        let request = "\(question.bucket)/\(question.object)"
        if let outcome: StorageOutcome<Value> = refusal(question.bucket, \.getRefusal) {
            return StorageAnswer(outcome: outcome, evidence: evidence(request, 401))
        }
        guard let object = buckets[question.bucket]?.objects[question.object] else {
            return StorageAnswer(outcome: .noSuchObject, evidence: evidence(request, 404))
        }
        return StorageAnswer(outcome: .answered(convert(object.text)), evidence: evidence(request, 200))
    }

    private mutating func page(_ question: ListQuestion) -> StorageAnswer<ListPage> {
        let request = "\(question.bucket)?prefix=\(question.prefix)&startOffset=\(question.startOffset ?? "")"
        if let outcome: StorageOutcome<ListPage> = refusal(question.bucket, \.listRefusal) {
            return StorageAnswer(outcome: outcome, evidence: evidence(request, 401))
        }
        if buckets[question.bucket]?.sortedNames == nil {
            // Of ASCII names `<` is the order of bytes, and many times faster than comparing their UTF-8 here.
            let names = buckets[question.bucket]?.objects.keys.sorted()
            buckets[question.bucket]?.sortedNames = names
        }
        let page = listing(question, names: buckets[question.bucket]?.sortedNames ?? [])
        return StorageAnswer(outcome: .answered(page), evidence: evidence(request, 200))
    }

    private func listing(_ question: ListQuestion, names: [String]) -> ListPage {
        let limit = min(pageSize, question.maxResults)
        let start = question.pageToken ?? max(question.prefix, question.startOffset ?? "")
        var index = names.partitioningIndex { $0 >= start }
        var objects: [StoredObject] = []
        var prefixes: [String] = []
        while index < names.count, names[index].hasPrefix(question.prefix) {
            let name = names[index]
            if objects.count + prefixes.count == limit {
                return ListPage(objects: objects, prefixes: prefixes, nextPageToken: name)
            }
            let rest = name.utf8.dropFirst(question.prefix.utf8.count)
            if question.isDelimited, let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
                let directory = String(name[...slash])
                prefixes.append(directory)
                index += 1
                guard index < names.count, names[index].hasPrefix(directory) else { continue }
                let next = directory.dropLast() + "0"
                index = names.partitioningIndex { $0 >= next }
                continue
            }
            if let object = buckets[question.bucket]?.objects[name] {
                objects.append(
                    StoredObject(
                        name: name, size: object.size ?? Int64(object.text.utf8.count), timeCreated: object.at,
                        updated: object.at, metadata: object.metadata))
            }
            index += 1
        }
        return ListPage(objects: objects, prefixes: prefixes, nextPageToken: nil)
    }
}

extension [String] {
    /// The first index at which a condition holds that holds from there to the end.
    func partitioningIndex(where holds: (String) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The moment at which every probe of these tests looks: 2026-08-22 12:00 UTC.
let probeNow = Date(timeIntervalSince1970: 1_787_400_000)

/// A time before that moment.
func daysAgo(_ days: Double) -> Date { probeNow.addingTimeInterval(-days * 86_400) }

/// The build id that Prow would have given at a time.
func snowflake(_ time: Date, step: UInt64 = 0) -> String {
    let milliseconds = UInt64(time.timeIntervalSince1970 * 1000) - 1_288_834_974_657
    return String(milliseconds << 22 | 1 << 12 | step)
}

extension StoredWorld.Bucket {
    /// Adds a build as Prow's tools write it.
    ///
    /// - Parameters:
    ///   - path: Its directory, with the final slash.
    ///   - time: When it finished; it started an hour earlier.
    ///   - omitting: Files that are left out.
    mutating func addBuild(_ path: String, at time: Date, omitting: Set<String> = []) {
        let seconds = Int(time.timeIntervalSince1970)
        let files = [
            "started.json": #"{"timestamp": \#(seconds - 3600)}"#,
            "finished.json": #"{"timestamp": \#(seconds), "passed": true, "result": "SUCCESS"}"#,
            "build-log.txt": "ok",
            "artifacts/junit_01.xml": #"<testsuite><testcase name="a"/></testsuite>"#,
        ]
        for (name, text) in files where !omitting.contains(name) {
            objects[path + name] = StoredWorld.Object(text: text, at: time.addingTimeInterval(60))
        }
    }

    /// Adds a job with a build every so many days, and its `latest-build.txt`.
    mutating func addJob(_ path: String, _ job: StoredJob = StoredJob()) {
        for index in 0..<job.builds {
            let time = job.newest.addingTimeInterval(Double(-index) * job.everyDays * 86_400)
            addBuild(path + job.id(time, index) + "/", at: time, omitting: job.omitting)
        }
        guard job.builds > 0 else { return }
        objects[path + "latest-build.txt"] = StoredWorld.Object(text: job.id(job.newest, 0), at: job.newest)
    }
}

/// How a job's builds are made.
struct StoredJob: Sendable {
    var newest = daysAgo(0.5)
    var builds = 5
    var everyDays = 1.0
    /// The id of a build, from its time and its place counted from the newest.
    var id: @Sendable (Date, Int) -> String = { time, _ in snowflake(time) }
    /// Files that are left out of every build.
    var omitting: Set<String> = []
}
