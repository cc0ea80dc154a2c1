internal import Mustache

/// The sentences that the program says, compiled once.
public struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Why the templates cannot be used.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// A template is no Mustache.
        case unreadable(name: String, reason: String)
        /// An override replaces nothing: its name is misspelt.
        case unknownName(String)

        /// What is wrong, for the operator.
        public var description: String {
            switch self {
            case .unreadable(let name, let reason): "template \(name).mustache: \(reason)"
            case .unknownName(let name): "template \(name).mustache: there is no such template to override"
            }
        }
    }

    /// The built-in templates, some of them replaced.
    ///
    /// - Parameter overrides: Texts by the template's path without its extension, such as `check/text`.
    /// - Throws: `Problem` naming the template.
    public init(overrides: [String: String] = [:]) throws(Problem) {
        for name in overrides.keys.sorted() where builtInTemplates[name] == nil { throw .unknownName(name) }
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in builtInTemplates.merging(overrides, uniquingKeysWith: { $1 }) {
            do {
                templates[name] = try MustacheTemplate(string: text)
            } catch {
                throw .unreadable(name: name, reason: "\(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// What a template makes of a value.
    ///
    /// - Parameters:
    ///   - name: The template's path without its extension; it must be one of ours.
    ///   - value: Dictionaries, arrays and structs, looked into by name.
    /// - Returns: The text.
    public func text(_ name: String, _ value: [String: any Sendable]) -> String {
        guard let text = library.render(value, withTemplate: name) else {
            preconditionFailure("there is no template named \(name)")
        }
        return text
    }
}
