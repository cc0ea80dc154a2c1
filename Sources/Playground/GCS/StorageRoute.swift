/// What a request to Google Cloud Storage asks for.
public enum StorageRoute: Hashable, Sendable {
    /// `GET /storage/v1/b/BUCKET/o`: objects, by the JSON API.
    case list(bucket: String)
    /// `GET /storage/v1/b/BUCKET/o/OBJECT?alt=media`: an object's content, by the JSON API.
    case read(bucket: String, object: ObjectName)
    /// `GET /storage/v1/b/BUCKET/o/OBJECT`: what is known of an object, by the JSON API.
    case describe(bucket: String, object: ObjectName)
    /// `GET /storage/v1/b/BUCKET`: what is known of a bucket, by the JSON API.
    case describeBucket(bucket: String)
    /// `GET /BUCKET`: objects, by the XML API.
    case listXML(bucket: String)
    /// `GET /BUCKET/OBJECT`: an object's content, by the XML API.
    case readXML(bucket: String, object: ObjectName)
    /// Anything else: nobody should ask it.
    case unknown

    /// A kind of route, whatever bucket it is for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A JSON listing.
        case list
        /// An object's content by the JSON API.
        case read
        /// An object's resource by the JSON API.
        case describe
        /// A bucket's resource.
        case describeBucket
        /// An XML listing.
        case listXML
        /// An object's content by the XML API.
        case readXML
        /// Anything else.
        case unknown
    }

    /// The route's kind.
    public var kind: Kind {
        switch self {
        case .list: .list
        case .read: .read
        case .describe: .describe
        case .describeBucket: .describeBucket
        case .listXML: .listXML
        case .readXML: .readXML
        case .unknown: .unknown
        }
    }

    /// The bucket that is asked; nil for an unknown route.
    public var bucket: String? {
        switch self {
        case .list(let bucket), .describeBucket(let bucket), .listXML(let bucket): bucket
        case .read(let bucket, _), .describe(let bucket, _), .readXML(let bucket, _): bucket
        case .unknown: nil
        }
    }

    /// The object that is asked for; nil where it is none.
    public var object: ObjectName? {
        switch self {
        case .read(_, let object), .describe(_, let object), .readXML(_, let object): object
        case .list, .describeBucket, .listXML, .unknown: nil
        }
    }

    /// Whether errors are answered in XML.
    var speaksXML: Bool { kind == .listXML || kind == .readXML }

    /// The route of a request.
    ///
    /// - Parameters:
    ///   - method: The method; all but GET, and HEAD of an object by the XML API, are unknown.
    ///   - path: The path, percent-encoded; the JSON API wants an object's slashes encoded too, the XML API does not.
    ///   - readsMedia: Whether `alt=media` was asked for.
    init(method: String, path: [UInt8], readsMedia: Bool) {
        let slash = UInt8(ascii: "/")
        let json = ["/storage/v1/b/", "/download/storage/v1/b/"].first { path.starts(with: $0.utf8) }
        let rest = path.dropFirst(json?.utf8.count ?? 1)
        let name = rest.prefix { $0 != slash }
        let bucket = String(decoding: PercentEncoding.decoded(name), as: UTF8.self)
        let below = rest.dropFirst(name.count + 1)
        let object = ObjectName(bytes: PercentEncoding.decoded(json == nil ? below : below.dropFirst(2)))
        guard path.first == slash, !bucket.isEmpty else {
            self = .unknown
            return
        }
        switch (json == nil, method) {
        case (true, "GET") where below.isEmpty: self = .listXML(bucket: bucket)
        case (true, "GET"), (true, "HEAD"):
            self = below.isEmpty ? .unknown : .readXML(bucket: bucket, object: object)
        case (false, "GET") where below.isEmpty: self = .describeBucket(bucket: bucket)
        case (false, "GET") where below.elementsEqual("o".utf8): self = .list(bucket: bucket)
        case (false, "GET")
        where below.starts(with: "o/".utf8) && !below.dropFirst(2).contains(slash)
            && !object.bytes.isEmpty:
            self = readsMedia ? .read(bucket: bucket, object: object) : .describe(bucket: bucket, object: object)
        default: self = .unknown
        }
    }
}
