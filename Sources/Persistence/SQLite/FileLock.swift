internal import Glibc
internal import Synchronization

/// A file that at most one holds at a time, in this process or another; the system lets go of it when its holder ends.
final class FileLock: Sendable {
    private let path: String
    private let descriptor = Mutex<Int32?>(nil)

    /// A lock that nobody here holds yet.
    init(path: String) { self.path = path }

    deinit { unlock() }

    /// Takes the lock, making the file where it is missing.
    ///
    /// - Returns: Whether it is held now; false where somebody else holds it.
    /// - Throws: `StoreError` where the file cannot be made.
    func lock() throws -> Bool {
        try descriptor.withLock { held in
            if held != nil { return true }
            let opened = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard opened >= 0 else { throw SQLiteFile.error(errno, path: path) }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(opened)
                guard code == EWOULDBLOCK else { throw SQLiteFile.error(code, path: path) }
                return false
            }
            held = opened
            return true
        }
    }

    /// Lets go of it; the file stays, since another may hold it by now.
    func unlock() {
        descriptor.withLock { held in
            if let held {
                // By name: a child that was forked a moment ago may have the descriptor still, and with it the lock.
                flock(held, LOCK_UN)
                close(held)
            }
            held = nil
        }
    }
}
