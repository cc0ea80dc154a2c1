public import Foundation

/// Runs `body` with a new empty folder, and deletes it afterwards.
///
/// - Parameter body: Gets the folder's address.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or why the folder could not be made or deleted.
public func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
        let result = try await body(folder)
        try FileManager.default.removeItem(at: folder)
        return result
    } catch {
        try FileManager.default.removeItem(at: folder)
        throw error
    }
}
