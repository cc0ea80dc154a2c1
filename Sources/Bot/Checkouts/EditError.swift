/// Why files of a checkout cannot be edited or committed: nothing is left half done.
enum EditError: Error, Equatable, CustomStringConvertible {
    /// A file is not as it was when the edits were planned.
    case changedMeanwhile(path: String)
    /// A file cannot be written.
    case unwritable(path: String, reason: String)
    /// A file could neither be written nor put back.
    case halfDone(path: String, backup: String)
    /// The folder is no git repository.
    case noRepository(String)
    /// The folder is no git repository, and what was removed is to be found in its history.
    case noHistory(String)
    /// Something is staged and would come into the commit.
    case staged
    /// A file has changes that are not committed.
    case uncommitted(path: String)
    /// Git does not know a commit, or it has no parent.
    case unknownCommit(String)
    /// No commit is found that removed an entry.
    case neverRemoved(String)
    /// Git refuses.
    case git(command: String, message: String)

    var description: String {
        switch self {
        case .changedMeanwhile(let path):
            "\(path): the file has changed since it was read. Nothing was written; try again."
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason). Every file is as it was."
        case .halfDone(let path, let backup):
            "\(path): writing failed, and the old file could not be put back. It is kept as \(backup)."
        case .noRepository(let path):
            "\(path): not a git repository. Leave --commit out, or give a clone."
        case .noHistory(let path):
            "\(path): not a git repository, and what a commit removed stands in its history. Give a clone with --checkout."
        case .staged:
            "Something is staged and would come into the commit. Commit or unstage it first, or leave --commit out."
        case .uncommitted(let path):
            "\(path): it has changes that are not committed. Commit them first, or leave --commit out."
        case .unknownCommit(let revision):
            "\(revision): git knows no such commit with a parent here. In a shallow clone, fetch the history first."
        case .neverRemoved(let name):
            "\(name): no commit of this branch took it out. Name the commit, or fetch the whole history."
        case .git(let command, let message):
            "git \(command): \(message)"
        }
    }
}
