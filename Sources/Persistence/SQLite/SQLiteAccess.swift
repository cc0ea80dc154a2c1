internal import Dispatch
internal import GRDB

/// The connections to one SQLite file: one that writes, and some that read beside it.
///
/// Everything waits on queues of GRDB's own, never on the threads that tasks run on.
struct SQLiteAccess: Sendable {
    /// The connections.
    let pool: DatabasePool
    /// Where the file lies.
    let path: String

    /// Opens a file, making it where it is missing, and brings its tables up to date.
    ///
    /// - Throws: `StoreError`.
    static func open(path: String, busyTimeoutSeconds: Int) async throws -> SQLiteAccess {
        do {
            let pool = try await onQueue {
                let file = SQLiteFile(path: path)
                try file.prepare()
                try file.checkOwner()
                var configuration = Configuration()
                configuration.busyMode = .timeout(Double(busyTimeoutSeconds))
                configuration.maximumReaderCount = 4
                configuration.label = "bucketbot"
                return try DatabasePool(path: path, configuration: configuration)
            }
            try await pool.writeWithoutTransaction { db in
                // GRDB has set NORMAL, which loses the last transactions in a power failure. Here, because it does so
                // after `prepareDatabase`.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // A checkpoint every 8 MiB and not every 4, since bodies are large; a longer log is no faster, and the
                // one who meets the checkpoint waits longer. And a log that shrinks afterwards.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864")
            }
            try await pool.write { try Schema.migrate($0, path: path) }
            return SQLiteAccess(pool: pool, path: path)
        } catch {
            throw translated(error, path: path)
        }
    }

    /// Runs `body` on a snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw Self.translated(error, path: path)
        }
    }

    /// Runs `body` in a transaction that excludes other writers from its first statement on.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw Self.translated(error, path: path)
        }
    }

    /// Waits for what is under way, and closes the file.
    func close() async throws {
        do {
            try await Self.onQueue { try pool.close() }
        } catch {
            throw Self.translated(error, path: path)
        }
    }

    /// Runs what blocks on a thread of Dispatch's.
    private static func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(with: Result { try body() })
            }
        }
    }

    /// What a failure means to the caller.
    ///
    /// SQLite's message is kept, the statement and its arguments are not.
    static func translated(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else {
            let isOurs = error is StoreError || error is LeaseLost || error is CancellationError
            return isOurs ? error : StoreError.unavailable(reason: "\(type(of: error))")
        }
        let message = error.message ?? "SQLite says \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL: return StoreError.diskFull
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return StoreError.diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreError.busy
        case .SQLITE_READONLY, .SQLITE_PERM: return StoreError.notWritable(path: path)
        case .SQLITE_NOTADB: return StoreError.notOurs(path: path)
        case .SQLITE_CORRUPT: return StoreError.corrupt(detail: message)
        default: return StoreError.unavailable(reason: message)
        }
    }
}
