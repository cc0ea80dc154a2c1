/// Where an alias, `pr-logs/directory/JOB/ID.txt`, leads.
///
/// Shape: the metadata `x-goog-meta-link` or `link`, or one line of text, is the `gs://` address of a build's directory.
///
/// Source: `readLink` in https://github.com/GoogleCloudPlatform/testgrid/blob/main/util/gcs/read.go.
enum AliasLink {
    /// Bytes of an alias that are read.
    static let byteLimit = 4096

    /// The link in an object's metadata, without the space that older writers put in front; nil where there is none.
    static func inMetadata(of object: StoredObject) -> String? {
        guard let link = object.metadata["x-goog-meta-link"] ?? object.metadata["link"] else { return nil }
        let trimmed = trim(link)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The place that a link or an alias's text names; nil where it is no `gs://` address below a bucket.
    static func location(in text: String) -> BucketLocation? {
        let line = trim(text)
        guard let location = location(parsing: line), !location.prefix.isEmpty else { return nil }
        return location
    }

    private static func location(parsing text: String) -> BucketLocation? {
        do {
            return try BucketLocation(text)
        } catch {
            return nil  // What is no address leads nowhere; the caller says so.
        }
    }

    private static func trim(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
