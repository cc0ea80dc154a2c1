import Foundation
import PackagePlugin

/// Compiles `templates/` into the module that uses it, so that the program is one file and needs no folder beside it.
@main
struct EmbedTemplates: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "templates")
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInTemplates.swift")
        let names =
            FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.compactMap { $0 as? String }
            ?? []
        let templates = names.filter { $0.hasSuffix(".mustache") }.sorted()
        return [
            .buildCommand(
                displayName: "Embedding \(templates.count) templates",
                executable: try context.tool(named: "TemplateEmbedder").url,
                arguments: [folder.path(percentEncoded: false), output.path(percentEncoded: false)] + templates,
                inputFiles: templates.map { folder.appending(path: $0) },
                outputFiles: [output]
            )
        ]
    }
}
