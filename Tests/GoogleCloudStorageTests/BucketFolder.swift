import Foundation
import GoogleCloudStorage
import Testing

/// Writes objects as files, as somebody would before an upload.
enum BucketFolder {
    /// Writes what the contract begins with below a folder.
    static func writeContract(into folder: URL) throws {
        for bucket in ObjectStorageContract.bucketNames {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + bucket, withIntermediateDirectories: true)
        }
        for seed in ObjectStorageContract.seeds {
            try write(seed.name, seed.bytes, into: folder.path + "/" + seed.bucket)
        }
    }

    /// Writes one object below its bucket's folder.
    static func write(_ name: String, _ bytes: [UInt8], into bucket: String) throws {
        // Not by a URL: Foundation would take what stands in a name for an escape.
        let path = bucket + "/" + name
        let parent = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        let isWritten = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        #expect(isWritten, "\(path) could not be written")
    }

    /// A storage over a folder, with a clock that stands.
    static func storage(
        _ folder: URL, _ form: LocalDirectoryStorage.Form = .buckets
    ) -> LocalDirectoryStorage {
        LocalDirectoryStorage(path: folder.path, form: form) { Date(timeIntervalSince1970: 1_800_000_000) }
    }
}
