/// What a `CurlTransport` has done since it was made; it shows whether connections, names and handles are reused.
public struct CurlCounters: Hashable, Sendable {
    /// Requests that were handed to libcurl, whatever became of them.
    public internal(set) var requests = 0
    /// Connections opened.
    public internal(set) var connectionsOpened = 0
    /// Requests sent over a connection that was there already.
    public internal(set) var connectionsReused = 0
    /// Look-ups of a name that the cache did not know.
    public internal(set) var nameLookups = 0
    /// Easy handles made; never more than `CurlConfiguration.maxConnections`.
    public internal(set) var handlesCreated = 0
    /// Requests that took a handle of an earlier one.
    public internal(set) var handlesReused = 0
    /// Answers that came by HTTP/2.
    public internal(set) var http2Streams = 0
    /// Bytes of heads and bodies received, before decompression.
    public internal(set) var bytesIn = 0

    /// Nothing done yet.
    public init() {}
}
