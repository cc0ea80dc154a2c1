extension ListPage {
    /// Why the body of a listing is no page, in words.
    public struct Refusal: Error, Hashable, Sendable {
        /// What is wrong with it.
        public let reason: String
    }

    /// The longest body of a page that is read, in bytes.
    ///
    /// A full page has 1,000 objects; each has at most 1 KiB of name and 8 KiB of custom metadata.
    public static let bodyByteLimit = 12 << 20

    /// What `fields` of a listing's request has to name for `init(json:)`.
    public static let fields =
        "items(name,size,updated,timeCreated,metadata,contentEncoding),prefixes,nextPageToken"

    /// Reads the body of a listing's answer.
    ///
    /// Shape: `{"items": [...], "prefixes": [...], "nextPageToken": "..."}`, each of them optional; sizes are decimal
    /// strings, times RFC 3339. A size or a time that cannot be true is nil; what makes the listing itself doubtful
    /// (an item without a name, a prefix that is no text, an object that is no listing at all) refuses the page.
    /// Source: https://cloud.google.com/storage/docs/json_api/v1/objects/list.
    ///
    /// - Parameter bytes: Any bytes.
    /// - Throws: `Refusal` where they are no page.
    public init(json bytes: [UInt8]) throws(Refusal) {
        let object: [String: Any]
        switch JSONObject.parse(bytes, byteLimit: Self.bodyByteLimit) {
        case .success(let parsed): object = parsed
        case .failure(let refusal): throw Refusal(reason: refusal.reason)
        }
        let known: Set = ["kind", "items", "prefixes", "nextPageToken"]
        // An empty listing is `{}`. An object that has only other keys comes from something that is not storage.
        guard object.isEmpty || object.keys.contains(where: known.contains) else {
            throw Refusal(reason: "it is no listing")
        }
        if let kind = object["kind"], kind as? String != "storage#objects" {
            throw Refusal(reason: "it is no listing")
        }
        var objects: [StoredObject] = []
        for item in try Self.list("items", in: object) {
            guard let fields = item as? [String: Any], let stored = StoredObject(fields) else {
                throw Refusal(reason: "item \(objects.count + 1) has no name")
            }
            objects.append(stored)
        }
        var prefixes: [String] = []
        for prefix in try Self.list("prefixes", in: object) {
            guard let text = prefix as? String, !text.isEmpty else {
                throw Refusal(reason: "prefix \(prefixes.count + 1) is not text")
            }
            prefixes.append(text)
        }
        self.init(objects: objects, prefixes: prefixes, nextPageToken: try Self.token(in: object))
    }

    private static func list(_ key: String, in object: [String: Any]) throws(Refusal) -> [Any] {
        guard let value = object[key] else { return [] }
        guard let list = value as? [Any] else { throw Refusal(reason: "its \(key) are no list") }
        return list
    }

    private static func token(in object: [String: Any]) throws(Refusal) -> String? {
        guard let value = object["nextPageToken"] else { return nil }
        guard let token = value as? String else { throw Refusal(reason: "its nextPageToken is not text") }
        return token.isEmpty ? nil : token
    }
}

extension StoredObject {
    /// An object from its fields in a listing; nil without a name.
    fileprivate init?(_ fields: [String: Any]) {
        guard let name = fields["name"] as? String, !name.isEmpty else { return nil }
        let metadata = fields["metadata"] as? [String: Any] ?? [:]
        self.init(
            name: name,
            size: Self.size(fields["size"]),
            timeCreated: (fields["timeCreated"] as? String).flatMap(PlausibleTime.date(rfc3339:)),
            updated: (fields["updated"] as? String).flatMap(PlausibleTime.date(rfc3339:)),
            metadata: metadata.compactMapValues { $0 as? String },
            contentEncoding: fields["contentEncoding"] as? String)
    }

    /// A decimal string from 0 up; `Int64("+5")` would be 5, and no size is written so.
    private static func size(_ value: Any?) -> Int64? {
        guard let text = value as? String, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
