import TestSupport
import Testing

@testable import BotCore

@Suite("Payloads that are not what they say")
struct EventProblemTests {
    private func problem(_ name: String, _ payload: some Collection<UInt8>) -> EventProblem? {
        do {
            _ = try Event(name: name, payload: payload)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A body that is no object is refused whatever its event",
        arguments: ["ping", "star", "pull_request"],
        ["", "[]", "null", "7", "{", "{}{}", "payload=%7B%7D", "{\"a\":1,}"])
    func notAnObject(name: String, payload: String) {
        #expect(problem(name, payload.utf8) != nil)
    }

    @Test("A hundred thousand lists in each other end with a sentence")
    func nesting() {
        let deep = "{\"a\":" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
        #expect(
            problem("ping", deep.utf8)?.description
                == "the body is not JSON: more than 200 levels are nested, at byte 205")
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect(problem("ping", objects.utf8) != nil)
    }

    @Test("What is not UTF-8 is refused")
    func notUTF8() {
        let bytes = Array(#"{"a": ""#.utf8) + [0xFF, 0xFE] + Array("\"}".utf8)
        #expect(problem("ping", bytes) == .notUTF8)
    }

    @Test("A key that stands twice in an object that is read is refused, so that no two readers differ")
    func duplicateKeys() {
        #expect(problem("ping", #"{"zen": 1, "zen": 2}"#.utf8) == .repeated(path: "zen"))
        let payload = EventPayloads.push(ref: "refs/heads/main")
            .replacing(#""id": 57,"#, with: #""id": 57, "id": 58,"#)
        #expect(problem("push", payload.utf8) == .repeated(path: "repository.id"))
    }

    @Test("What has more in it than anything of GitHub's is refused, where it is asked for")
    func tooMany() {
        let members = (0...PayloadObject.memberLimit).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(problem("ping", "{\(members)}".utf8) == .tooMany(path: "", limit: PayloadObject.memberLimit))
        #expect(problem("ping", "{\"a\":{\(members)}}".utf8) == nil)
        let many = String(repeating: "{},", count: PayloadObject.elementLimit) + "{}"
        let payload = EventPayloads.installation("added", extra: "\"repositories_added\": [\(many)],")
        #expect(
            problem("installation_repositories", payload.utf8)?.description
                == "repositories_added holds more than 100000 values")
    }

    @Test("An installation is told of by its own account, and brings no repository of another's")
    func foreignRepositories() throws {
        let list = """
            [{"id": 57, "full_name": "Acme/Registry"}, {"id": 58, "full_name": "kubernetes/test-infra"}]
            """
        let named = EventPayloads.installation("added", extra: "\"repositories_added\": \(list),")
        guard case .installation(let event) = try Event(name: "installation_repositories", payload: named.utf8) else {
            Issue.record("it is no installation")
            return
        }
        #expect(event.added.map(\.name) == [RepositoryName("acme/registry")])
        let lent = EventPayloads.installation(
            "added", extra: "\"organization\": {\"login\": \"other\"}, \"repositories_added\": \(list),")
        #expect(
            problem("installation_repositories", lent.utf8)?.description == """
                installation.account.login should be the account that the delivery speaks for and is the text "Acme"
                """)
    }

    @Test(
        "A missing or unfit value is named by its path",
        arguments: [
            (#""sha": "\#(EventPayloads.headSHA)","#, "", "pull_request.head.sha is missing"),
            (
                #""sha": "\#(EventPayloads.headSHA)","#, #""sha": "../../x","#,
                #"pull_request.head.sha should be the name of a commit and is the text "../../x""#
            ),
            (#""id": 57"#, #""id": "57""#, #"repository.id should be a whole number above 0 and is the text "57""#),
            (#""id": 57"#, #""id": 1e3"#, "repository.id should be a whole number above 0 and is the number 1e3"),
            (
                #""id": 57"#, #""id": 99999999999999999999"#,
                "repository.id should be a whole number above 0 and is the number 99999999999999999999"
            ),
            (#""id": 57"#, #""id": -57"#, "repository.id should be a whole number above 0 and is the number -57"),
            (
                #""Acme/Registry""#, #""Acme/../Registry""#,
                #"repository.full_name should be OWNER/NAME and is the text "Acme/../Registry""#
            ),
            (
                #""draft": true"#, #""draft": "yes""#,
                #"pull_request.draft should be true or false and is the text "yes""#
            ),
            (
                #""pull_request": {"#, #""pull_request": [], "other": {"#,
                "pull_request should be an object and is a list"
            ),
            (#""action": "opened","#, "", "action is missing"),
        ])
    func paths(original: String, replacement: String, sentence: String) {
        let payload = EventPayloads.pullRequest("opened").replacing(original, with: replacement)
        #expect(problem("pull_request", payload.utf8)?.description == sentence)
    }

    @Test("No cut of a payload and no changed byte traps")
    func damage() {
        var random = SplitMix64(seed: 20_261_122)
        let whole = Array(EventPayloads.pullRequest("opened").utf8)
        for length in 0..<whole.count { #expect(problem("pull_request", whole.prefix(length)) != nil) }
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = problem("pull_request", bytes)
        }
    }
}
