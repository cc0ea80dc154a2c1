internal import struct Foundation.Date

/// Which objects a synthetic job has, in the order of their names, and what is in them.
extension SyntheticJob {
    /// How long each build ran.
    private static let runSeconds: Int64 = 600

    private static let slash = UInt8(ascii: "/")
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// The first of the job's names at or after a place.
    func firstName(atOrAfter place: ObjectName) -> ObjectName? {
        guard place.hasPrefix(directory) else {
            return place < directory ? firstName(atOrAfter: directory) : nil
        }
        let rest = place.bytes[directory.bytes.count...]
        let number = Array(rest.prefix { Self.digits.contains($0) })
        let tail = Array(rest.dropFirst(number.count))
        if let id = firstBuild(after: number, tail) {
            return id
        }
        let trailing = ObjectName(bytes: Array(rest))
        return trailingNames.first { $0 >= trailing }.map { child($0.bytes) }
    }

    /// The object of this name; nil where there is none.
    func object(named name: ObjectName) -> StandInObject? {
        guard firstName(atOrAfter: name) == name else { return nil }
        let rest = name.bytes[directory.bytes.count...]
        let number = Array(rest.prefix { Self.digits.contains($0) })
        guard let id = progression.id(number), let index = progression.index(of: id) else {
            return latestBuild(name)
        }
        let suffix = String(decoding: rest.dropFirst(number.count), as: UTF8.self)
        return object(name, suffix: suffix, ofBuild: index, id: id)
    }

    /// The first build's object at or after `number` followed by `tail`.
    private func firstBuild(after number: [UInt8], _ tail: [UInt8]) -> ObjectName? {
        let id: Int64?
        switch tail.first {
        case nil: id = progression.firstID(atOrAfter: number)
        case let byte? where byte > UInt8(ascii: "9"):
            // Behind every digit: only a later number can follow, and none where there was no number.
            id = number.isEmpty ? nil : progression.firstID(afterAllBelow: number)
        default:
            if let own = progression.id(number), let index = progression.index(of: own) {
                let place = ObjectName(bytes: tail)
                if let suffix = suffixes(ofBuild: index).first(where: { $0 >= place }) {
                    return child(number + suffix.bytes)
                }
            }
            // What comes before a digit comes before all numbers that go on from this one.
            id = progression.firstID(atOrAfter: number.isEmpty ? [] : number + [UInt8(ascii: "0")])
        }
        guard let id, let index = progression.index(of: id), let suffix = suffixes(ofBuild: index).first else {
            return nil
        }
        return child(Array(String(id).utf8) + suffix.bytes)
    }

    private func child(_ rest: [UInt8]) -> ObjectName { ObjectName(bytes: directory.bytes + rest) }

    private var trailingNames: [ObjectName] { hasLatestBuild && count > 0 ? ["latest-build.txt"] : [] }

    private func isUnfinished(build index: Int) -> Bool {
        if index >= count - unfinishedNewestCount { return true }
        guard let unfinishedEvery, unfinishedEvery > 0 else { return false }
        return (index + 1) % unfinishedEvery == 0
    }

    private func isFailed(build index: Int) -> Bool {
        guard let failedEvery, failedEvery > 0 else { return false }
        return (index + 1) % failedEvery == 0
    }

    /// What follows a build's number in its objects' names, in order; never empty.
    private func suffixes(ofBuild index: Int) -> [ObjectName] {
        if case .aliases = style { return [".txt"] }
        var suffixes: [ObjectName] = []
        if hasJUnit { suffixes.append("/artifacts/junit_01.xml") }
        if hasBuildLog { suffixes.append("/build-log.txt") }
        if !isUnfinished(build: index) { suffixes.append("/finished.json") }
        suffixes.append("/started.json")
        return suffixes
    }

    private func object(_ name: ObjectName, suffix: String, ofBuild index: Int, id: Int64) -> StandInObject {
        let start = startTime(ofBuild: index)
        let end = Timestamp(milliseconds: start.milliseconds &+ Self.runSeconds * 1000)
        let hasFailed = isFailed(build: index)
        switch suffix {
        case "/started.json":
            return StandInObject(name, #"{"timestamp":\#(start.seconds),"node":"node-1"}"#, at: start.date)
        case "/finished.json":
            let result = hasFailed ? "FAILURE" : "SUCCESS"
            let text = #"{"timestamp":\#(end.seconds),"passed":\#(!hasFailed),"result":"\#(result)"}"#
            return StandInObject(name, text, at: end.date)
        case "/artifacts/junit_01.xml":
            let outcome = hasFailed ? "<failure>expected true</failure>" : ""
            let testCase = #"<testcase name="starts" classname="e2e" time="1.5">\#(outcome)</testcase>"#
            return StandInObject(name, #"<testsuite tests="1">\#(testCase)</testsuite>"#, at: end.date)
        case "/build-log.txt":
            return StandInObject(name, "Build \(id) ran for \(Self.runSeconds) seconds.\n", at: end.date)
        default:
            let target = if case .aliases(let target) = style { "\(target)\(id)" } else { "" }
            return StandInObject(name, target, at: start.date, metadata: ["x-goog-meta-link": target])
        }
    }

    private func latestBuild(_ name: ObjectName) -> StandInObject {
        StandInObject(name, String(progression.last), at: newest)
    }
}
