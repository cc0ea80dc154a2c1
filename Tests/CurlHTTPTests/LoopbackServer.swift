import Foundation
import Glibc
import Synchronization

/// A server on 127.0.0.1 that does to its peers what a test says, byte by byte; each connection has a thread.
final class LoopbackServer: Sendable {
    /// The port that the system chose.
    let port: Int
    private let listener: Int32
    /// Descriptors that are not closed yet, the listener's among them: the number of a closed one may be another's.
    private let open: Mutex<Set<Int32>>
    private let accepted = Mutex(0)

    /// Listens and serves.
    ///
    /// - Parameter serve: Called once a connection, which is closed when it returns.
    /// - Throws: The system's error where it cannot listen.
    init(_ serve: @escaping @Sendable (Peer) -> Void) throws {
        (listener, port) = try listenOnLoopback(backlog: 512)
        open = Mutex([listener])
        Thread.detachNewThread { self.acceptAll(serve) }
    }

    /// Its address: `http://127.0.0.1:PORT`.
    var url: String { "http://127.0.0.1:\(port)" }

    /// Connections so far.
    var connectionCount: Int { accepted.withLock { $0 } }

    /// Breaks every connection off and listens no longer.
    func stop() {
        open.withLock { open in
            for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptAll(_ serve: @escaping @Sendable (Peer) -> Void) {
        while true {
            let descriptor = Int32(uninterrupted { Int(accept(listener, nil, nil)) })
            if descriptor < 0, errno == ECONNABORTED { continue }  // A client that has changed its mind.
            guard descriptor >= 0 else { return finish(listener) }
            accepted.withLock { $0 += 1 }
            _ = open.withLock { $0.insert(descriptor) }
            Thread.detachNewThread {
                serve(Peer(descriptor: descriptor))
                self.finish(descriptor)
            }
        }
    }

    private func finish(_ descriptor: Int32) {
        open.withLock { open in
            open.remove(descriptor)
            close(descriptor)
        }
    }
}

/// Runs `body` beside a server.
func withServer<Result>(
    _ serve: @escaping @Sendable (Peer) -> Void, _ body: (LoopbackServer) async throws -> Result
) async throws -> Result {
    let server = try LoopbackServer(serve)
    defer { server.stop() }
    return try await body(server)
}

/// Listens on a free port of 127.0.0.1.
func listenOnLoopback(backlog: Int32) throws -> (descriptor: Int32, port: Int) {
    let (descriptor, port) = try bindToLoopback()
    guard listen(descriptor, backlog) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return (descriptor, port)
}

/// Takes a free port of 127.0.0.1 without listening: who connects is refused.
func bindToLoopback() throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopbackAddress(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, size) == 0 && getsockname(descriptor, pointer, &size) == 0
        }
    }
    guard descriptor >= 0, code else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
}

/// Connects to a port of 127.0.0.1.
func connectToLoopback(port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopbackAddress(port: port)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard descriptor >= 0, code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return descriptor
}

private func loopbackAddress(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// Runs `body` with a port on which nobody listens, and nobody else can for now.
func withSilentPort<Result>(_ body: (Int) async throws -> Result) async throws -> Result {
    let (descriptor, port) = try bindToLoopback()
    defer { close(descriptor) }
    return try await body(port)
}

/// Calls into the system again where a signal cut it short: programs that tests run end with one.
func uninterrupted(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// What a client sent.
struct RawRequest: Sendable {
    /// The first line: `GET /path HTTP/1.1`.
    let firstLine: String
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]
}

/// The server's end of one connection.
struct Peer: Sendable {
    let descriptor: Int32

    /// The next request; nil when the client has gone.
    func readRequest() -> RawRequest? {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard receive(&byte) else { return nil }
            head.append(byte)
        }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] =
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        var body: [UInt8] = []
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while body.count < length {
            guard receive(&byte) else { return nil }
            body.append(byte)
        }
        return RawRequest(firstLine: lines[0], headers: headers, body: body)
    }

    /// Sends everything, or until the client has gone.
    @discardableResult
    func write(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                uninterrupted { send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) }
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Sends text.
    @discardableResult
    func write(_ text: String) -> Bool { write(text.utf8) }

    /// Sends a whole answer with its length.
    func answer(_ body: String, status: String = "200 OK", headers: [String] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Answers every request of the connection.
    func answerAll(_ answer: (RawRequest) -> String) {
        while let request = readRequest() { self.answer(answer(request)) }
    }

    /// Returns when the client has gone.
    func waitForEnd() {
        var byte: UInt8 = 0
        while receive(&byte) {}
    }

    private func receive(_ byte: inout UInt8) -> Bool {
        withUnsafeMutablePointer(to: &byte) { pointer in uninterrupted { recv(descriptor, pointer, 1, 0) } } == 1
    }
}
