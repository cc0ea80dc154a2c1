import TestSupport
import Testing

@testable import BotCore

@Suite("The one comment of a pull request")
struct StickyCommentTests {
    private let ours = AccountID(rawValue: 1)
    private let other = AccountID(rawValue: 2)

    private func body(_ print: String, _ text: String = "text", kind: String = "check") -> String {
        Marker(kind: kind, fields: ["print": print]).text + "\n" + text
    }

    private func comment(_ id: Int64, by author: AccountID?, _ body: String) -> ExistingComment {
        ExistingComment(id: CommentID(rawValue: id), authorID: author, body: body)
    }

    @Test("The first comment is written, the next changes it, and the same is not sent again")
    func onceAndAgain() {
        let wanted = body("b")
        #expect(StickyComment.steps(for: .text(wanted), existing: [], ours: ours) == [.create(body: wanted)])
        let old = comment(5, by: ours, body("a"))
        #expect(
            StickyComment.steps(for: .text(wanted), existing: [old], ours: ours)
                == [.update(CommentID(rawValue: 5), body: wanted)])
        let same = comment(5, by: ours, body("b", "the same, seen at another time"))
        #expect(StickyComment.steps(for: .text(wanted), existing: [same], ours: ours).isEmpty)
    }

    @Test("Only our own account's comment counts, and only one of its kind that starts with the marker")
    func forgeries() {
        let forged = [
            comment(1, by: other, body("b")), comment(2, by: nil, body("b")), comment(3, by: ours, "> " + body("b")),
            comment(4, by: ours, body("b", kind: "reply")),
        ]
        let wanted = body("b")
        #expect(StickyComment.steps(for: .text(wanted), existing: forged, ours: ours) == [.create(body: wanted)])
    }

    @Test("Of several comments the oldest stays")
    func duplicates() {
        let existing = [comment(9, by: ours, body("b")), comment(7, by: ours, body("a")), comment(8, by: other, "hi")]
        let wanted = body("b")
        #expect(
            StickyComment.steps(for: .text(wanted), existing: existing, ours: ours)
                == [.update(CommentID(rawValue: 7), body: wanted), .delete(CommentID(rawValue: 9))])
    }

    @Test("A comment that is not wanted is not begun, and one that is there does not go on saying what was")
    func policies() {
        let wanted = body("b")
        #expect(StickyComment.steps(for: .textIfThere(wanted), existing: [], ours: ours).isEmpty)
        let old = comment(5, by: ours, body("a"))
        #expect(
            StickyComment.steps(for: .textIfThere(wanted), existing: [old], ours: ours)
                == [.update(CommentID(rawValue: 5), body: wanted)])
        #expect(
            StickyComment.steps(for: .none, existing: [old], ours: ours) == [.delete(CommentID(rawValue: 5))])
    }
}

@Suite("Markers")
struct MarkerTests {
    @Test("A marker is one line, the same for the same values")
    func text() {
        let marker = Marker(kind: "reply", fields: ["comment": "991", "a": "x y-->\n@b#1"])
        #expect(marker.text == "<!-- bucketbot:reply a=x%20y--%3E%0A%40b%231 comment=991 -->")
        #expect(Marker(startOf: marker.text + "\r\nmore") == marker)
        #expect(Marker(startOf: Marker(kind: "check").text) == Marker(kind: "check"))
    }

    @Test(
        "What is not exactly a marker is none",
        arguments: [
            "", "x<!-- bucketbot:check -->", " <!-- bucketbot:check -->", "<!-- bucketbot: -->", "<!-- bucketbot:check",
            "<!-- bucketbot:check a -->", "<!-- bucketbot:check a=%zz -->", "<!-- bucketbot:check a=1 a=2 -->",
            "<!-- bucketbot:check A=1 -->", "<!-- bucketbot:check a=%FF -->", "<!-- bucketbot:check  a=1 -->",
            "<!-- bucketbot:check\n-->", "<!-- bucketbots:check -->",
        ])
    func refused(text: String) {
        #expect(Marker(startOf: text) == nil)
    }

    @Test("Every value comes back as it was")
    func roundTrip() {
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let scalars = (0..<12).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random)) }
            let value = String(String.UnicodeScalarView(scalars))
            let marker = Marker(kind: "check", fields: ["value": value, "empty": ""])
            #expect(Marker(startOf: marker.text + "\nrest")?.fields["value"] == value, "seed \(seed)")
        }
    }
}
