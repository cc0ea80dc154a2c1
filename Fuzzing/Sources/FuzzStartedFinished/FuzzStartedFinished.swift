import BotCore
import FuzzDriver

/// Reads any bytes as both files of a build and as its id: values in range or issues with words, never a trap.
@main
enum FuzzStartedFinished: Fuzzer {
    static func read(_ bytes: [UInt8]) {
        let (started, startedIssues) = StartedFile.parse(bytes)
        let (finished, finishedIssues) = FinishedFile.parse(bytes)
        for issue in startedIssues + finishedIssues {
            precondition(!issue.description.isEmpty)
        }
        for timestamp in [started.timestamp, finished.timestamp].compactMap(\.self) {
            let isPlausible = EpochSeconds.plausibleDate(timestamp) != nil
            precondition(!isPlausible || EpochSeconds.likelyUnit(of: timestamp) == "seconds")
        }
        let id = BuildID(String(decoding: bytes.prefix(64), as: UTF8.self))
        precondition(!id.form.holdsTime || id.time != nil)
        if let time = id.time { _ = BuildID.firstName(notBefore: time, form: id.form) }
    }
}
