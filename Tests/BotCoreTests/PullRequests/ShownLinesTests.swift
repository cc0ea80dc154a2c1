import Testing

@testable import BotCore

@Suite("Lines that the page of a pull request shows")
struct ShownLinesTests {
    @Test("are those of the hunks, on the side of the head")
    func hunks() {
        let patch = """
            @@ -1,2 +1,3 @@ gs://acme/
             one
            +@@ -9,9 +9,9 @@
             two
            @@ -10 +11 @@
            -old
            +new
            @@ -20,2 +20,0 @@
            """
        let shown = ShownLines(patch: patch)
        #expect(shown.hunks == [1...3, 11...11])
        #expect(shown.holds(2...3))
        #expect(shown.holds(11...11))
        #expect(!shown.holds(3...11))
        #expect(!shown.holds(4...4))
    }

    @Test(
        "What is no hunk shows nothing",
        arguments: [
            "", "@@", "@@ -1 @@", "@@ -1 +x @@", "@@ -1 +1,2,3 @@", "@@ -1 +0,2 @@",
            "@@ -1 +9223372036854775807,9223372036854775807 @@", "@@ -1 +1,-1 @@", "@@ -1 +-5 @@",
        ])
    func hostile(patch: String) { #expect(ShownLines(patch: patch).hunks.isEmpty) }
}
