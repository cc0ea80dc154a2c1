/// Writes gzip without a compressor: enough for a stand-in to serve `Content-Encoding: gzip`.
///
/// Source: RFC 1951 (deflate), RFC 1952 (gzip).
enum Gzip {
    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    private static let largestBlock = 65_535

    /// The bytes in stored blocks: no smaller, but gzip.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var output = header
        output.reserveCapacity(storedSize(of: bytes.count))
        var start = 0
        repeat {
            let end = min(start + largestBlock, bytes.count)
            output.append(end == bytes.count ? 1 : 0)
            let count = UInt16(end - start)
            for part in [count, ~count] { output += [UInt8(part & 0xff), UInt8(part >> 8)] }
            output += bytes[start..<end]
            start = end
        } while start < bytes.count
        appendTrailer(crc: checksum(of: bytes), count: bytes.count, to: &output)
        return output
    }

    /// How many bytes `stored` gives for so many.
    static func storedSize(of count: Int) -> Int {
        let blocks = max(1, (count + largestBlock - 1) / largestBlock)
        return header.count + blocks * 5 + count + 8
    }

    /// A few bytes that unpack to at least so many zeros: about 1 byte for 158.
    static func zeros(atLeast count: Int) -> [UInt8] {
        // One block of fixed Huffman codes: a literal zero, then repeats of 258 bytes at distance 1.
        let repeats = max(0, count - 1 + 257) / 258
        var bits = BitWriter(bytes: header)
        bits.append(0b011, count: 3)
        bits.append(code: 0b0011_0000, count: 8)
        for _ in 0..<repeats {
            bits.append(code: 0b1100_0101, count: 8)
            bits.append(0, count: 5)
        }
        bits.append(0, count: 7)
        var output = bits.finished
        let unpacked = 1 + repeats * 258
        appendTrailer(crc: checksumOfZeros(count: unpacked), count: unpacked, to: &output)
        return output
    }

    private static func appendTrailer(crc: UInt32, count: Int, to output: inout [UInt8]) {
        for number in [crc, UInt32(truncatingIfNeeded: count)] {
            for shift in [0, 8, 16, 24] as [UInt32] { output.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~table.withUnsafeBufferPointer { table in
            bytes.reduce(~UInt32(0)) { value, byte in table[Int((value ^ UInt32(byte)) & 0xff)] ^ (value >> 8) }
        }
    }

    private static func checksumOfZeros(count: Int) -> UInt32 {
        ~table.withUnsafeBufferPointer { table in
            var value = ~UInt32(0)
            for _ in 0..<count { value = table[Int(value & 0xff)] ^ (value >> 8) }
            return value
        }
    }
}

/// Collects bits as deflate packs them: the lowest bit of a byte first.
private struct BitWriter {
    private var bytes: [UInt8]
    private var pending: UInt32 = 0
    private var pendingCount = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Appends a number, lowest bit first.
    mutating func append(_ value: UInt32, count: Int) {
        pending |= value << UInt32(pendingCount)
        pendingCount += count
        while pendingCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            pendingCount -= 8
        }
    }

    /// Appends a Huffman code, highest bit first.
    mutating func append(code: UInt32, count: Int) {
        for shift in (0..<count).reversed() { append((code >> UInt32(shift)) & 1, count: 1) }
    }

    /// All bytes, the last filled up with zeros.
    var finished: [UInt8] { pendingCount > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
