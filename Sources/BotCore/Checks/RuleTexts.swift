internal import Mustache

/// The words of all rules, read once from `templates/rules/`.
///
/// Shape of a template: three paragraphs that start with `what:`, `why:` and `fix:`, in that order, with
/// `{{argument}}` where an argument of the finding goes and no other tag.
public struct RuleTexts: Sendable {
    private let templates: [RuleID: RuleTemplate]

    /// Why the words cannot be used.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// An override replaces nothing: its name is misspelt.
        case unknownName(String)
        /// A paragraph is missing, empty or out of order.
        case missingParagraph(name: String, label: String)
        /// A tag is something else than the name of an argument.
        case notAnArgument(name: String, tag: String)

        /// Which template, and what is wrong with it.
        public var description: String {
            switch self {
            case .unknownName(let name): "template \(name).mustache: there is no such template to override"
            case .missingParagraph(let name, let label):
                "template \(name).mustache: the paragraphs what:, why: and fix: are wanted in this order, "
                    + "and \(label): is missing or empty"
            case .notAnArgument(let name, let tag):
                "template \(name).mustache: \(tag) is not {{NAME}} with a name of letters"
            }
        }
    }

    /// The folder of the rules' templates, as it begins their names.
    private static let folder = "rules/"

    /// The built-in words, some of them replaced.
    ///
    /// - Parameter overrides: Texts by the template's path without its extension, such as `rules/bucket-prefix-colon`;
    ///   those outside of `rules/` are left to others.
    /// - Throws: `Problem` naming the template.
    public init(overrides: [String: String] = [:]) throws(Problem) {
        let own = overrides.filter { $0.key.hasPrefix(Self.folder) }
        for name in own.keys.sorted() where builtInTemplates[name] == nil { throw .unknownName(name) }
        var templates: [RuleID: RuleTemplate] = [:]
        for (name, text) in builtInTemplates.merging(own, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key })
        where name.hasPrefix(Self.folder) {
            let rule = RuleID(stringLiteral: String(name.dropFirst(Self.folder.count)))
            templates[rule] = try RuleTemplate(name: name, text: text)
        }
        self.templates = templates
    }

    /// The rules that have words.
    public var rules: Set<RuleID> { Set(templates.keys) }

    /// The names of the arguments that a rule's words use; empty for a rule without words.
    public func argumentNames(of rule: RuleID) -> Set<String> { templates[rule]?.argumentNames ?? [] }

    /// A finding's words.
    ///
    /// - Parameters:
    ///   - finding: Of a rule that has words; an argument that it lacks leaves a gap.
    ///   - escaping: Makes other people's text safe for the medium; applied to each argument, never to our own words.
    /// - Returns: The words; empty for a rule that has none.
    public func words(for finding: Finding, escaping: (String) -> String) -> RuleWords {
        guard let template = templates[finding.rule] else { return RuleWords(what: "", why: "", fix: "") }
        return template.words(finding.arguments.mapValues(escaping))
    }

    /// A rule's words as they are written, for a page that lists all rules: `{{argument}}` becomes what `placeholder`
    /// makes of its name.
    ///
    /// - Returns: The words; nil for a rule that has none.
    public func words(of rule: RuleID, placeholder: (String) -> String) -> RuleWords? {
        guard let template = templates[rule] else { return nil }
        let names = template.argumentNames.map { ($0, placeholder($0)) }
        return template.words(Dictionary(names, uniquingKeysWith: { first, _ in first }))
    }
}

/// One rule's words with places for arguments.
private struct RuleTemplate: Sendable {
    private let what: MustacheTemplate
    private let why: MustacheTemplate
    private let fix: MustacheTemplate
    let argumentNames: Set<String>

    private static let labels = ["what", "why", "fix"]

    init(name: String, text: String) throws(RuleTexts.Problem) {
        var paragraphs: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let label = paragraphs.count < Self.labels.count ? Self.labels[paragraphs.count] + ":" : nil
            if let label, line.hasPrefix(label) {
                paragraphs.append(line.dropFirst(label.count).trimmingWhitespace())
            } else if let last = paragraphs.indices.last {
                paragraphs[last] += "\n" + line
            } else if !line.allSatisfy(\.isWhitespace) {
                break
            }
        }
        paragraphs = paragraphs.map { $0.trimmingWhitespace() }
        for (index, label) in Self.labels.enumerated() {
            guard index < paragraphs.count, !paragraphs[index].isEmpty else {
                throw .missingParagraph(name: name, label: label)
            }
        }
        argumentNames = try Self.argumentNames(in: text, of: name)
        what = try Self.compiled(paragraphs[0], of: name)
        why = try Self.compiled(paragraphs[1], of: name)
        fix = try Self.compiled(paragraphs[2], of: name)
    }

    /// The names between `{{` and `}}`.
    private static func argumentNames(in text: String, of name: String) throws(RuleTexts.Problem) -> Set<String> {
        var names: Set<String> = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            rest = rest[open.upperBound...]
            let tag = rest.firstRange(of: "}}").map { rest[..<$0.lowerBound] } ?? rest
            guard !tag.isEmpty, tag.utf8.count < rest.utf8.count,
                tag.utf8.allSatisfy({ ContactText.isASCIILetterOrDigit($0) })
            else { throw .notAnArgument(name: name, tag: "{{" + tag.prefix(40) + "}}") }
            names.insert(String(tag))
            rest = rest[tag.endIndex...].dropFirst(2)
        }
        return names
    }

    /// A paragraph as text: what escapes the arguments is the caller's, not HTML's.
    private static func compiled(_ paragraph: String, of name: String) throws(RuleTexts.Problem) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + paragraph)
        } catch {
            throw .notAnArgument(name: name, tag: "\(error)")
        }
    }

    func words(_ arguments: [String: String]) -> RuleWords {
        RuleWords(what: what.render(arguments), why: why.render(arguments), fix: fix.render(arguments))
    }
}
