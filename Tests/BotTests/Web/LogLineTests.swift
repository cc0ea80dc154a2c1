import Foundation
import Logging
import OpenSSLCrypto
import Testing

@testable import Bot

@Suite("Log lines")
struct LogLineTests {
    @Test("a line of text has its time, level, message and fields, whatever stands in them")
    func text() {
        let log = LogRecord()
        var logger = log.logger(.text)
        logger[metadataKey: "delivery.id"] = "g 1"
        logger.notice("Two\nlines", metadata: ["a": "x", "b": "say \"hi\"", "c": "", "d": "\u{1B}[2J"])
        #expect(
            log.lines == [
                #"2027-01-15T08:00:00.000Z notice Two\u{a}lines a=x b="say \"hi\"" c="" d=\u{1b}[2J delivery.id="g 1""#
                    + "\n"
            ])
    }

    @Test("a line of JSON can be read, and no field takes the place of its own")
    func json() throws {
        let log = LogRecord()
        log.logger(.json).error("Quote \" and \\ and \n", metadata: ["level": "forged", "event": "\u{7}\u{2028}é"])
        let line = try #require(log.lines.first)
        #expect(line.filter { $0 == "\n" }.count == 1)
        let read = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(
            read == [
                "time": "2027-01-15T08:00:00.000Z", "level": "error", "logger": "test",
                "message": "Quote \" and \\ and \n", "event": "\u{7}\u{2028}é",
            ])
    }

    @Test("a secret never shows")
    func secret() {
        let log = LogRecord()
        log.logger().error("\(Secret("topsecret"))", metadata: ["a": "\(Secret("topsecret"))"])
        #expect(log.lines.allSatisfy { !$0.contains("topsecret") && $0.contains("<redacted>") })
    }
}
