internal import BotCore

/// The files that a commit has below a folder.
struct GitTree {
    /// One file of a commit.
    struct File {
        /// The id of its content.
        let object: String
        /// Whether the content is the path that a symbolic link leads to.
        let isLink: Bool
    }

    private var files: [ExactText: File] = [:]
    private var submodules: Set<ExactText> = []

    /// Reads what `git ls-tree -r -z` prints: `MODE TYPE OID`, a tab and the path.
    init(records: [ArraySlice<UInt8>]) {
        for record in records {
            guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let words = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ").map(String.init)
            guard words.count == 3 else { continue }
            let path = ExactText(String(decoding: record[(tab + 1)...], as: UTF8.self))
            switch words[1] {
            case "blob": files[path] = File(object: words[2], isLink: words[0] == "120000")
            case "commit": submodules.insert(path)
            default: break
            }
        }
    }

    /// The file at a path; nil where the commit has none.
    func file(at path: String) -> File? { files[ExactText(path)] }

    /// Whether a path lies in another repository, of which the commit says nothing.
    func isInSubmodule(_ path: String) -> Bool {
        guard !submodules.isEmpty else { return false }
        return path.utf8.indices.contains { index in
            path.utf8[index] == UInt8(ascii: "/") && submodules.contains(ExactText(String(path[..<index])))
        }
    }
}

/// Where a symbolic link leads.
///
/// - Parameters:
///   - text: What the link says.
///   - path: Where the link stands, relative to a folder.
/// - Returns: The path that it means, relative to the same folder; nil where it leads out of that.
func linkTarget(_ text: String, of path: String) -> String? {
    guard !text.hasPrefix("/") else { return nil }
    var parts = path.split(separator: "/").dropLast()
    for part in text.split(separator: "/") where part != "." {
        if part != ".." {
            parts.append(part)
        } else if parts.popLast() == nil {
            return nil
        }
    }
    return parts.joined(separator: "/")
}
