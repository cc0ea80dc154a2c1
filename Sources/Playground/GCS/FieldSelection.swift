/// The fields of an answer that a request wants: the `fields` parameter of a partial response.
///
/// Shape: `items(name,size),prefixes,nextPageToken`, or `items/name,prefixes`; `*` stands for all.
/// Source: https://cloud.google.com/storage/docs/json_api#partial-response.
struct FieldSelection: Hashable {
    /// The fields of an object that the stand-in writes.
    static let objectFields: Set<String> = [
        "bucket", "contentEncoding", "contentType", "generation", "id", "kind", "mediaLink", "metadata",
        "metageneration", "name", "selfLink", "size", "storageClass", "timeCreated", "updated",
    ]
    /// Those that the service has besides: asking for one is no mistake.
    private static let unstoredFields: Set<String> = [
        "acl", "cacheControl", "componentCount", "contentDisposition", "contentLanguage", "crc32c", "customTime",
        "etag", "eventBasedHold", "md5Hash", "owner", "temporaryHold", "timeDeleted", "timeFinalized",
        "timeStorageClassUpdated",
    ]
    private static let listFields: Set<String> = ["items", "kind", "nextPageToken", "prefixes"]
    private static let deepestNesting = 8

    /// The first name that no answer has, as it was written.
    struct UnknownField: Error, Hashable {
        let name: String
    }

    /// The fields of a listing.
    private(set) var list: Set<String>
    /// The fields of each object.
    private(set) var object: Set<String>
    /// The keys of each object's metadata; nil for all.
    private(set) var metadataKeys: Set<String>?

    /// All fields.
    static let all = FieldSelection(list: listFields, object: objectFields, metadataKeys: nil)

    private init(list: Set<String>, object: Set<String>, metadataKeys: Set<String>?) {
        self.list = list
        self.object = object
        self.metadataKeys = metadataKeys
    }

    /// The fields that a listing wants.
    ///
    /// - Throws: `UnknownField` naming the first name that no listing has.
    init(ofListing text: String) throws(UnknownField) {
        self.init(list: [], object: [], metadataKeys: [])
        for path in try Self.paths(text) {
            guard let first = path.first, first != "*" else {
                self = .all
                return
            }
            guard Self.listFields.contains(first) else { throw UnknownField(name: first) }
            list.insert(first)
            if first == "items" { try add(path.dropFirst()) }
        }
    }

    /// The fields that a question about one object wants.
    ///
    /// - Throws: `UnknownField` naming the first name that no object has.
    init(ofObject text: String) throws(UnknownField) {
        self.init(list: [], object: [], metadataKeys: [])
        for path in try Self.paths(text) { try add(path[...]) }
    }

    private mutating func add(_ path: ArraySlice<String>) throws(UnknownField) {
        guard let name = path.first, name != "*" else {
            object = Self.objectFields
            metadataKeys = nil
            return
        }
        guard Self.objectFields.contains(name) || Self.unstoredFields.contains(name) else {
            throw UnknownField(name: name)
        }
        object.insert(name)
        guard name == "metadata" else { return }
        if let key = path.dropFirst().first, key != "*" { metadataKeys?.insert(key) } else { metadataKeys = nil }
    }

    /// Every path that the text names, one a leaf: `items(name,size)` is `items/name` and `items/size`.
    private static func paths(_ text: String) throws(UnknownField) -> [[String]] {
        var paths: [[String]] = []
        var stack: [[String]] = [[]]
        var word = ""
        var current: [String] = []
        var isClosed = false

        func finishPath() throws(UnknownField) {
            if isClosed, word.isEmpty { return }
            guard !word.isEmpty, !isClosed else { throw UnknownField(name: text) }
            paths.append(current + [word])
        }
        for character in text {
            switch character {
            case "/":
                guard !word.isEmpty else { throw UnknownField(name: text) }
                current.append(word)
            case "(":
                guard !word.isEmpty, stack.count < deepestNesting else { throw UnknownField(name: text) }
                current.append(word)
                stack.append(current)
                isClosed = false
            case ",":
                try finishPath()
                current = stack[stack.count - 1]
                isClosed = false
            case ")":
                try finishPath()
                guard stack.count > 1 else { throw UnknownField(name: text) }
                stack.removeLast()
                isClosed = true
            default:
                word.append(character)
                continue
            }
            word = ""
        }
        try finishPath()
        guard stack.count == 1 else { throw UnknownField(name: text) }
        return paths
    }
}
