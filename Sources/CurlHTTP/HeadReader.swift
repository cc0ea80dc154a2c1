/// Puts the head of an answer together from the lines that libcurl hands over.
///
/// Interim answers (1xx) are passed over, and trailers are dropped; the size of them all counts.
struct HeadReader {
    /// The final answer's head, once its last line has come.
    private(set) var head: HTTPResponseHead?

    private let limitBytes: Int
    private var sizeBytes = 0
    private var status = 0
    private var version = ""
    private var fields: [(name: String, value: String)] = []

    /// A reader that has seen nothing.
    ///
    /// - Parameter limitBytes: The largest sum of all lines.
    init(limitBytes: Int) { self.limitBytes = limitBytes }

    /// Takes one line, with its line end.
    ///
    /// - Returns: Whether it completed the final head.
    /// - Throws: `tooLarge` for a head over the limit, `interrupted` for one that makes no sense.
    mutating func read(_ bytes: UnsafeRawBufferPointer) throws(TransportError) -> Bool {
        sizeBytes += bytes.count
        guard sizeBytes <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
        guard head == nil else { return false }
        let line = Self.trimmed(Substring(decoding: bytes, as: UTF8.self))
        if line.isEmpty { return try complete() }
        if line.hasPrefix("HTTP/") {
            try readStatus(line)
        } else if let first = bytes.first, first == 0x20 || first == 0x09, let last = fields.popLast() {
            // RFC 9112 5.2: a folded line continues the one before.
            fields.append((last.name, last.value + " " + line))
        } else if let colon = line.firstIndex(of: ":") {
            fields.append((String(line[..<colon]), String(Self.trimmed(line[line.index(after: colon)...]))))
        }
        return false
    }

    private mutating func readStatus(_ line: Substring) throws(TransportError) {
        let words = line.dropFirst(5).split(separator: " ")
        guard words.count >= 2, words[1].utf8.count == 3, let status = Int(words[1]), (100...599).contains(status)
        else {
            throw .interrupted(reason: "the answer's first line makes no sense")
        }
        version = String(words[0])
        self.status = status
        fields = []
    }

    private mutating func complete() throws(TransportError) -> Bool {
        guard status >= 200 else { return false }
        var headers = HTTPHeaders()
        for field in fields { headers.append(name: field.name, value: field.value) }
        try Self.checkCodings(of: headers)
        head = HTTPResponseHead(status: status, headers: headers, version: version)
        return true
    }

    /// Refuses what was not asked for: libcurl would undo any coding, and several at once, which multiplies a bomb.
    private static func checkCodings(of headers: HTTPHeaders) throws(TransportError) {
        let content = codings(headers.all("Content-Encoding"))
        let transfer = codings(headers.all("Transfer-Encoding"))
        guard content.count <= 1, content.allSatisfy(["gzip", "x-gzip"].contains),
            transfer.count <= 1, transfer.allSatisfy({ $0 == "chunked" })
        else { throw .interrupted(reason: "the answer is in a coding that was not asked for") }
    }

    private static func codings(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",") }.map { trimmed($0).lowercased() }.filter { $0 != "identity" }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.utf8.first, isSpace(first) { text = text.dropFirst() }
        while let last = text.utf8.last, isSpace(last) { text = text.dropLast() }
        return text
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
}
