import Foundation
import Testing

@testable import BotCore

@Suite("Commands of a comment")
struct CommentCommandsTests {
    private func only(_ body: String) -> SlashCommand? {
        let commands = CommentCommands(in: body).commands
        return commands.count == 1 ? commands.first?.command : nil
    }

    private func misuse(_ body: String) -> CommandMisuse? {
        if case .misused(let misuse) = only(body) { misuse } else { nil }
    }

    @Test("The check takes nothing, help, a selector or a location")
    func check() throws {
        #expect(only("/check-bucket") == .checkBucket(nil))
        #expect(only("/Check-Bucket") == .checkBucket(nil))
        #expect(only("/check-bucket help") == .help)
        #expect(only("/check-bucket\tHELP ") == .help)
        #expect(only("/check-bucket bucket:gs://acme/logs/") == .checkBucket(.selector(.bucket("gs://acme/logs/"))))
        #expect(only("/check-bucket gs://acme/logs") == .checkBucket(.location(try BucketLocation("gs://acme/logs/"))))
        #expect(
            only(#"/check-bucket "tab:acme#Acme, \"v1\" \\ AWS""#)
                == .checkBucket(.selector(.tab(dashboard: "acme", tab: #"Acme, "v1" \ AWS"#))))
    }

    @Test("Keeping takes a selector, a day and a reason, each of which may be missing")
    func keep() throws {
        let day = try #require(CivilTime(year: 2027, month: 3, day: 1, secondOfDay: 0).date)
        #expect(only("/keep") == .keep(nil, until: nil, reason: nil))
        #expect(only("/keep until 2027-03-01") == .keep(nil, until: day, reason: nil))
        #expect(only("/keep we still need it") == .keep(nil, until: nil, reason: "we still need it"))
        #expect(
            only(#"/keep "tab:conformance-gardener#Gardener, v1.35 AWS" until 2027-03-01 moving buckets"#)
                == .keep(
                    .tab(dashboard: "conformance-gardener", tab: "Gardener, v1.35 AWS"), until: day,
                    reason: "moving buckets"))
        #expect(
            only("/keep test-group:ci-acme Until 2027-03-01")
                == .keep(.testGroup("ci-acme"), until: day, reason: nil))
        #expect(only("/keep note: until then") == .keep(nil, until: nil, reason: "note: until then"))
    }

    @Test("Restoring takes a selector or nothing")
    func restore() {
        #expect(only("/restore") == .restore(nil))
        #expect(only("/restore dashboard:acme") == .restore(.dashboard("acme")))
        #expect(misuse("/restore tab:acme#a b")?.suggestion == #"/restore "tab:acme#a b""#)
    }

    @Test(
        "A slip in our name is told, and what was meant",
        arguments: [
            ("/checkbucket", "/check-bucket"), ("/check-buckets", "/check-bucket"), ("/check_bucket", "/check-bucket"),
            ("/chekc-bucket gs://acme/", "/check-bucket gs://acme/"), ("/restor", "/restore"),
        ])
    func names(line: String, suggestion: String) throws {
        let misuse = try #require(self.misuse(line))
        #expect(misuse.suggestion == suggestion)
        guard case .unknownName = misuse.problem else {
            Issue.record("it is \(misuse.problem)")
            return
        }
    }

    @Test(
        "Other bots' commands are not ours",
        arguments: [
            "/lgtm", "/lgtm cancel", "/test all", "/retest", "/approve", "/hold", "/kind cleanup", "/assign @a", "/cc",
            "/check-cla", "/check", "/bucket", "/keeps", "/kee", "/skip", "/", "//", "/ check-bucket", "/reopen",
            "/remove-hold", "/test pull-check-bucket", "/check-bucket/logs", "/release",
        ])
    func others(line: String) {
        #expect(CommentCommands(in: line).commands.isEmpty)
    }

    @Test(
        "Arguments that mean nothing are told, with what was perhaps meant",
        arguments: [
            ("/check-bucket helpp", "/check-bucket help"),
            ("/check-bucket bukcet:gs://a", "/check-bucket bucket:gs://a"),
            ("/check-bucket acme-logs/e2e", "/check-bucket gs://acme-logs/e2e/"),
            ("/check-bucket tab:acme#Acme AWS", #"/check-bucket "tab:acme#Acme AWS""#),
            ("/keep gs://acme/logs/", "/keep bucket:gs://acme/logs/"),
            ("/keep test-gruop:ci-acme", "/keep test-group:ci-acme"), ("/check-bucket please", nil),
            ("/check-bucket tab:acme", nil), ("/check-bucket gs://acme gs://globex", nil),
        ] as [(String, String?)])
    func arguments(line: String, suggestion: String?) throws {
        let misuse = try #require(self.misuse(line))
        #expect(misuse.suggestion == suggestion)
    }

    @Test("What is wrong with quotes, days and locations is told")
    func problems() {
        #expect(misuse(#"/check-bucket "tab:a#b"#)?.problem == .quotes)
        #expect(misuse(#"/check-bucket "tab:a#b"c"#)?.problem == .quotes)
        #expect(misuse(#"/keep "tab:a#\n""#)?.problem == .quotes)
        #expect(misuse("/keep until tomorrow")?.problem == .date("tomorrow"))
        #expect(misuse("/keep until 2027-02-29")?.problem == .date("2027-02-29"))
        #expect(misuse("/keep until +027-02-01")?.problem == .date("+027-02-01"))
        #expect(misuse("/keep until")?.problem == .date(""))
        guard case .location("gs://Acme/", let reason) = misuse("/check-bucket gs://Acme/")?.problem else {
            Issue.record("the location is taken")
            return
        }
        #expect(reason.contains("\"A\""))
    }

    @Test("A comment's commands come in order, each once, and not more than a few")
    func several() {
        let three = CommentCommands(in: "/lgtm\n/check-bucket\n/keep\n/CHECK-BUCKET\n/check-bucket help")
        #expect(three.commands.map(\.command) == [.checkBucket(nil), .keep(nil, until: nil, reason: nil), .help])
        #expect(three.commands.map(\.line) == ["/check-bucket", "/keep", "/check-bucket help"])
        #expect(three.omittedCount == 0)
        let many = (0..<13).map { "/check-bucket gs://acme-\($0)/" }.joined(separator: "\n")
        #expect(CommentCommands(in: many).commands.count == CommentCommands.limit)
        #expect(CommentCommands(in: many).omittedCount == 3)
    }

    @Test("An edit says only what it adds")
    func edits() {
        let old = "/check-bucket\n/keep"
        #expect(CommentCommands(in: "please\n" + old, addedTo: old).commands.isEmpty)
        #expect(CommentCommands(in: "/check-bucket gs://acme/\n" + old, addedTo: old).commands.count == 1)
        #expect(CommentCommands(in: "/check-bucket", addedTo: "```\n/check-bucket\n```").commands.count == 1)
    }

    @Test("Every command of the table is read from its own example")
    func table() {
        for entry in CommandTable.all {
            let commands = CommentCommands(in: entry.example).commands
            #expect(commands.count == 1, "\(entry.example)")
            if case .misused = commands.first?.command { Issue.record("\(entry.example) is misused") }
        }
    }
}
