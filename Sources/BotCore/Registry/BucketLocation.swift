/// Where results are kept: a bucket and the object-name prefix below which they lie.
///
/// Shape: `gs://<bucket>[/<prefix>][/]`, as in `gs://k8s-conformance-openstack/` or
/// `gs://canonical-kubernetes-tests/logs-gke/`. Two entries may share a bucket and differ in prefix,
/// so the whole location, not the bucket, is an entry's identity.
///
/// Source: `kettle/buckets.yaml` in kubernetes/test-infra; bucket naming rules from
/// https://cloud.google.com/storage/docs/buckets#naming.
public struct BucketLocation: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The bucket alone: 3 to 222 characters of `a-z0-9-_.`.
    public let bucket: String
    /// The object-name prefix without a leading slash, with a trailing one; empty for the whole bucket.
    public let prefix: String

    /// A location from its parts, which are taken as they are.
    ///
    /// - Parameters:
    ///   - bucket: The bucket's name.
    ///   - prefix: The object-name prefix; a missing final slash is added unless it is empty.
    public init(bucket: String, prefix: String) {
        self.bucket = bucket
        self.prefix = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    }

    /// The location as a `gs://` address that ends in a slash.
    public var description: String { "gs://\(bucket)/\(prefix)" }
}

/// The first rule of form that a location's text breaks.
public enum BucketLocationError: Error, Equatable, Sendable {
    /// It does not start with `gs://`.
    case scheme
    /// The bucket's name breaks a rule of Google Cloud Storage; the text says which.
    case bucketName(String)
    /// The path holds something that no listing finds: `//`, white space, `?`, `#` or `*`.
    case path(String)
}

extension BucketLocation {
    /// Parses one key of `buckets.yaml`, or a location that a person typed.
    ///
    /// - Parameter text: The location as written.
    /// - Throws: `BucketLocationError` naming the first rule that `text` breaks.
    public init(_ text: String) throws(BucketLocationError) {
        guard text.hasPrefix("gs://") else { throw .scheme }
        let rest = text.utf8.dropFirst("gs://".utf8.count)
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        let bucket = String(Substring(rest[..<slash]))
        if let broken = Self.brokenNamingRule(of: bucket) { throw .bucketName(broken) }
        let path = String(Substring(rest[slash...].dropFirst()))
        if let broken = Self.brokenPathPart(of: path) { throw .path(broken) }
        self.init(bucket: bucket, prefix: path)
    }

    /// What keeps a path from being found by any listing: `//`, white space, `?`, `#` or `*`; nil for a good path.
    static func brokenPathPart(of path: String) -> String? {
        // The bucket ends in a slash, so that one at the start of the path is the second in a row.
        var last = UInt8(ascii: "/")
        // Nearly every path is made of letters, digits, dots, hyphens and slashes alone, as its bytes tell.
        var isPlain = true
        for byte in path.utf8 {
            if byte == UInt8(ascii: "/"), last == byte { return "//" }
            last = byte
            isPlain =
                isPlain
                && (ContactText.isASCIILetterOrDigit(byte) || (UInt8(ascii: "-")...UInt8(ascii: "/")).contains(byte))
        }
        return isPlain ? nil : path.first { $0.isWhitespace || "?#*".contains($0) }.map(String.init)
    }

    /// Whether a name keeps every rule in the simplest way, which is seen from its bytes: so nearly all do.
    private static func isPlain(name: String) -> Bool {
        let bytes = name.utf8
        let hyphen = UInt8(ascii: "-")
        guard (3...63).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
        var lastFour: UInt32 = 0
        for byte in bytes {
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            guard isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == hyphen else {
                return false
            }
            lastFour = lastFour << 8 | UInt32(byte)
            // "goog", which is looked at more closely.
            if lastFour == 0x676F_6F67 { return false }
        }
        return true
    }

    /// The naming rule that a bucket's name breaks, in words; nil for a good name.
    ///
    /// Source: https://cloud.google.com/storage/docs/buckets#naming.
    public static func brokenNamingRule(of name: String) -> String? {
        func isLowercaseOrDigit(_ character: Character) -> Bool {
            character.isASCII && (character.isNumber || (character.isLetter && character.isLowercase))
        }
        if isPlain(name: name) { return nil }
        if name.isEmpty { return "it is empty" }
        if let bad = name.first(where: { !isLowercaseOrDigit($0) && !"-_.".contains($0) }) {
            return "it has \"\(bad)\", and only a-z, 0-9, -, _ and . are allowed"
        }
        if name.count < 3 { return "it has fewer than 3 characters" }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count == 1, name.count > 63 { return "it has more than 63 characters" }
        if name.count > 222 { return "it has more than 222 characters" }
        guard let first = name.first, let last = name.last, isLowercaseOrDigit(first), isLowercaseOrDigit(last)
        else { return "it does not start and end with a letter or a digit" }
        if labels.contains(where: { $0.isEmpty }) { return "it has two dots in a row" }
        if labels.contains(where: { $0.count > 63 }) { return "a part between dots has more than 63 characters" }
        if labels.count == 4, labels.allSatisfy({ $0.allSatisfy(\.isNumber) }) { return "it looks like an IP address" }
        if name.hasPrefix("goog") { return "it starts with \"goog\"" }
        if name.contains("google") { return "it contains \"google\"" }
        return nil
    }
}
