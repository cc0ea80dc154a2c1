internal import BotCore
internal import Foundation

extension Checkout {
    /// Writes edits to the files, all or none.
    ///
    /// Every new content is written beside its file first, and only then put in its place, which the file system does
    /// at once; where one of these steps fails, those before it are taken back.
    ///
    /// - Throws: `EditError` where a file has changed since it was read, or cannot be written.
    func write(_ edits: [FileEdit]) throws {
        for edit in edits where try !isUnchanged(edit) { throw EditError.changedMeanwhile(path: edit.path) }
        var prepared: [PreparedEdit] = []
        var done: [PreparedEdit] = []
        do {
            for edit in edits { prepared.append(try prepare(edit)) }
            for edit in prepared {
                try edit.apply()
                done.append(edit)
            }
        } catch {
            let lost = done.reversed().filter { !$0.isReverted() }
            for edit in prepared where !lost.contains(where: { $0.path == edit.path }) { edit.clean() }
            if let first = lost.first {
                throw EditError.halfDone(path: first.path, backup: first.old?.path(percentEncoded: false) ?? "")
            }
            throw error
        }
        for edit in prepared { edit.clean() }
        for edit in edits where edit.new == nil { removeEmptyFolder(of: edit.path) }
    }

    private func isUnchanged(_ edit: FileEdit) throws -> Bool {
        let exists = FileManager.default.fileExists(atPath: folder.appending(path: edit.path).path)
        guard let old = edit.old else { return !exists }
        return try exists && bytes(of: edit.path) == old
    }

    private func prepare(_ edit: FileEdit) throws -> PreparedEdit {
        // A link within the checkout stays a link: what it leads to is edited.
        let address = folder.appending(path: edit.path).resolvingSymlinksInPath()
        let mark = UUID().uuidString.prefix(8)
        func beside(_ word: String) -> URL {
            address.deletingLastPathComponent().appending(path: ".\(address.lastPathComponent).\(word)-\(mark)")
        }
        let prepared = PreparedEdit(
            path: edit.path, address: address, old: edit.old == nil ? nil : beside("old"),
            new: edit.new == nil ? nil : beside("new"))
        guard let new = edit.new, let beside = prepared.new else { return prepared }
        do {
            try FileManager.default.createDirectory(
                at: address.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(new).write(to: beside)
            if edit.old != nil {
                let known = try FileManager.default.attributesOfItem(atPath: address.path)
                if let mode = known[.posixPermissions] {
                    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: beside.path)
                }
            }
        } catch {
            prepared.clean()
            throw EditError.unwritable(path: edit.path, reason: systemReason(error))
        }
        return prepared
    }

    /// Removes the folder of a deleted file if nothing is left in it: git keeps no empty folder either.
    private func removeEmptyFolder(of path: String) {
        let parent = folder.appending(path: path).deletingLastPathComponent()
        guard parent.standardizedFileURL != folder.standardizedFileURL else { return }
        // Fails where something is left, and then it has to stay.
        _ = rmdir(parent.path(percentEncoded: false))
    }
}

/// One edit whose new content lies beside its file.
private struct PreparedEdit {
    let path: String
    let address: URL
    /// Where the old file goes; nil for a new file.
    let old: URL?
    /// Where the new content lies; nil for a deletion.
    let new: URL?

    /// Puts the new content in the place of the old.
    func apply() throws {
        let name = address.path(percentEncoded: false)
        if let old {
            if new == nil {
                guard rename(name, old.path(percentEncoded: false)) == 0 else { throw failure() }
            } else {
                // The old file keeps its name until the new one takes it, so that a reader finds one or the other.
                do {
                    try FileManager.default.copyItem(at: address, to: old)
                } catch {
                    throw EditError.unwritable(path: path, reason: systemReason(error))
                }
            }
        }
        guard let new else { return }
        guard rename(new.path(percentEncoded: false), name) == 0 else { throw failure() }
    }

    /// Puts the old file back, and says whether that could be done.
    func isReverted() -> Bool {
        let name = address.path(percentEncoded: false)
        return (old.map { rename($0.path(percentEncoded: false), name) } ?? unlink(name)) == 0
    }

    /// Removes what lies beside the file.
    func clean() {
        for address in [old, new] {
            // What was put in place, or never written, is not there any more.
            if let address { _ = unlink(address.path(percentEncoded: false)) }
        }
    }

    private func failure() -> EditError {
        EditError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
}
