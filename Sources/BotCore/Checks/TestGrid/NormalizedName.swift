/// A name as TestGrid compares it: only ASCII letters and digits, in lower case.
///
/// Source: `Normalize` in `config/config.go` of GoogleCloudPlatform/testgrid.
enum NormalizedName {
    /// The normalized text.
    static func text(_ name: String) -> String {
        let bytes = name.utf8
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            var count = 0
            for byte in bytes where isKept(byte) && count < buffer.count {
                buffer[count] = byte.lowercasedASCII
                count += 1
            }
            return count
        }
    }

    /// How many characters are left of a name.
    static func count(_ name: String) -> Int { name.utf8.count(where: isKept) }

    private static func isKept(_ byte: UInt8) -> Bool { ContactText.isASCIILetterOrDigit(byte) }
}
