import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("Replies to commands")
struct CommandReplyTests {
    private func reply(_ line: String, _ answer: CommandAnswer, omitted: Int = 0) throws -> String {
        let commands = CommentCommands(in: line).commands
        let command = commands.first ?? WrittenCommand(line: line, command: .help)
        let marker = CommandReply.marker(.conversation, comment: CommentID(rawValue: 991), command: command)
        return CommandReply(templates: try Templates(), texts: try RuleTexts())
            .text(of: answer, to: command, marker: marker, omittedCount: omitted)
    }

    @Test("A check answers with what was found, below the command")
    func checked() throws {
        var fixture = try CheckFixture()
        fixture.addGoodBucket("acme")
        fixture.world.buckets["acme"]?.listRefusal = .denied
        fixture.world.buckets["acme"]?.getRefusal = .denied
        fixture.addGoodBucket("globex")
        try fixture.addBucketEntry("gs://globex/logs/", line: 40, origin: .edited)
        try fixture.add(
            nil, place: nil, location: BucketLocation("gs://acme/logs/"), contacts: [], .named)
        try expectSnapshot(
            of: reply("/check-bucket gs://acme/logs/", .checked(fixture.check)), named: "reply/checked.md")
    }

    @Test("Every misuse is told, with what was perhaps meant")
    func misuses() throws {
        let lines = [
            "/checkbucket", "/check-bucket helpp", "/check-bucket tab:acme#Acme AWS", #"/check-bucket "a"#,
            "/keep until tomorrow", "/keep until", "/check-bucket gs://Acme/", "/restore bukcet:gs://acme/",
            "/check-bucket @octocat`#1`<b>",
        ]
        let replies = try lines.map { line in
            guard case .misused(let misuse) = CommentCommands(in: line).commands.first?.command else {
                Issue.record("\(line) is not misused")
                return ""
            }
            return try reply(line, .misused(misuse))
        }
        try expectSnapshot(of: replies.joined(separator: "\n=====\n\n"), named: "reply/misused.md")
    }

    @Test("What has no results of its own is not called right")
    func nothingBehind() throws {
        let reply = try reply("/check-bucket dashboard:acme", .checked(CheckFixture().check))
        try expectSnapshot(of: reply, named: "reply/no-results.md")
    }

    @Test("Help lists every command with who may use it")
    func help() throws {
        try expectSnapshot(of: reply("/check-bucket help", .help), named: "reply/help.md")
    }

    @Test("What could not be done is said without blame and with what to do")
    func refusals() throws {
        let entry = CommandTable.all[1]
        let named = Selector.testGroup("ci-acme@x")
        let unknown = UnknownSelector(named, near: ["test-group:ci-acme", "test-group:`x`"], unreadable: [])
        let unread = UnknownSelector(named, near: [], unreadable: ["config/a.yaml", "b", "c", "d"])
        let answers: [(String, CommandAnswer)] = [
            ("/check-bucket", .nothingToCheck), ("/check-bucket", .closed),
            ("/check-bucket test-group:ci-acme@x", .unknownEntry(unknown)),
            ("/check-bucket test-group:ci-acme@x", .unknownEntry(unread)),
            ("/check-bucket gs://other/", .notAllowed(entry)),
            ("/check-bucket gs://other/", .permissionUnknown(entry)),
            ("/keep", .notAllowed(CommandTable.all[3])), ("/restore", .permissionUnknown(CommandTable.all[4])),
            ("/check-bucket", .tooOften(again: probeNow)), ("/keep", .nothingToRemove(.keep)),
            ("/check-bucket", .gaveUp),
        ]
        let replies = try answers.map { try reply($0.0, $0.1, omitted: $0.0 == "/keep" ? 3 : 0) }
        try expectSnapshot(of: replies.joined(separator: "\n=====\n\n"), named: "reply/refused.md")
    }

    @Test("A reply is found again by its command, and holds none")
    func markers() throws {
        let command = WrittenCommand(line: "/check-bucket", command: .checkBucket(nil))
        let one = CommandReply.marker(.conversation, comment: CommentID(rawValue: 1), command: command)
        let other = CommandReply.marker(.reviewOfLine, comment: CommentID(rawValue: 1), command: command)
        #expect(one != other)
        #expect(Marker(startOf: one.text) == one)
        let texts = [try reply("/check-bucket", .nothingToCheck), try reply("/check-bucket help", .help)]
        for text in texts { #expect(CommentCommands(in: text).commands.isEmpty) }
    }
}
