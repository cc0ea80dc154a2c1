import CurlHTTP
import Playground
import Testing

@Suite("A person can look at the stand-in for GitHub")
struct PageTests {
    @Test("the page of a pull request shows what was said, escaped, with checks and files")
    func conversation() async throws {
        try await withExampleWorld { world in
            let text = PullRequestText(title: "Add <b> & co", body: "Please *look*")
            let pull = try await world.openPullRequest(["new.txt": "<one>\n"], text: text)
            let bot = try await world.asInstallation()
            let body = """
                <!-- a marker -->
                ### ❌ Not ready
                - `a <b> c` is **wrong**
                - [the page](https://example.com/?a=1&b=2)

                <details><summary>More</summary>

                ```sh
                gsutil <x> **y**
                ```

                </details>
                <script>alert(1)</script>
                """
            let comments = "/repos/kubernetes/test-infra/issues/\(pull.number)/comments"
            #expect(try await bot.ask(.post, comments, ["body": .string(body)]).status == 201)
            let answer = try await bot.send(.get, world.standIn.address(of: pull))
            let page = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.head.status == 200)
            for part in [
                "Add &lt;b&gt; &amp; co", "<h4>❌ Not ready</h4>", "<li><code>a &lt;b&gt; c</code> is <b>wrong</b></li>",
                #"<a href="https://example.com/?a=1&amp;b=2" rel="noreferrer">the page</a>"#,
                "<details><summary>More</summary>", "<pre><code>gsutil &lt;x&gt; **y**</code></pre>",
                "&lt;script&gt;alert(1)&lt;/script&gt;", "+&lt;one&gt;",
            ] {
                #expect(page.contains(part), "\(part)")
            }
            #expect(!page.contains("a marker") && !page.contains("<script>"))
            let list = try await bot.send(.get, world.standIn.root + "/")
            #expect(String(decoding: list.body, as: UTF8.self).contains("Add &lt;b&gt; &amp; co"))
            #expect(try await bot.send(.get, world.standIn.root + "/nothing/here").head.status == 404)
            _ = world.standIn.comments(on: pull)
        }
    }
}
