import Foundation
import NIOCore
import NIOPosix

/// One connection to a server of a test, on which every byte is the test's own.
struct WireClient {
    /// An answer as it came.
    struct Answer: Hashable {
        var status: Int
        /// By names in lower case.
        var headers: [String: String]
        var text: String
    }

    /// The server closed the connection, or what it said is no answer.
    struct NoAnswer: Error {
        let received: String
    }

    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var received = ByteBuffer()

    /// Connects to a port of this machine for as long as `body` runs.
    static func connected<Result: Sendable>(
        to port: Int, _ body: (inout WireClient) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var client = WireClient(outbound: outbound, inbound: inbound.makeAsyncIterator())
            return try await body(&client)
        }
    }

    private init(
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.outbound = outbound
        self.inbound = inbound
    }

    /// Sends what others may send too, without a copy.
    func send(_ buffer: ByteBuffer) async throws { try await outbound.write(buffer) }

    /// Sends bytes.
    func send(_ bytes: some Sequence<UInt8>) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    /// Sends a text.
    func send(_ text: String) async throws { try await send(text.utf8) }

    /// Reads one answer.
    mutating func answer() async throws -> Answer {
        while true {
            if let answer = takeAnswer() { return answer }
            guard let more = try await inbound.next(isolation: #isolation) else {
                throw NoAnswer(received: String(buffer: received))
            }
            received.writeImmutableBuffer(more)
        }
    }

    /// Waits until the server has closed the connection.
    ///
    /// - Returns: What it sent before.
    mutating func rest() async throws -> String {
        while let more = try await inbound.next(isolation: #isolation) { received.writeImmutableBuffer(more) }
        return String(buffer: received)
    }

    private mutating func takeAnswer() -> Answer? {
        let text = String(buffer: received)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        let headBytes = text[..<end.upperBound].utf8.count
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard received.readableBytes >= headBytes + length else { return nil }
        received.moveReaderIndex(forwardBy: headBytes)
        let body = received.readString(length: length) ?? ""
        let words = (lines.first ?? "").split(separator: " ")
        return Answer(status: words.count > 1 ? Int(words[1]) ?? 0 : 0, headers: headers, text: body)
    }
}
