/// A name as TestGrid compares it: only ASCII letters and digits, in lower case.
///
/// Source: `Normalize` in `config/config.go` of GoogleCloudPlatform/testgrid.
enum NormalizedName {
    /// The normalized text.
    static func text(_ name: String) -> String {
        String(decoding: name.utf8.lazy.filter(isKept).map(\.lowercasedASCII), as: UTF8.self)
    }

    /// How many characters are left of a name.
    static func count(_ name: String) -> Int { name.utf8.count(where: isKept) }

    private static func isKept(_ byte: UInt8) -> Bool { ContactText.isASCIILetterOrDigit(byte) }
}
