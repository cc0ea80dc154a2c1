/// Bodies of the JSON API.
///
/// Source: https://cloud.google.com/storage/docs/json_api/v1/objects and .../status-codes.
enum JSONAnswers {
    /// An error.
    static func failure(_ failure: StorageFailure) -> [UInt8] {
        var text = ByteText(capacity: 512)
        text.raw(#"{"error":{"code":"#)
        text.decimal(failure.status)
        text.raw(#","message":"#)
        text.quoted(failure.message)
        text.raw(#","errors":[{"message":"#)
        text.quoted(failure.message)
        text.raw(#","domain":"global","reason":"#)
        text.quoted(failure.reason)
        if let location = failure.location {
            text.raw(#","locationType":"#)
            text.quoted(location.type)
            text.raw(#","location":"#)
            text.quoted(location.name)
        }
        text.raw("}]}}")
        return text.bytes
    }

    /// A page of a listing.
    static func page(
        _ page: ListingPage, token: PageToken?, of bucket: StandInBucket, _ fields: FieldSelection
    ) -> [UInt8] {
        var text = ByteText(capacity: 256 + page.prefixes.count * 64 + page.objects.count * 256)
        var members = Members()
        if fields.list.contains("kind") { members.text("kind", "storage#objects", in: &text) }
        if fields.list.contains("nextPageToken"), let token {
            members.text("nextPageToken", token.text, in: &text)
        }
        if fields.list.contains("prefixes"), !page.prefixes.isEmpty {
            members.key("prefixes", in: &text)
            for (index, prefix) in page.prefixes.enumerated() {
                text.raw(index == 0 ? "[" : ",")
                text.quoted(prefix.bytes)
            }
            text.raw("]")
        }
        if fields.list.contains("items"), !page.objects.isEmpty {
            members.key("items", in: &text)
            let writer = ObjectWriter(bucket: bucket.name, fields: fields)
            for (index, object) in page.objects.compactMap({ bucket.object(named: $0) }).enumerated() {
                text.raw(index == 0 ? "[" : ",")
                writer.write(object, to: &text)
            }
            text.raw("]")
        }
        members.end(in: &text)
        return text.bytes
    }

    /// What is known of one object.
    static func object(_ object: StandInObject, in bucket: String, _ fields: FieldSelection) -> [UInt8] {
        var text = ByteText(capacity: 1024)
        ObjectWriter(bucket: bucket, fields: fields).write(object, to: &text)
        return text.bytes
    }
}

/// Sets the commas between an object's members.
private struct Members {
    private var isFirst = true

    mutating func key(_ name: String, in text: inout ByteText) {
        text.raw(isFirst ? "{\"" : ",\"")
        isFirst = false
        text.raw(name)
        text.raw("\":")
    }

    mutating func text(_ name: String, _ value: String, in text: inout ByteText) {
        key(name, in: &text)
        text.quoted(value)
    }

    mutating func end(in text: inout ByteText) {
        text.raw(isFirst ? "{}" : "}")
    }
}

/// Writes an object's resource with the fields that are wanted.
private struct ObjectWriter {
    let bucket: String
    let metadataKeys: Set<String>?
    private let wants: [Bool]

    /// The fields in the order in which they are written, looked up once and not once an object.
    private static let order: [String] = [
        "kind", "id", "selfLink", "mediaLink", "name", "bucket", "generation", "metageneration", "contentType",
        "storageClass", "size", "timeCreated", "updated", "contentEncoding", "metadata",
    ]

    init(bucket: String, fields: FieldSelection) {
        self.bucket = bucket
        metadataKeys = fields.metadataKeys
        wants = Self.order.map { fields.object.contains($0) }
    }

    func write(_ object: StandInObject, to text: inout ByteText) {
        let updated = Timestamp(object.updated)
        var members = Members()
        if wants[0] { members.text("kind", "storage#object", in: &text) }
        if wants[1] {
            members.text("id", "\(bucket)/\(object.name)/\(updated.milliseconds)000", in: &text)
        }
        if wants[2] { writeLink("selfLink", "storage/v1", object, in: &text, &members) }
        if wants[3] { writeLink("mediaLink", "download/storage/v1", object, in: &text, &members) }
        if wants[4] {
            members.key("name", in: &text)
            text.quoted(object.name.bytes)
        }
        if wants[5] { members.text("bucket", bucket, in: &text) }
        if wants[6] { members.text("generation", "\(updated.milliseconds)000", in: &text) }
        if wants[7] { members.text("metageneration", "1", in: &text) }
        if wants[8] { members.text("contentType", object.contentType, in: &text) }
        if wants[9] { members.text("storageClass", "STANDARD", in: &text) }
        if wants[10] { members.text("size", String(object.storedSize), in: &text) }
        if wants[11] { members.text("timeCreated", Timestamp(object.timeCreated).text, in: &text) }
        if wants[12] { members.text("updated", updated.text, in: &text) }
        if wants[13], object.isGzipped { members.text("contentEncoding", "gzip", in: &text) }
        if wants[14] { writeMetadata(object.metadata, in: &text, &members) }
        members.end(in: &text)
    }

    private func writeLink(
        _ name: String, _ root: String, _ object: StandInObject, in text: inout ByteText,
        _ members: inout Members
    ) {
        members.key(name, in: &text)
        text.raw("\"https://storage.googleapis.com/")
        text.raw(root)
        text.raw("/b/")
        text.percentEncoded(bucket.utf8)
        text.raw("/o/")
        text.percentEncoded(object.name.bytes)
        text.raw("\"")
    }

    private func writeMetadata(_ metadata: [String: String], in text: inout ByteText, _ members: inout Members) {
        let shown = metadata.filter { metadataKeys?.contains($0.key) ?? true }.sorted { $0.key < $1.key }
        guard !shown.isEmpty else { return }
        members.key("metadata", in: &text)
        for (index, pair) in shown.enumerated() {
            text.raw(index == 0 ? "{" : ",")
            text.quoted(pair.key)
            text.raw(":")
            text.quoted(pair.value)
        }
        text.raw("}")
    }
}
