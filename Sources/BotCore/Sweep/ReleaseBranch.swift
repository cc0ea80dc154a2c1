/// The Kubernetes release that a name speaks of, as in `ci-acme-v1.27` or `azure-1-28`.
///
/// Groups of one release fall silent together when it ends, and maintainers take them out together.
///
/// Source: removals of kubernetes/test-infra per minor release, from v1.16 on.
public struct ReleaseBranch: Hashable, Sendable, CustomStringConvertible {
    /// The minor version.
    public let minor: Int

    /// The first release that a name speaks of; nil where it speaks of none.
    public init?(in name: String) {
        let bytes = Array(name.utf8)
        for start in bytes.indices where bytes[start] == UInt8(ascii: "1") {
            guard Self.isStart(bytes, start), start + 2 < bytes.count,
                bytes[start + 1] == UInt8(ascii: ".") || bytes[start + 1] == UInt8(ascii: "-")
            else { continue }
            let digits = bytes[(start + 2)...].prefix { (0x30...0x39).contains($0) }
            guard (1...2).contains(digits.count), let minor = Int(String(decoding: digits, as: UTF8.self)) else {
                continue
            }
            self.minor = minor
            return
        }
        return nil
    }

    /// `1.27`.
    public var description: String { "1.\(minor)" }

    /// Whether a version may begin here: not within a number or a word other than `v`.
    private static func isStart(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index > 0 else { return true }
        let last = bytes[index - 1]
        if last == UInt8(ascii: "v") || last == UInt8(ascii: "V") {
            return index < 2 || !ContactText.isASCIILetterOrDigit(bytes[index - 2])
        }
        return !ContactText.isASCIILetterOrDigit(last) && last != UInt8(ascii: ".")
    }
}
