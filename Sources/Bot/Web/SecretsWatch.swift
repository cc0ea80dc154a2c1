internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Reads the secrets again when their file changes, and on SIGHUP.
///
/// Kubernetes puts a new folder in the place of the old and turns a symbolic link to it: so what the path leads to is
/// looked at every time. A file that cannot be used changes nothing, and the log says so.
struct SecretsWatch: Service {
    let path: String
    let keyring: WebhookKeyring
    let interval: Duration
    let logger: Logger

    /// The file as it is found, and its secrets.
    ///
    /// - Throws: `WebhookSecretsError`.
    static func load(path: String) throws(WebhookSecretsError) -> (secrets: [WebhookSecret], stamp: FileStamp?) {
        // Before the content: a file that changes in between is then read once more, and never once too few.
        let stamp = FileStamp(path: path)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw .unreadable(reason: exists ? "no permission, or a folder" : "there is none")
        }
        return (try WebhookSecretsFile.secrets(in: Array(bytes)), stamp)
    }

    /// Looks at the file until the service is to stop.
    func run() async throws {
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        // What changed since the secrets were first read shows as a change from nothing.
        var last: FileStamp?
        let ticks = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(4))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in hangups.cancelOnGracefulShutdown() { ticks.continuation.yield(true) }
            }
            group.addTask {
                do {
                    try await cancelWhenGracefulShutdown {
                        while true {
                            ticks.continuation.yield(false)
                            try await Task.sleep(for: interval)
                        }
                    }
                } catch {
                    // That is how it ends: nothing but the sleep throws.
                    ticks.continuation.finish()
                }
            }
            for await isAsked in ticks.stream { last = look(since: last, isAsked: isAsked) }
            group.cancelAll()
        }
    }

    /// Reads the file if it is not as it was.
    ///
    /// - Parameters:
    ///   - last: How it was found before.
    ///   - isAsked: Whether it is to be read in any case.
    /// - Returns: How it was found now.
    func look(since last: FileStamp?, isAsked: Bool) -> FileStamp? {
        let stamp = FileStamp(path: path)
        guard isAsked || stamp != last else { return last }
        do {
            let loaded = try Self.load(path: path)
            let names = Set(loaded.secrets.map(\.name))
            let isNew = names != Set(keyring.current.map(\.name))
            keyring.replace(by: loaded.secrets)
            if last != nil || isAsked || isNew {
                logger.info(
                    "Webhook secrets were read again.",
                    metadata: ["secrets": "\(loaded.secrets.map(\.name).joined(separator: ", "))"])
            }
            return loaded.stamp
        } catch {
            logger.error(
                "Webhook secrets cannot be read again; those from before stay valid.",
                metadata: ["file": "\(path)", "reason": "\(error)"])
            return stamp
        }
    }
}

/// What tells one state of a file from another without reading it.
struct FileStamp: Hashable, Sendable {
    private let numbers: [Int]

    /// Looks at what a path leads to, through symbolic links; nil where there is nothing.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        numbers = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
