internal import BotCore
internal import Foundation

extension Checkout {
    /// The most bytes of one document that are searched for names.
    private static let documentLimitBytes = 1 << 20

    /// What the tree holds besides its registry: the paths of all files, and the documentation.
    ///
    /// - Throws: `CheckoutError.unreadable` where a folder cannot be listed.
    func surroundings() throws -> RemovalSurroundings {
        var surroundings = RemovalSurroundings()
        var failure: CheckoutError?
        let root = folder.path(percentEncoded: false)
        let skipped = root.hasSuffix("/") ? root.utf8.count : root.utf8.count + 1
        let walker = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.isRegularFileKey, .isDirectoryKey]
        ) { address, error in
            failure = CheckoutError.unreadable(path: address.path, reason: systemReason(error))
            return false
        }
        while let address = walker?.nextObject() as? URL {
            let values = try address.resourceValues(forKeys: [.isRegularFileKey, .isDirectoryKey, .fileSizeKey])
            if values.isDirectory == true {
                if [".git", "node_modules", ".build"].contains(address.lastPathComponent) { walker?.skipDescendants() }
                continue
            }
            let path = String(decoding: address.path(percentEncoded: false).utf8.dropFirst(skipped), as: UTF8.self)
            surroundings.paths.insert(path)
            let isText = values.isRegularFile == true && address.pathExtension == "md"
            if isText, let size = values.fileSize, size <= Self.documentLimitBytes {
                surroundings.documents[path] = try bytes(of: path)
            }
        }
        if let failure { throw failure }
        return surroundings
    }
}
