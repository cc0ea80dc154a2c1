internal import Foundation

/// What a terminal, or a pipe in its place, can show.
struct Terminal {
    /// Whether a person sits behind it.
    let isTerminal: Bool
    /// Whether colors are wanted: not in a pipe, not for `TERM=dumb`, not with `NO_COLOR`.
    let isColored: Bool
    /// Columns; 100 where nobody knows.
    let width: Int

    static var standardOutput: Terminal { Terminal(descriptor: STDOUT_FILENO) }
    static var standardError: Terminal { Terminal(descriptor: STDERR_FILENO) }

    private init(descriptor: Int32) {
        let environment = ProcessInfo.processInfo.environment
        isTerminal = isatty(descriptor) == 1
        // Source: https://no-color.org.
        isColored = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        var size = winsize()
        let isKnown = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col >= 40
        width = isKnown ? min(Int(size.ws_col), 140) : 100
    }
}

/// Shows how far a long run is, on standard error, when that is a terminal.
struct Progress: Sendable {
    private let isShown: Bool

    /// Shown on a terminal only.
    static var onTerminal: Progress { Progress(isShown: Terminal.standardError.isTerminal) }
    /// Never shown.
    static let none = Progress(isShown: false)

    /// Says that some of all are done.
    func show(_ done: Int, of total: Int, _ noun: String) {
        guard isShown else { return }
        write("\r\u{1B}[K\(done) of \(total) \(noun)")
    }

    /// Takes the line away.
    func clear() {
        guard isShown else { return }
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        do {
            try FileHandle.standardError.write(contentsOf: Data(text.utf8))
        } catch {
            // Progress is a courtesy: a closed terminal does not end the work.
        }
    }
}
