internal import ArgumentParser
internal import BotCore
internal import Foundation

/// `bucketbot rules`: the list of all rules, from which `docs/RULES.md` is made.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List every rule: severity, reason, example, fix and what it implies.",
        shouldDisplay: true
    )

    @Flag(help: "Write Markdown, as docs/RULES.md has it.")
    var markdown = false

    func run() throws {
        let texts = try RuleTexts()
        let text = markdown ? RuleReference(texts: texts).markdown() : RuleReference(texts: texts).list()
        try StandardStreams.write(text)
    }
}
