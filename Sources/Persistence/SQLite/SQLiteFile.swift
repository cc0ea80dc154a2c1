internal import Foundation
internal import GRDB
internal import Glibc

/// The file that the database is in, looked at before SQLite opens it, so that what is wrong is said in words.
struct SQLiteFile {
    /// Its path.
    let path: String

    /// Makes the file where there is none, readable by its owner alone since it holds what private repositories send.
    ///
    /// A file that is there is not opened here: closing it would take the locks away that another connection of this
    /// process has on it. See "How To Corrupt An SQLite Database File", section 2.2, on sqlite.org.
    ///
    /// - Throws: `StoreError.folderMissing`, `notWritable`, `diskFull` or `unavailable`.
    func prepare() throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw StoreError.folderMissing(path: folder)
        }
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        let code = errno
        guard code == EEXIST else { throw Self.error(code, path: path) }
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw StoreError.notOurs(path: path)
        }
        // SQLite would open a file that it may not write for reading, and the folder takes the log beside it.
        guard access(path, R_OK | W_OK) == 0 else { throw Self.error(errno, path: path) }
        guard access(folder, W_OK | X_OK) == 0 else { throw Self.error(errno, path: folder) }
    }

    /// Refuses a file that is not ours before anything in it is changed.
    ///
    /// - Throws: `StoreError.notOurs`, `newerSchema` or `corrupt`.
    func checkOwner() throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let reader = try DatabaseQueue(path: path, configuration: configuration)
        _ = try reader.read { try Schema.foundVersion($0, path: path) }
        try reader.close()
    }

    /// What a failure of the system means to the caller.
    static func error(_ code: Int32, path: String) -> StoreError {
        switch code {
        case EACCES, EPERM, EROFS: .notWritable(path: path)
        case ENOSPC, EDQUOT: .diskFull
        default: .unavailable(reason: "\(path): \(String(cString: strerror(code)))")
        }
    }
}
