/// Bodies of the XML API.
///
/// Source: https://cloud.google.com/storage/docs/xml-api/reference-status and .../get-bucket-list.
enum XMLAnswers {
    private static let declaration: String = "<?xml version='1.0' encoding='UTF-8'?>"

    /// An error.
    static func failure(_ failure: StorageFailure) -> [UInt8] {
        var text = ByteText(capacity: 512)
        text.raw(declaration)
        text.raw("<Error>")
        element("Code", failure.xmlCode.utf8, in: &text)
        element("Message", (failure.xmlCode == "AccessDenied" ? "Access denied." : failure.message).utf8, in: &text)
        if let details = failure.xmlDetails { element("Details", details.utf8, in: &text) }
        text.raw("</Error>")
        return text.bytes
    }

    /// A page of a listing.
    static func page(_ page: ListingPage, of bucket: StandInBucket, _ query: ListingQuery) -> [UInt8] {
        var text = ByteText(capacity: 512 + page.prefixes.count * 96 + page.objects.count * 256)
        text.raw(declaration)
        text.raw("<ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'>")
        element("Name", bucket.name.utf8, in: &text)
        element("Prefix", query.prefix.bytes, in: &text)
        element("Marker", query.after?.bytes ?? [], in: &text)
        if page.next != nil, let last = page.last { element("NextMarker", last.bytes, in: &text) }
        if !query.delimiter.isEmpty { element("Delimiter", query.delimiter, in: &text) }
        element("IsTruncated", (page.next == nil ? "false" : "true").utf8, in: &text)
        for object in page.objects.compactMap({ bucket.object(named: $0) }) {
            let updated = Timestamp(object.updated)
            text.raw("<Contents>")
            element("Key", object.name.bytes, in: &text)
            element("Generation", "\(updated.milliseconds)000".utf8, in: &text)
            element("MetaGeneration", "1".utf8, in: &text)
            element("LastModified", updated.text.utf8, in: &text)
            element("Size", String(object.storedSize).utf8, in: &text)
            text.raw("</Contents>")
        }
        for prefix in page.prefixes {
            text.raw("<CommonPrefixes>")
            element("Prefix", prefix.bytes, in: &text)
            text.raw("</CommonPrefixes>")
        }
        text.raw("</ListBucketResult>")
        return text.bytes
    }

    private static func element(_ name: String, _ content: some Sequence<UInt8>, in text: inout ByteText) {
        text.raw("<")
        text.raw(name)
        text.raw(">")
        text.escaped(content)
        text.raw("</")
        text.raw(name)
        text.raw(">")
    }
}
