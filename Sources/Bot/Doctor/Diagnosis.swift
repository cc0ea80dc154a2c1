internal import BotCore
internal import Foundation

/// What a look at one thing came to.
struct Diagnosis: Hashable, Sendable {
    /// How it is.
    enum State: String, Hashable, Sendable {
        case right = "ok"
        case wrong = "wrong"
        /// It could not be looked at.
        case unknown = "?"
    }

    /// How it is.
    let state: State
    /// The thing, in a word.
    let subject: String
    /// The sentence in `templates/doctor/sentences.mustache`; nil where `values` has the words themselves.
    let sentence: String?
    /// What the sentence fills in.
    let values: [String: String]

    /// Something that our own sentence is about.
    init(_ state: State, _ subject: String, _ sentence: String, _ values: [String: String] = [:]) {
        self.state = state
        self.subject = subject
        self.sentence = sentence
        self.values = values
    }

    /// Something whose error says what is wrong and how to mend it.
    init(_ state: State, _ subject: String, error: any Error) {
        self.state = state
        self.subject = subject
        sentence = nil
        values = ["words": "\(error)"]
    }

    /// Lines that end with a line break: the state, the subject and the sentences.
    func text(_ templates: Templates) -> String {
        let words: [String]
        if let sentence {
            var value: [String: any Sendable] = [sentence: true]
            for (name, text) in values { value[name] = text.printableText }
            words = templates.text("doctor/sentences", value).split(whereSeparator: \.isNewline).map(String.init)
        } else {
            words = [(values["words"] ?? "").printableText.split(whereSeparator: \.isNewline).joined(separator: " ")]
        }
        let head =
            state.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            + subject.padding(toLength: 13, withPad: " ", startingAt: 0)
        let margin = String(repeating: " ", count: 20)
        return words.enumerated().map { ($0 == 0 ? head : margin) + $1 + "\n" }.joined()
    }
}
