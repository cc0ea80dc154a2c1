/// One file that differs between two commits, as a pull request lists it.
struct ChangedFile: Hashable {
    let path: String
    /// The name before, where it was renamed.
    let previousPath: String?
    /// `added`, `removed`, `modified` or `renamed`.
    let status: String
    /// The new file's object, or the old one's where it was removed.
    let sha: String
    let additions: Int
    let deletions: Int
    /// The hunks; nil for a binary file, one that was only renamed, and one that is huge.
    let patch: String?
}

extension BareRepository {
    /// The most characters of one file's hunks that are listed.
    private static let patchLimit = 500_000

    /// The files that differ between two commits, in git's order.
    func changedFiles(from base: String, to head: String, limit: Int) async throws -> [ChangedFile] {
        let options = ["-z", "--find-renames", "--no-color", "--no-ext-diff", base, head]
        let raw = try await expect(["diff", "--raw", "--abbrev=40"] + options)
        let counts = Self.counts(try await expect(["diff", "--numstat"] + options).text)
        let patches = Self.patches(
            try await expect(["diff", "--patch", "--find-renames", "--no-color", "--no-ext-diff", base, head]).text)
        var words = raw.text.split(separator: "\0", omittingEmptySubsequences: false)[...]
        var files: [ChangedFile] = []
        while files.count < limit, let head = words.popFirst(), head.hasPrefix(":") {
            let fields = head.split(separator: " ")
            guard fields.count == 5, let letter = fields[4].first, let first = words.popFirst() else { break }
            let second = letter == "R" || letter == "C" ? words.popFirst() : nil
            let path = String(second ?? first)
            let count = counts[path] ?? (0, 0)
            files.append(
                ChangedFile(
                    path: path, previousPath: second == nil ? nil : String(first), status: Self.status(letter),
                    sha: String(letter == "D" ? fields[2] : fields[3]), additions: count.additions,
                    deletions: count.deletions, patch: files.count < patches.count ? patches[files.count] : nil))
        }
        return files
    }

    private static func status(_ letter: Character) -> String {
        switch letter {
        case "A": "added"
        case "D": "removed"
        case "R": "renamed"
        case "C": "copied"
        default: "modified"
        }
    }

    /// Reads `ADDED TAB DELETED TAB PATH NUL`, where a renamed file has an empty path and two further ones.
    private static func counts(_ text: String) -> [String: (additions: Int, deletions: Int)] {
        var counts: [String: (Int, Int)] = [:]
        var words = text.split(separator: "\0", omittingEmptySubsequences: false)[...]
        while let word = words.popFirst() {
            let fields = word.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            var path = String(fields[2])
            if path.isEmpty {
                words = words.dropFirst()
                path = words.popFirst().map(String.init) ?? ""
            }
            counts[path] = (Int(fields[0]) ?? 0, Int(fields[1]) ?? 0)
        }
        return counts
    }

    /// The hunks of each file, in order.
    private static func patches(_ text: String) -> [String?] {
        var patches: [String?] = []
        var hunks: [Substring]?
        func close() {
            guard let hunks else { return }
            let patch = hunks.joined(separator: "\n")
            patches.append(patch.isEmpty || patch.utf8.count > patchLimit ? nil : patch)
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // Lines of a file have a blank, a plus, a minus or a backslash before them.
            if line.hasPrefix("diff --git ") {
                close()
                hunks = []
            } else if line.hasPrefix("@@ ") || hunks?.isEmpty == false {
                hunks?.append(line)
            }
        }
        if hunks?.last?.isEmpty == true { hunks?.removeLast() }
        close()
        return patches
    }
}
