import Testing

@testable import BotCore

@Suite("Buttons below a check run")
struct CheckButtonTests {
    @Test(
        "have words within GitHub's limits", arguments: [CheckButton.probeAgain, .keep(days: 180), .keep(days: 3_650)])
    func limits(button: CheckButton) throws {
        let words = button.words(try Templates())
        #expect(words.label.count <= 20 && !words.label.hasSuffix("…"), "\(words.label)")
        #expect(words.description.count <= 40 && !words.description.hasSuffix("…"), "\(words.description)")
        #expect(!words.description.isEmpty)
        #expect(button.identifier.count <= 20)
        #expect(CheckButton(identifier: button.identifier)?.identifier == button.identifier)
    }

    @Test("say what they do")
    func words() throws {
        let templates = try Templates()
        #expect(CheckButton.probeAgain.words(templates) == ("Probe again", "Look at the buckets once more."))
        let keep = CheckButton.keep(days: 180).words(templates)
        #expect(keep == ("Keep for 180 days", "Take nothing away. As /keep does."))
    }

    @Test("of another identifier there are none")
    func unknown() { #expect(CheckButton(identifier: "lgtm|1") == nil) }
}
