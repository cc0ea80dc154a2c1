import CurlHTTP
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("A body is read as it comes")
struct StreamingTests {
    @Test("a slow reader makes the server wait, and nothing is lost")
    func backPressure() async throws {
        let total = 50 << 20
        let (stalls, stall) = AsyncStream.makeStream(of: Int.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            peer.writeCounting(total) { stall.yield($0) }
            stall.finish()
        }) { server in
            try await withTransport { transport in
                let request = HTTPRequest(.get, server.url, deadline: .seconds(120), byteLimit: total)
                let (atStall, sum) = try await transport.withResponse(to: request) { _, body in
                    var sum = 0
                    var isInOrder = true
                    var atStall: Int?
                    for try await piece in body {
                        if atStall == nil {
                            var iterator = stalls.makeAsyncIterator()
                            atStall = await iterator.next()
                        }
                        isInOrder = isInOrder && piece == pattern(at: sum, count: piece.count)
                        sum += piece.count
                    }
                    #expect(isInOrder)
                    return (atStall, sum)
                }
                #expect(sum == total)
                // What the two sockets hold is the system's; beyond it a reader's buffer and one read.
                let written = try #require(atStall, "the server was never made to wait")
                #expect(written < 24 << 20, "the server had written \(written) bytes")
            }
        }
    }

    @Test("a body that pauses often arrives whole, packed or not", arguments: [false, true])
    func manyPauses(isPacked: Bool) async throws {
        let script = "seq 1 400000" + (isPacked ? " | gzip" : "")
        let sent = try await output(of: "/bin/sh", ["-c", script], package: "gzip")
        let plain = try await output(of: "/bin/sh", ["-c", "seq 1 400000"], package: "coreutils")
        try await withServer({ peer in
            _ = peer.readRequest()
            let coding = isPacked ? "Content-Encoding: gzip\r\n" : ""
            peer.write("HTTP/1.1 200 OK\r\n\(coding)Content-Length: \(sent.count)\r\n\r\n")
            peer.write(sent)
        }) { server in
            try await withTransport(.with { $0.streamBufferBytes = 16 << 10 }) { transport in
                let seen = try await transport.withResponse(to: HTTPRequest(.get, server.url)) { _, body in
                    var seen: [UInt8] = []
                    for try await piece in body {
                        seen += piece
                        await Task.yield()
                    }
                    return seen
                }
                #expect(seen == plain)
            }
        }
    }

    @Test("the head is there before the body")
    func headFirst() async throws {
        let gate = DispatchSemaphore(value: 0)
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Early: yes\r\n\r\n")
            gate.wait()
            peer.write("hello")
        }) { server in
            try await withTransport { transport in
                let text = try await transport.withResponse(to: HTTPRequest(.get, server.url)) { head, body in
                    #expect(head.headers["x-early"] == "yes")
                    gate.signal()
                    var bytes: [UInt8] = []
                    for try await piece in body { bytes += piece }
                    return String(decoding: bytes, as: UTF8.self)
                }
                #expect(text == "hello")
            }
        }
    }

    @Test("what a reader leaves is dropped, and its connection with it")
    func leftEarly() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await withServer({ peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nhello")
            peer.waitForEnd()
            end.yield()
        }) { server in
            try await withTransport { transport in
                struct Enough: Error {}
                await #expect(throws: Enough.self) {
                    try await transport.withResponse(to: HTTPRequest(.get, server.url)) { _, body in
                        for try await _ in body { throw Enough() }
                    }
                }
                var iterator = ends.makeAsyncIterator()
                await iterator.next()
                let kept = try await transport.withResponse(to: HTTPRequest(.get, server.url)) { _, body in body }
                await #expect(throws: TransportError.canceled) { for try await _ in kept {} }
            }
        }
    }
}

/// Bytes that differ along a body: its 64-KiB blocks are numbered.
private func pattern(at position: Int, count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
        let block = (position + bytes.count) >> 16
        let length = min(count - bytes.count, ((block + 1) << 16) - (position + bytes.count))
        bytes += [UInt8](repeating: UInt8(truncatingIfNeeded: block), count: length)
    }
    return bytes
}

extension Peer {
    /// Writes `total` bytes of `pattern`, and tells how many had been written whenever the client took none for 300 ms.
    func writeCounting(_ total: Int, _ stalled: (Int) -> Void) {
        var size: Int32 = 256 << 10
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        var written = 0
        while written < total {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if uninterrupted({ Int(poll(&entry, 1, 300)) }) == 0 {
                stalled(written)
                continue
            }
            let piece = pattern(at: written, count: min(64 << 10, total - written))
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = piece.withUnsafeBytes { bytes in
                uninterrupted { send(descriptor, bytes.baseAddress, bytes.count, flags) }
            }
            if count > 0 { written += count } else if errno != EAGAIN { return }
        }
    }
}
