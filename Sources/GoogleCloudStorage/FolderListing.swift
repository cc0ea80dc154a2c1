internal import BotCore

internal import struct Foundation.Date

/// One page of a listing over a folder, by the rules of Google Cloud Storage.
///
/// Names are ordered by their UTF-8 bytes; a folder without any file below it does not exist; objects and prefixes of a
/// page are counted together; `startOffset` is compared with objects' names, so that a prefix appears when any object
/// below it is at or after it. The page token is the last name of the page before.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/objects/list.
struct FolderListing {
    /// Folders inside folders that are looked into.
    static let depthLimit = 64
    /// Names that one page may look at.
    static let visitLimit = 500_000

    private let prefix: [UInt8]
    private let start: [UInt8]
    private let after: [UInt8]?
    private let isDelimited: Bool
    private let maxResults: Int
    private let showsTimes: Bool

    private var objects: [StoredObject] = []
    private var prefixes: [String] = []
    private var last: [UInt8] = []
    private var isFull = false
    private var visited = 0

    /// The page that answers `question`.
    ///
    /// - Parameters:
    ///   - question: Which page; its bucket is not looked at.
    ///   - bucket: The bucket's folder.
    ///   - showsTimes: Whether a file's time stands for its object's; not for what is still to be uploaded.
    /// - Returns: The page.
    /// - Throws: `FileRefusal` where a folder that belongs to the page cannot be read.
    static func page(
        _ question: ListQuestion, in bucket: borrowing OpenFile, showsTimes: Bool
    ) throws(FileRefusal) -> ListPage {
        var listing = FolderListing(question, showsTimes: showsTimes)
        // The part of the prefix up to its last slash names a folder: the listing starts there.
        let folders = question.prefix.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        do throws(FileRefusal) {
            try listing.descend(bucket, Array(folders), above: [], depth: 0)
        } catch {
            // Nothing starts with the name of a folder that is not there.
            guard error == .missing else { throw error }
        }
        return ListPage(
            objects: listing.objects, prefixes: listing.prefixes,
            nextPageToken: listing.isFull ? String(decoding: listing.last, as: UTF8.self) : nil)
    }

    private init(_ question: ListQuestion, showsTimes: Bool) {
        self.showsTimes = showsTimes
        prefix = Array(question.prefix.utf8)
        start = Array((question.startOffset ?? "").utf8)
        after = question.pageToken.map { Array($0.utf8) }
        isDelimited = question.isDelimited
        maxResults = min(max(question.maxResults, 1), 1000)
    }

    private mutating func descend(
        _ folder: borrowing OpenFile, _ names: [Substring], above: [UInt8], depth: Int
    ) throws(FileRefusal) {
        guard let name = names.first else { return try walk(folder, above: above, depth: depth) }
        // No file can have such a name, though an object could.
        if ["", ".", ".."].contains(name) || name.utf8.contains(0) || depth >= Self.depthLimit { return }
        let next = try folder.folder(name)
        try descend(next, Array(names.dropFirst()), above: above + Array(name.utf8) + [0x2F], depth: depth + 1)
    }

    /// Adds what a folder has, in order, until the page is full.
    private mutating func walk(_ folder: borrowing OpenFile, above: [UInt8], depth: Int) throws(FileRefusal) {
        guard depth < Self.depthLimit else { throw .failed(reason: "folders lie more than 64 deep") }
        for entry in try folder.entries() {
            let name = above + entry.key
            try visit()
            if isFull { return }
            guard entry.isFolder else {
                if name.starts(with: prefix), isAtOrAfterStart(name), isAfterToken(name),
                    let facts = try folder.facts(of: entry.key)
                {
                    add(name) { $0.objects.append(StoredObject(name, facts, showsTimes: $0.showsTimes)) }
                }
                continue
            }
            guard name.starts(with: prefix) || prefix.starts(with: name), mayHoldWanted(name) else { continue }
            let inside = try folder.folder(String(decoding: entry.key.dropLast(), as: UTF8.self))
            if isDelimited, name.starts(with: prefix) {
                if isAfterToken(name), try holdsObject(inside, above: name, depth: depth + 1) {
                    add(name) { $0.prefixes.append(String(decoding: name, as: UTF8.self)) }
                }
            } else {
                try walk(inside, above: name, depth: depth + 1)
            }
            if isFull { return }
        }
    }

    /// Adds one name, or learns that the page was full before it and that there is another one.
    private mutating func add(_ name: [UInt8], _ append: (inout FolderListing) -> Void) {
        guard objects.count + prefixes.count < maxResults else {
            isFull = true
            return
        }
        append(&self)
        last = name
    }

    /// Whether any object at or after the start lies below a folder.
    private mutating func holdsObject(
        _ folder: borrowing OpenFile, above: [UInt8], depth: Int
    ) throws(FileRefusal) -> Bool {
        guard depth < Self.depthLimit else { throw .failed(reason: "folders lie more than 64 deep") }
        for entry in try folder.entries() {
            let name = above + entry.key
            try visit()
            if !entry.isFolder {
                if isAtOrAfterStart(name) { return true }
            } else if isAtOrAfterStart(name) || start.starts(with: name) {
                let inside = try folder.folder(String(decoding: entry.key.dropLast(), as: UTF8.self))
                if try holdsObject(inside, above: name, depth: depth + 1) { return true }
            }
        }
        return false
    }

    private mutating func visit() throws(FileRefusal) {
        visited += 1
        if visited > Self.visitLimit { throw .failed(reason: "it holds more than \(Self.visitLimit) names") }
    }

    /// Whether a name below this folder could still be on the page.
    private func mayHoldWanted(_ folder: [UInt8]) -> Bool {
        guard isAtOrAfterStart(folder) || start.starts(with: folder) else { return false }
        guard let after else { return true }
        return !folder.lexicographicallyPrecedes(after) || after.starts(with: folder)
    }

    private func isAtOrAfterStart(_ name: [UInt8]) -> Bool { !name.lexicographicallyPrecedes(start) }

    private func isAfterToken(_ name: [UInt8]) -> Bool { after.map { $0.lexicographicallyPrecedes(name) } ?? true }
}

extension StoredObject {
    /// A file as a listing shows an object; both of its times are the file's, or none.
    fileprivate init(_ name: [UInt8], _ facts: FileFacts, showsTimes: Bool) {
        let time = !showsTimes ? nil : PlausibleTime.date(secondsSince1970: facts.modifiedSeconds)
        self.init(name: String(decoding: name, as: UTF8.self), size: facts.size, timeCreated: time, updated: time)
    }
}
