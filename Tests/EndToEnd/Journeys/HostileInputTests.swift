import Foundation
import Playground
import TestSupport
import Testing

@Suite("Names and texts that were written to do harm")
struct HostileInputTests {
    private static let nasty =
        "@kubernetes/owners <img src=x onerror=alert(1)> Fixes #1 `code` ](http://evil.example) **bold** | ~~~ <!-- x -->"

    @Test("in YAML, they are shown as text: nobody is mentioned, no issue is closed, no HTML or link is live")
    func yaml() async throws {
        try await withWorld { world in
            let quoted = Self.nasty.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            let pull = try await world.openPullRequest([
                bucketsFile: buckets(
                    adding: """
                        "gs://globex-results/\(quoted)/":
                          contact: "\(quoted)"
                          prefix: "\(quoted)"
                          sequential: "\(quoted)"
                          "\(quoted)": "\(quoted)"

                        """),
                "config/testgrids/acme/more.yaml": """
                test_groups:
                - name: "\(quoted)"
                  gcs_prefix: "acme-results/\(quoted)"
                dashboards:
                - name: "\(quoted)"
                  dashboard_tab:
                  - name: "\(quoted)"
                    test_group_name: "\(quoted)"
                    description: "\(quoted)"
                    alert_options: {alert_mail_to_addresses: "\(quoted)"}

                """,
            ])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            expectHarmless(comment.body)
            let run = try world.onlyCheckRun(of: pull.issue)
            expectHarmless((run.summary ?? "") + "\n" + (run.text ?? ""))
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "hostile-yaml.md")
        }
    }

    @Test("in listings of a bucket and in its files they are shown as text")
    func listings() async throws {
        try await withWorld { world in
            let job = "logs/e2e @kubernetes/owners <b>Fixes #1 `x`"
            var objects: [StandInObject] = []
            let at = testStart.addingTimeInterval(-3_600)
            for (name, text) in [
                ("1/started.json", "{\"timestamp\": \"@kubernetes/owners\"}"),
                (
                    "1/finished.json",
                    "{\"timestamp\": 1799990000, \"result\": \"<img src=x> @kubernetes/owners Fixes #1\"}"
                ),
                ("1/artifacts/junit_@kubernetes<b>.xml", "<testsuite><@kubernetes/owners Fixes #1></testsuite>"),
                ("latest-build.txt", "@kubernetes/owners <script>alert(1)</script> Fixes #1"),
                ("@kubernetes <b>/started.json", "{}"),
            ] {
                objects.append(StandInObject(ObjectName("\(job)/\(name)"), text, at: at))
            }
            world.storage.add(StandInBucket("hostile-results", objects: objects))
            let pull = try await world.openedPullRequest(adding: "hostile-results")
            let comment = try world.onlyComment(on: pull.issue)
            expectHarmless(comment.body)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion != "success")
        }
    }

    @Test("in a command they are quoted as text")
    func command() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            try world.gitHub.comment(
                "/check-bucket \"test-group:\(Self.nasty)\"\n/check-bukcet \(Self.nasty)", on: pull.issue,
                by: world.contributor)
            try await world.deliver()
            let said = world.comments(on: pull.issue).dropFirst()
            #expect(said.count == 2)
            for comment in said { expectHarmless(comment.body) }
        }
    }

    @Test(
        "a registry file that is no YAML is a finding, and so is one that is nested too deep",
        arguments: [
            "gs://globex-results/logs/: [[[", "\u{0}\u{1}\u{FFFD}", String(repeating: "[", count: 100_000),
            "a: &x 1\nb: *x\n", "a: !!python/object x\n", "%",
        ])
    func brokenYAML(text: String) async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: text])
            try await world.deliver()
            expectHarmless(try world.onlyComment(on: pull.issue).body)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
        }
    }

    @Test("a thousand mistakes fit into one comment and one check, and what was left out is counted")
    func many() async throws {
        try await withWorld { world in
            let entries = (1...1_000).map { "gs://missing-\($0)-results/logs:\n  prefix: \"p\($0)\"\n" }.joined()
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entries)])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.utf8.count <= 60_000)
            #expect(comment.body.contains("There is no room here for"))
            #expect(world.checkRuns(of: pull.issue).count == 1)
            #expect(try world.onlyCheckRun(of: pull.issue).annotations.count <= 500)
        }
    }
}

/// Expects that GitHub would mention nobody, close nothing and show no HTML but ours.
private func expectHarmless(_ markdown: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let prose = withoutCode(markdown)
    #expect(
        prose.firstMatch(of: #/(^|[^A-Za-z0-9_`])@[A-Za-z0-9]/#) == nil, "a mention is live in:\n\(prose)",
        sourceLocation: sourceLocation)
    #expect(
        prose.firstMatch(of: #/(?i)(fix(es|ed)?|close[sd]?|resolve[sd]?):?\s+#\d/#) == nil,
        "words that close an issue are live in:\n\(prose)", sourceLocation: sourceLocation)
    for tag in prose.matches(of: #/<\/?([A-Za-z]+)[^>]*>/#) {
        let isOurs = ["details", "summary"].contains(String(tag.1)) || tag.0.hasPrefix("<http")
        #expect(isOurs, "\(tag.0) is live", sourceLocation: sourceLocation)
    }
    #expect(!prose.contains("](http://evil"), sourceLocation: sourceLocation)
}

/// A text of Markdown without its fences and code spans, as GitHub tells them apart.
private func withoutCode(_ markdown: String) -> String {
    var lines: [String] = []
    var fence: Substring?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
        let mark = line.prefix { $0 == "`" }
        if let open = fence {
            if mark.count >= open.count, mark.count == line.count { fence = nil }
        } else if mark.count >= 3 {
            fence = mark
        } else {
            lines.append(String(line))
        }
    }
    var rest = Substring(lines.joined(separator: "\n"))
    var prose = ""
    while let tick = rest.firstIndex(of: "`") {
        prose += rest[..<tick]
        let run = rest[tick...].prefix { $0 == "`" }
        var after = rest[run.endIndex...]
        var end: Substring.Index?
        while let next = after.firstIndex(of: "`") {
            let closing = after[next...].prefix { $0 == "`" }
            after = after[closing.endIndex...]
            if closing.count == run.count {
                end = closing.endIndex
                break
            }
        }
        if let end {
            prose += " CODE "
            rest = rest[end...]
        } else {
            prose += run
            rest = rest[run.endIndex...]
        }
    }
    return prose + rest
}
