import Foundation
import Subprocess
import TestSupport
import Testing

@testable import BotCore

/// The steps of `deploy/action/action.yml`, run as a runner runs them.
@Suite("The GitHub Action")
struct ActionTests {
    private static let clean = """
        gs://acme-results/logs/:
          contact: "jdoe"
          prefix: "acme:"
          sequential: false

        """
    private static let faulty =
        clean + "gs://globex-results/logs/:\n  contact: jdoe\n  prefix: globex\n  sequential: false\n"

    private func yaml(_ path: String) throws -> YAMLNode {
        let file = SharedMaterial.checkout.appending(path: path)
        let source = YAMLSource(path: path, bytes: Array(try Data(contentsOf: file)))
        #expect(source.issues.isEmpty)
        return try #require(source.root)
    }

    /// The shell of each step, with inputs put in the place of the expressions of `env`.
    private func steps(_ inputs: [String: String]) throws -> [(script: String, environment: [String: String])] {
        let steps = try #require(try yaml("deploy/action/action.yml")["runs"]?["steps"]?.items)
        return try steps.map { step in
            #expect(step["shell"]?.text == "bash")
            var environment: [String: String] = [:]
            for pair in step["env"]?.pairs ?? [] {
                let name = try #require(pair.key.text)
                let input = try #require(pair.value.text?.firstMatch(of: #/^\$\{\{ inputs\.(\w+) \}\}$/#)).1
                let value: String = try #require(inputs[String(input)])
                environment[name] = value
            }
            return (try #require(step["run"]?.text), environment)
        }
    }

    /// Runs the steps in a repository whose change is `after`.
    ///
    /// - Returns: The exit status of each step, what was printed, and the SARIF file.
    private func run(
        after: String, base: String = "master"
    ) async throws -> (statuses: [Int32?], output: String, sarif: String) {
        try await withTemporaryFolder { folder in
            let (repository, storage) = (folder.appending(path: "checkout"), folder.appending(path: "buckets"))
            try write(["kettle/buckets.yaml": Self.clean], in: repository)
            try write(["acme-results/logs/x/1/finished.json": "{}"], in: storage)
            try await git(["init", "-q", "-b", "master"], in: repository)
            try await git(["add", "."], in: repository)
            try await git(["commit", "-q", "-m", "first"], in: repository)
            try await git(["checkout", "-q", "-b", "topic"], in: repository)
            try write(["kettle/buckets.yaml": after], in: repository)
            try await git(["commit", "-q", "--allow-empty", "-a", "-m", "second"], in: repository)
            let sarif = folder.appending(path: "out.sarif").path
            let inputs = ["checkout": repository.path, "base": base, "program": programPath, "sarif": sarif]
            var (statuses, output): ([Int32?], String) = ([], "")
            for step in try steps(inputs) {
                var environment = step.environment
                environment["GITHUB_OUTPUT"] = folder.appending(path: "outputs").path
                environment["BUCKETBOT_STORAGE_URL"] = "file://\(storage.path)"
                let result = try await programResult(
                    of: "/bin/bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.script],
                    environment: Dictionary(
                        uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) }), input: "")
                statuses.append(result.status)
                output += result.output
            }
            let outputs = folder.appending(path: "outputs").path
            if statuses.first == 0 {
                #expect(try String(contentsOfFile: outputs, encoding: .utf8) == "sarif=\(sarif)\n")
            }
            return (statuses, output, try String(contentsOfFile: sarif, encoding: .utf8))
        }
    }

    @Test("a change without mistakes passes, and its SARIF keeps to the schema")
    func clean() async throws {
        let result = try await run(after: Self.clean)
        #expect(result.statuses == [0, 0])
        #expect(try await SARIFSchemaTests().errors(in: result.sarif) == "")
    }

    @Test("a mistake is noted on its line, fails the last step alone, and is in the SARIF")
    func faulty() async throws {
        let result = try await run(after: Self.faulty)
        #expect(result.statuses == [0, 1])
        #expect(result.output.contains("::error file=kettle/buckets.yaml,line="))
        #expect(result.sarif.contains("bucket-prefix-colon"))
        #expect(try await SARIFSchemaTests().errors(in: result.sarif) == "")
    }

    @Test("a base that is not there ends with 2 in the first step")
    func noBase() async throws {
        let result = try await run(after: Self.clean, base: "origin/none")
        #expect(result.statuses.first == 2)
    }

    @Test("the workflow of the documentation fetches the history, names the base, and uploads what the action wrote")
    func workflow() throws {
        let workflow = try yaml("docs/Examples/check-results.yaml")
        let steps = try #require(workflow["jobs"]?["check"]?["steps"]?.items)
        #expect(steps.first?["with"]?["fetch-depth"]?.scalar?.text == "0")
        #expect(steps.contains { $0["with"]?["base"]?.text == "origin/${{ github.base_ref }}" })
        #expect(steps.last?["with"]?["sarif_file"]?.text == "${{ steps.bucketbot.outputs.sarif }}")
        #expect(steps.last?["if"]?.text?.hasPrefix("always()") == true)
    }

    @Test("the workflow of the documentation, step by step as a runner takes them, finds what a pull request brings")
    func everyStep() async throws {
        try await withTemporaryFolder { folder in
            let (upstream, clone) = (folder.appending(path: "upstream"), folder.appending(path: "clone"))
            try write(["kettle/buckets.yaml": Self.clean], in: upstream)
            try await git(["init", "-q", "-b", "master"], in: upstream)
            try await git(["add", "."], in: upstream)
            try await git(["commit", "-q", "-m", "first"], in: upstream)
            try await git(["clone", "-q", upstream.path, clone.path], in: folder)
            try await git(["checkout", "-q", "-b", "topic"], in: clone)
            try write(["kettle/buckets.yaml": Self.faulty], in: clone)
            try await git(["commit", "-q", "-a", "-m", "second"], in: clone)
            try write(["acme-results/logs/x/1/finished.json": "{}"], in: folder.appending(path: "buckets"))
            let runner = [
                "HOME": folder.path, "GITHUB_WORKSPACE": clone.path,
                "GITHUB_OUTPUT": folder.appending(path: "outputs").path,
                "PATH": URL(filePath: programPath).deletingLastPathComponent().path + ":/usr/bin:/bin",
                "BUCKETBOT_STORAGE_URL": "file://\(folder.appending(path: "buckets").path)",
            ]
            let workflow = try yaml("docs/Examples/check-results.yaml")
            var statuses: [Int32?] = []
            for step in try #require(workflow["jobs"]?["check"]?["steps"]?.items) {
                var scripts = [(script: step["run"]?.text, environment: [String: String]())]
                if step["uses"]?.text?.hasPrefix("./") == true {
                    scripts = try steps(inputs(with: step["with"])).map { ($0.script, $0.environment) }
                }
                for case (let script?, let environment) in scripts {
                    let result = try await programResult(
                        of: "/bin/bash",
                        ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", "cd \"$GITHUB_WORKSPACE\"\n" + script],
                        environment: Dictionary(
                            uniqueKeysWithValues: runner.merging(environment) { $1 }.map {
                                (.init(stringLiteral: $0), $1)
                            }),
                        input: "")
                    statuses.append(result.status)
                }
            }
            // The checkout is trusted, the SARIF file written, and the notes fail.
            #expect(statuses == [0, 0, 1])
            let settings = try String(contentsOf: folder.appending(path: ".gitconfig"), encoding: .utf8)
            #expect(settings.contains("directory = \(clone.path)"))
            let sarif = try String(contentsOf: clone.appending(path: "bucketbot.sarif"), encoding: .utf8)
            #expect(sarif.contains("bucket-prefix-colon") && !sarif.contains("acme-results/logs/:\""))
            #expect(try await SARIFSchemaTests().errors(in: sarif) == "")
        }
    }

    /// What the action is given: its own defaults, and what a workflow for pull requests to `master` says.
    private func inputs(with given: YAMLNode?) throws -> [String: String] {
        var inputs: [String: String] = [:]
        for pair in try yaml("deploy/action/action.yml")["inputs"]?.pairs ?? [] {
            inputs[try #require(pair.key.text)] = pair.value["default"]?.text ?? ""
        }
        for pair in given?.pairs ?? [] {
            inputs[try #require(pair.key.text)] = pair.value.text?.replacing("${{ github.base_ref }}", with: "master")
        }
        return inputs
    }
}
