internal import Glibc

/// An object's name: UTF-8 bytes, in the order in which Google Cloud Storage lists them.
///
/// `String` compares by Unicode's canonical order and takes two spellings of one letter for the same; a listing does
/// neither.
public struct ObjectName: Hashable, Sendable {
    /// The name's bytes; UTF-8 where it came from a text.
    public let bytes: [UInt8]

    /// A name from its text.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// A name, or a place between names, from its bytes.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the name starts with these bytes.
    func hasPrefix(_ other: ObjectName) -> Bool {
        guard bytes.count >= other.bytes.count else { return false }
        return bytes.withUnsafeBytes { mine in
            other.bytes.withUnsafeBytes { theirs in Self.compare(mine, theirs, count: theirs.count) == 0 }
        }
    }

    /// The first name that can follow this one.
    var successor: ObjectName { ObjectName(bytes: bytes + [0]) }

    /// The first name that can follow everything that starts with this one; nil where nothing can.
    var afterSubtree: ObjectName? {
        var stem = bytes
        while let last = stem.popLast() {
            if last < .max { return ObjectName(bytes: stem + [last + 1]) }
        }
        return nil
    }

    /// The name up to and including the first `delimiter` at or after `offset`; nil where there is none.
    func through(_ delimiter: [UInt8], from offset: Int) -> ObjectName? {
        guard let first = delimiter.first, bytes.count >= offset + delimiter.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var start = offset
            while start + delimiter.count <= bytes.count {
                if bytes[start] == first, bytes[start..<(start + delimiter.count)].elementsEqual(delimiter) {
                    return ObjectName(bytes: Array(bytes[..<(start + delimiter.count)]))
                }
                start += 1
            }
            return nil
        }
    }

    private static func compare(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, count: Int
    ) -> Int32 {
        // An empty array may have no address, which `memcmp` must not be given.
        guard count > 0, let left = left.baseAddress, let right = right.baseAddress else { return 0 }
        return memcmp(left, right, count)
    }
}

extension ObjectName: Comparable {
    /// Compares byte by byte, unsigned.
    public static func < (left: ObjectName, right: ObjectName) -> Bool {
        left.bytes.withUnsafeBytes { mine in
            right.bytes.withUnsafeBytes { theirs in
                let order = compare(mine, theirs, count: min(mine.count, theirs.count))
                return order == 0 ? mine.count < theirs.count : order < 0
            }
        }
    }
}

extension ObjectName: ExpressibleByStringLiteral, CustomStringConvertible {
    /// A name as a literal.
    public init(stringLiteral text: String) { self.init(text) }

    /// The name as text; bytes that are not UTF-8 are replaced.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
