internal import BotCore

/// Everything that a stand-in holds; what it answers depends on this and the request alone.
public struct StandInWorld: Sendable {
    private static let largestPage = 1000

    /// The buckets by their names.
    public private(set) var buckets: [String: StandInBucket]

    /// A world of these buckets; of two with one name the later counts.
    public init(_ buckets: [StandInBucket] = []) {
        self.buckets = Dictionary(buckets.map { ($0.name, $0) }) { $1 }
    }

    /// The bucket of this name; nil where there is none.
    public subscript(bucket name: String) -> StandInBucket? {
        get { buckets[name] }
        set { buckets[name] = newValue }
    }

    /// The answer to a request.
    ///
    /// - Parameters:
    ///   - request: What was asked.
    ///   - isEndless: Whether a listing never ends: its last page leads back to the first.
    /// - Returns: The right answer, without anything that goes wrong on purpose.
    public func answer(to request: StorageRequest, isEndless: Bool = false) -> StandInReply {
        do throws(StorageFailure) {
            return try answer(request, isEndless: isEndless)
        } catch {
            return StandInReply(error, to: request.route)
        }
    }

    private func answer(_ request: StorageRequest, isEndless: Bool) throws(StorageFailure) -> StandInReply {
        guard let name = request.route.bucket else {
            return StandInReply(
                status: 501, contentType: "text/plain; charset=utf-8",
                body: Array("Nobody should ask for \(request.method) \(request.path).".utf8))
        }
        if request.header("Authorization") != nil { throw .badCredentials }
        if BucketLocation.brokenNamingRule(of: name) != nil { throw .badBucketName(name) }
        guard let bucket = buckets[name] else { throw .noSuchBucket }
        switch request.route {
        case .list: return try listing(of: bucket, request, isEndless: isEndless)
        case .listXML: return try xmlListing(of: bucket, request)
        case .read(_, let object), .readXML(_, let object): return try content(of: object, in: bucket, request)
        case .describe(_, let object): return try resource(of: object, in: bucket, request)
        case .describeBucket, .unknown: throw bucket.access.refusalToDescribe
        }
    }

    private func listing(
        of bucket: StandInBucket, _ request: StorageRequest, isEndless: Bool
    ) throws(StorageFailure) -> StandInReply {
        if let refusal = bucket.access.refusalToList { throw refusal }
        var query = ListingQuery(request)
        query.startOffset = request.bytes(ofParameter: "startOffset").map(ObjectName.init(bytes:))
        query.endOffset = request.bytes(ofParameter: "endOffset").map(ObjectName.init(bytes:))
        query.limit = try Self.limit(request, "maxResults")
        var round = 0
        if let text = request.parameter("pageToken"), !text.isEmpty {
            guard let token = PageToken(text) else { throw .badParameter("pageToken", "Invalid page token.") }
            query.place = token.place
            round = token.round
        }
        let page = bucket.page(query)
        let restart = isEndless ? PageToken("", round: round &+ 1) : nil
        let token = page.next.map { PageToken($0, round: round) } ?? restart
        let fields = try Self.fields(request) { text throws(FieldSelection.UnknownField) in try .init(ofListing: text) }
        return StandInReply(
            contentType: "application/json; charset=UTF-8",
            body: JSONAnswers.page(page, token: token, of: bucket, fields))
    }

    private func xmlListing(
        of bucket: StandInBucket, _ request: StorageRequest
    ) throws(StorageFailure) -> StandInReply {
        if let refusal = bucket.access.refusalToList { throw refusal }
        var query = ListingQuery(request)
        query.after = request.bytes(ofParameter: "marker").flatMap { $0.isEmpty ? nil : ObjectName(bytes: $0) }
        query.limit = try Self.limit(request, "max-keys")
        return StandInReply(
            contentType: "application/xml; charset=UTF-8",
            body: XMLAnswers.page(bucket.page(query), of: bucket, query))
    }

    private func content(
        of name: ObjectName, in bucket: StandInBucket, _ request: StorageRequest
    ) throws(StorageFailure) -> StandInReply {
        let object = bucket.object(named: name)
        if let refusal = bucket.access.refusalToRead(object) { throw refusal }
        guard let object else { throw .noSuchObject(name, in: bucket.name) }
        let isPacked = object.isGzipped && request.acceptsGzip
        var headers = object.metadata.sorted { $0.key < $1.key }.map { pair in
            StorageRequest.Header(name: "x-goog-meta-\(pair.key)", value: pair.value)
        }
        if isPacked { headers.append(.init(name: "Content-Encoding", value: "gzip")) }
        headers.append(.init(name: "x-goog-stored-content-length", value: String(object.storedSize)))
        return StandInReply(
            contentType: object.contentType, body: isPacked ? object.storedBytes : object.bytes, headers: headers)
    }

    private func resource(
        of name: ObjectName, in bucket: StandInBucket, _ request: StorageRequest
    ) throws(StorageFailure) -> StandInReply {
        let object = bucket.object(named: name)
        if let refusal = bucket.access.refusalToRead(object) { throw refusal }
        guard let object else { throw .noSuchObject(name, in: bucket.name) }
        let fields = try Self.fields(request) { text throws(FieldSelection.UnknownField) in try .init(ofObject: text) }
        return StandInReply(
            contentType: "application/json; charset=UTF-8", body: JSONAnswers.object(object, in: bucket.name, fields))
    }

    private static func fields(
        _ request: StorageRequest,
        _ parse: (String) throws(FieldSelection.UnknownField) -> FieldSelection
    ) throws(StorageFailure) -> FieldSelection {
        guard let text = request.parameter("fields"), !text.isEmpty else { return .all }
        do {
            return try parse(text)
        } catch {
            throw .badParameter("fields", "Invalid field selection \(error.name)")
        }
    }

    private static func limit(_ request: StorageRequest, _ name: String) throws(StorageFailure) -> Int {
        guard let text = request.parameter(name) else { return largestPage }
        guard let limit = Int(text), limit >= 1 else {
            throw .badParameter(name, "Invalid value '\(text)' for \(name).")
        }
        return min(limit, largestPage)
    }
}

extension StorageFailure: Error {}

extension ListingQuery {
    /// What both dialects call by the same names.
    fileprivate init(_ request: StorageRequest) {
        prefix = ObjectName(bytes: request.bytes(ofParameter: "prefix") ?? [])
        delimiter = request.bytes(ofParameter: "delimiter") ?? []
    }
}
