import Foundation

/// Writes one Swift file that holds the given templates as string literals.
///
/// Arguments: the templates' folder, the file to write, then each template's path below the folder.
@main
struct TemplateEmbedder {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first, let output = arguments.dropFirst().first else {
            throw CocoaError(.fileNoSuchFile)
        }
        var source = "/// The files of `templates/`, by their path there without the extension.\n"
        source += "let builtInTemplates: [String: String] = [\n"
        for name in arguments.dropFirst(2) {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            source += "    \"\(name.dropLast(".mustache".count))\": \(literal(text)),\n"
        }
        source += "]\n"
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }

    /// A raw literal with as many `#` as keep the text from ending it.
    static func literal(_ text: String) -> String {
        var fence = "#"
        while text.contains("\"" + fence) || text.contains("\\" + fence) { fence += "#" }
        return fence + "\"\"\"\n" + text + "\n\"\"\"" + fence
    }
}
