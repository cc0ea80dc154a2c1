/// What a commit changes: for each path the whole new file; nil deletes it.
public struct GitChanges: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The bytes by path.
    public var files: [String: [UInt8]?]

    /// Changes by path, as bytes.
    public init(_ files: [String: [UInt8]?] = [:]) { self.files = files }

    /// Changes by path, as text; nil deletes.
    public init(dictionaryLiteral elements: (String, String?)...) {
        files = Dictionary(elements.map { ($0.0, $0.1.map { Array($0.utf8) }) }) { $1 }
    }
}

extension BareRepository {
    /// Adds a commit to a branch.
    ///
    /// - Parameters:
    ///   - changes: What it changes.
    ///   - branch: The branch, made where it is not there.
    ///   - parent: The commit to build on, whatever the branch was before; nil for the branch's own.
    ///   - message: What it says.
    ///   - person: Who made it, and when.
    /// - Returns: Its name.
    /// - Throws: `GitTrouble` where git refuses.
    func commit(
        _ changes: GitChanges, to branch: String, on parent: String? = nil, _ message: String,
        by person: GitCommitRecord.Person
    ) async throws -> String {
        var base = parent
        if base == nil { base = try await self.branch(branch) }
        var stream: [UInt8] = []
        func line(_ text: String) { stream += Array("\(text)\n".utf8) }
        func data(_ bytes: [UInt8]) {
            line("data \(bytes.count)")
            stream += bytes + [0x0A]
        }
        line("commit refs/heads/\(branch)")
        line("mark :1")
        line("author \(person.name) <\(person.email)> \(person.date)")
        line("committer \(person.name) <\(person.email)> \(person.date)")
        data(Array(message.utf8))
        if let base { line("from \(base)") }
        for (path, bytes) in changes.files.sorted(by: { $0.key < $1.key }) {
            let quoted =
                "\""
                + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n") + "\""
            if let bytes {
                line("M 100644 inline \(quoted)")
                data(bytes)
            } else {
                line("D \(quoted)")
            }
        }
        line("")
        line("get-mark :1")
        line("done")
        let output = try await expect(
            ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"], input: stream)
        return output.line
    }
}
