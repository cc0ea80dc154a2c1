internal import BotCore
internal import Foundation

/// Where results go, and what is said beside them.
enum StandardStreams {
    /// Makes the streams fit to be written to; called before anything else opens a file.
    static func prepare() {
        // Writing to a reader who has left shall fail, not kill the program.
        signal(SIGPIPE, SIG_IGN)
        _ = isOutputClosed
    }

    /// Whether the program was started without a standard output.
    private static let isOutputClosed: Bool = {
        let isClosed = isDescriptorClosed(STDOUT_FILENO)
        // What is opened next would get the number of a closed stream, and with it what is written there.
        for descriptor in STDIN_FILENO...STDERR_FILENO where isDescriptorClosed(descriptor) {
            _ = open("/dev/null", O_RDWR)
        }
        return isClosed
    }()

    private static func isDescriptorClosed(_ descriptor: Int32) -> Bool {
        fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
    }

    /// Writes a result.
    ///
    /// A reader who has left before the end, as `head` does, has what was wanted: that is no error.
    ///
    /// - Throws: `WrongUse` where there is no standard output, or it takes no more.
    static func write(_ text: String) throws(WrongUse) {
        if isOutputClosed {
            throw WrongUse("The result cannot be written: standard output is closed. Send it to a file or a pipe.")
        }
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count >= 0 {
                sent += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EPIPE: return
            case EAGAIN:
                var waiting = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            case let code:
                let reason = String(cString: strerror(code))
                throw WrongUse(
                    "The result cannot be written to standard output: \(reason). Make room, or send it elsewhere.")
            }
        }
    }

    /// Says something beside the result, as a line on standard error.
    static func note(_ text: String) {
        do {
            try FileHandle.standardError.write(contentsOf: Data((text.printableText + "\n").utf8))
        } catch {
            // Nobody can be told that nobody can be told; the exit status says it all the same.
        }
    }
}

/// Why the system refused, in its own few words: the POSIX reason where there is one.
func systemReason(_ error: any Error) -> String {
    if let error = error as? POSIXError { return String(cString: strerror(error.code.rawValue)) }
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
        return String(cString: strerror(Int32(clamping: underlying.code)))
    }
    return error.localizedDescription
}
