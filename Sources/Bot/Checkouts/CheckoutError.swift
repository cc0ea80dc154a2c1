/// Why a checkout cannot be read: each says where, what, and how to mend it.
///
/// The program then exits with 2.
enum CheckoutError: Error, Equatable, CustomStringConvertible {
    /// The folder is not there, or is no folder.
    case noFolder(String)
    /// No file of the folder is part of a registry.
    case noRegistry(String, looked: [String])
    /// A file of the registry cannot be read.
    case unreadable(path: String, reason: String)
    /// The folder is no git repository, and `--base` needs one.
    case noRepository(String)
    /// There is no git on this machine.
    case noGit
    /// Git does not know the revision.
    case unknownRevision(String)
    /// The history does not reach back to where the branches parted.
    case shallow(String)
    /// Git failed in another way.
    case git(command: String, message: String)

    var description: String {
        switch self {
        case .noFolder(let path):
            "\(path): there is no such folder. Give the root of a checkout with --checkout DIR."
        case .noRegistry(let path, let looked):
            """
            \(path): no registry here. Looked for \(looked.joined(separator: ", ")). \
            Give the root of the checkout, or name your own paths in .github/bucketbot.yaml.
            """
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason). Nothing was checked; mend its permissions and try again."
        case .noRepository(let path):
            "\(path): not a git repository, and --base compares with a commit. Leave --base out, or give a clone."
        case .noGit:
            "--base asks git, and there is none here. Install git, or put its folder into PATH."
        case .unknownRevision(let revision):
            "--base \(revision): git knows no such commit here. Fetch it first, as with `git fetch origin \(revision)`."
        case .shallow(let revision):
            """
            --base \(revision): the clone is shallow and does not reach back to where the branches parted. \
            Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` with actions/checkout.
            """
        case .git(let command, let message):
            "git \(command): \(message)"
        }
    }
}
