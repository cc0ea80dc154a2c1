/// Why the store could not do it, by what can be done about it.
///
/// No case holds anything of a stored delivery or of a statement's arguments.
public enum StoreError: Error, Hashable, CustomStringConvertible {
    /// There is no room; nothing was stored.
    case diskFull
    /// Another process held the database for too long; trying again later helps.
    case busy
    /// The folder that the file should be in does not exist.
    case folderMissing(path: String)
    /// The file, or its folder, may not be written to.
    case notWritable(path: String)
    /// The file is no database, or another program's.
    case notOurs(path: String)
    /// The file's content contradicts itself.
    case corrupt(detail: String)
    /// A newer version of the program has changed the tables.
    case newerSchema(found: Int, known: Int)
    /// Too many jobs are scheduled already.
    case scheduleFull(capacity: Int)
    /// Anything else: the file cannot be read, or the store is closed.
    case unavailable(reason: String)

    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .diskFull:
            "the disk that holds the database is full: make room; nothing is accepted until then"
        case .busy:
            "another process is writing to the database and did not finish in time: see that only one works on it"
        case .folderMissing(let path):
            "there is no folder \(path) to keep the database in: create it, or set BUCKETBOT_DATABASE"
        case .notWritable(let path):
            "\(path) cannot be written to: give the user that runs the bot the right to write the file and its folder"
        case .notOurs(let path):
            "\(path) is not a database of this program: set BUCKETBOT_DATABASE to another file"
        case .corrupt(let detail):
            "the database is damaged (\(detail)): stop the bot, keep the file, restore a backup or start with none; "
                + "what was done stands on GitHub and is found there"
        case .newerSchema(let found, let known):
            "the database has version \(found) and this program knows \(known): run the newer program, or restore the "
                + "backup made before it"
        case .scheduleFull(let capacity):
            "\(capacity) jobs are scheduled, and no more are taken"
        case .unavailable(let reason):
            "the database cannot be used: \(reason)"
        }
    }
}
