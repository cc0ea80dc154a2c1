import Foundation
import TestSupport
import Testing

/// The real fake-gcs-server, a program by others that speaks the JSON API, as a process on a free port.
///
/// Source: https://github.com/fsouza/fake-gcs-server.
enum FakeGCSServer {
    /// Why it could not be had.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// Where `scripts/install-python` puts it.
    private static var program: URL {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? ""
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.cache"
        return URL(fileURLWithPath: "\(cache)/bucketbot/venv/bin/fake-gcs-server")
    }

    /// Runs `body` with the server's address; it holds what the contract begins with.
    static func run(_ body: (String) async throws -> Void) async throws {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw Unavailable(description: "\(program.path) is not there; `make setup` installs it")
        }
        try await withTemporaryFolder { folder in
            try BucketFolder.writeContract(into: folder)
            let process = Process()
            let port = try freePort()
            process.executableURL = program
            process.arguments = [
                "-scheme", "http", "-host", "127.0.0.1", "-port", "\(port)", "-backend", "memory", "-data", folder.path,
            ]
            let (lines, output) = outputLines(of: process)
            let (ends, ended) = AsyncStream.makeStream(of: Void.self)
            process.terminationHandler = { _ in ended.finish() }
            try process.run()
            do {
                try await waitUntilStarted(lines)
                try await body("http://127.0.0.1:\(port)")
                await end(process, ends, output)
            } catch {
                await end(process, ends, output)
                throw error
            }
        }
    }

    private static func end(_ process: Process, _ ends: AsyncStream<Void>, _ output: FileHandle) async {
        process.terminate()
        for await _ in ends {}
        output.readabilityHandler = nil
    }

    /// Reads the log until it says that the server accepts requests; a process that ends first did not start.
    private static func waitUntilStarted(_ lines: AsyncStream<String>) async throws {
        var said = ""
        for await text in lines {
            said += text
            if said.contains("server started at") { return }
        }
        throw Unavailable(description: "fake-gcs-server did not start: \(said)")
    }

    private static func outputLines(of process: Process) -> (AsyncStream<String>, FileHandle) {
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        // It reads on after the start as well, so that a full pipe never stops the server.
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                continuation.finish()
            } else {
                continuation.yield(String(decoding: data, as: UTF8.self))
            }
        }
        return (lines, pipe.fileHandleForReading)
    }

    /// A port that nobody listens on; the server does not say which one it took when it is given 0.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard code == 0 else { throw Unavailable(description: "no free port: \(String(cString: strerror(errno)))") }
        return UInt16(bigEndian: address.sin_port)
    }
}
