import Testing

@testable import CurlHTTP

@Suite("Whose turn it is")
struct WaitingLineTests {
    @Test("whoever has waited longest goes first, and a full host holds up nobody else")
    func order() {
        var line = WaitingLine(maxRunning: 3, maxRunningPerHost: 2)
        for id in 1...4 { line.join(UInt64(id), host: "a") }
        line.join(5, host: "b")
        line.join(6, host: "b")
        let first = (0..<4).map { _ in line.admit() }
        #expect(first == [1, 2, 5, nil])
        line.release(host: "b")
        let second = line.admit()
        #expect(second == 6)
        line.release(host: "a")
        let third = line.admit()
        #expect(third == 3)
        #expect(line.waitingCount == 1)
    }

    @Test("who leaves is not called, and can leave once")
    func leaving() {
        var line = WaitingLine(maxRunning: 1, maxRunningPerHost: 1)
        line.join(1, host: "a")
        line.join(2, host: "a")
        let leaves = (line.leave(1), line.leave(1))
        #expect(leaves == (true, false))
        let admitted = line.admit()
        #expect(admitted == 2)
        let leavesAfterwards = line.leave(2)
        #expect(!leavesAfterwards)
        #expect(line.waitingCount == 0)
        line.release(host: "a")
        line.release(host: "a")
        let nobody = line.admit()
        #expect(nobody == nil)
    }
}

@Suite("Addresses are read as libcurl reads them")
struct OriginTests {
    @Test(
        "only this machine is loopback",
        arguments: [
            ("http://localhost", true), ("http://LOCALHOST:80/x", true), ("http://127.0.0.1", true),
            ("http://127.255.0.9:1", true), ("http://[::1]:8080/", true), ("http://127.1/", true),
            ("http://localhost.", false), ("http://localhost.evil.test", false), ("http://10.0.0.1", false),
            ("http://127.0.0.1.evil.test", false), ("http://[::2]", false), ("http://0.0.0.0", false),
        ])
    func loopback(url: String, expected: Bool) throws {
        #expect(try Origin(of: url).isLoopback == expected)
    }

    @Test("case and the usual port do not tell origins apart")
    func same() throws {
        #expect(try Origin(of: "HTTPS://Storage.Test/a") == Origin(of: "https://storage.test:443/b?c#d"))
        #expect(try Origin(of: "https://storage.test") != Origin(of: "https://storage.test:8443"))
    }
}

@Suite("The head of an answer, line by line")
struct HeadReaderTests {
    private func read(_ lines: [String], limitBytes: Int = 1_000) throws(TransportError) -> HTTPResponseHead? {
        var reader = HeadReader(limitBytes: limitBytes)
        for line in lines {
            let bytes = Array((line + "\r\n").utf8)
            let read = bytes.withUnsafeBytes { bytes in Result { () throws(TransportError) in try reader.read(bytes) } }
            _ = try read.get()
        }
        return reader.head
    }

    @Test("the last answer counts, folded lines are joined, what is no field is dropped")
    func joins() throws {
        let interim = ["HTTP/1.1 100 Continue", "A: 0", ""]
        let final = ["HTTP/2 204", "A: 1", "\t 2", "nonsense", "B:", ":c", ""]
        let head = try #require(try read(interim + final + ["D: 4"]))
        #expect(head.status == 204)
        #expect(head.version == "2")
        #expect(head.headers["a"] == "1 2")
        #expect(head.headers["b"] == "")
        #expect(head.headers["d"] == nil)
    }

    @Test("nothing is final before its empty line")
    func incomplete() throws {
        #expect(try read(["HTTP/1.1 200 OK", "A: 0"]) == nil)
        #expect(try read(["HTTP/1.1 103 Early Hints", ""]) == nil)
    }

    @Test(
        "a first line without a status is refused",
        arguments: ["HTTP/1.1", "HTTP/1.1 abc", "HTTP/1.1 099 x", "HTTP/1.1 +20"])
    func badStatus(line: String) {
        #expect(throws: TransportError.self) { try read([line]) }
    }

    @Test("all bytes count")
    func limit() {
        #expect(throws: TransportError.tooLarge(limitBytes: 20)) {
            try read(["HTTP/1.1 200 OK", "A: 1"], limitBytes: 20)
        }
    }
}
