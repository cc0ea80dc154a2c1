public import struct Foundation.Date

/// The hash by which git names a file's content: 40 or 64 hexadecimal digits.
public struct BlobID: Hashable, Sendable, CustomStringConvertible {
    /// The digits.
    public let text: String

    /// Wraps the digits.
    public init(_ text: String) { self.text = text }

    /// The digits.
    public var description: String { text }
}

/// Contents of files by the hash that names them: they never change, so they are never asked for twice.
///
/// It holds at most `StoreLimits.blobCacheBytes`, and gives up those that were not used for the longest time.
public protocol BlobCache: Sendable {
    /// Those of the contents that are kept.
    func find(_ ids: [BlobID], now: Date) async throws -> [BlobID: [UInt8]]

    /// Keeps contents, all in one transaction. One that is larger than the whole cache is not kept.
    func save(_ blobs: [BlobID: [UInt8]], now: Date) async throws

    /// How many bytes are kept.
    func byteCount() async throws -> Int
}
