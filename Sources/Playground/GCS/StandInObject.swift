public import struct Foundation.Date

/// One object that a stand-in's bucket holds.
public struct StandInObject: Hashable, Sendable {
    /// The whole name in the bucket.
    public var name: ObjectName
    /// The content as a reader sees it, before any `Content-Encoding`.
    public var bytes: [UInt8]
    /// When it was uploaded.
    public var timeCreated: Date
    /// When its data or metadata was last changed.
    public var updated: Date
    /// Custom metadata (`x-goog-meta-*` without that part).
    public var metadata: [String: String]
    /// Whether it is stored with `Content-Encoding: gzip`: a reader who does not accept that gets it unpacked.
    public var isGzipped: Bool
    /// The media type.
    public var contentType: String

    /// An object from its bytes.
    public init(
        _ name: ObjectName, bytes: [UInt8], at time: Date, metadata: [String: String] = [:], isGzipped: Bool = false,
        contentType: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.timeCreated = time
        self.updated = time
        self.metadata = metadata
        self.isGzipped = isGzipped
        self.contentType = contentType ?? Self.contentType(of: name)
    }

    /// An object from a text.
    public init(
        _ name: ObjectName, _ text: String, at time: Date, metadata: [String: String] = [:], isGzipped: Bool = false
    ) {
        self.init(name, bytes: Array(text.utf8), at: time, metadata: metadata, isGzipped: isGzipped)
    }

    /// The bytes that a listing counts and a reader who accepts gzip gets.
    var storedBytes: [UInt8] { isGzipped ? Gzip.stored(bytes) : bytes }

    /// The size that a listing shows, in bytes.
    var storedSize: Int { isGzipped ? Gzip.storedSize(of: bytes.count) : bytes.count }

    private static func contentType(of name: ObjectName) -> String {
        if name.bytes.suffix(5).elementsEqual(".json".utf8) { return "application/json" }
        if name.bytes.suffix(4).elementsEqual(".xml".utf8) { return "application/xml" }
        if name.bytes.suffix(4).elementsEqual(".txt".utf8) { return "text/plain; charset=utf-8" }
        return "application/octet-stream"
    }
}
