import Foundation
import Logging
import Synchronization

@testable import Bot

/// The lines that a bot wrote to its log.
final class LogRecord: Sendable {
    private let written = Mutex<[String]>([])

    /// The lines so far.
    var lines: [String] { written.withLock { $0 } }

    /// What somebody should have acted on.
    var errors: [String] { lines.filter { $0.contains(" error ") } }

    /// A logger that writes here, by a test's clock.
    func logger(_ clock: TestClock) -> Logger {
        var logger = Logger(label: "bot") { label in
            LogLine(label: label, format: .text, now: { clock.now }) { line in self.written.withLock { $0.append(line) }
            }
        }
        logger.logLevel = .debug
        return logger
    }
}
