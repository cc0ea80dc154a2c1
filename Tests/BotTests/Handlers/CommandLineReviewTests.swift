import Foundation
import OpenSSLCrypto
import Playground
import Subprocess
import TestSupport
import Testing

@Suite("bucketbot review and replay")
struct CommandLineReviewTests {
    private let addition: GitChanges = ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results")]

    private func environment(_ world: HandlerWorld, in folder: URL) throws -> [Environment.Key: String] {
        let key = folder.appending(path: "key.pem")
        try Data(world.example.app.privatePEM.bytes).write(to: key)
        return [
            "BUCKETBOT_GITHUB_API_URL": world.gitHub.restRoot, "BUCKETBOT_STORAGE_URL": world.storageRoot,
            "BUCKETBOT_GITHUB_APP_ID": "\(world.example.app.appID)", "BUCKETBOT_GITHUB_PRIVATE_KEY_FILE": key.path,
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/replay.sqlite",
        ]
    }

    private func run(_ arguments: [String], _ world: HandlerWorld, in folder: URL) async throws -> ProgramResult {
        try await bucketbot(arguments, environment: try environment(world, in: folder))
    }

    @Test("review prints what would be said, and says it with --post")
    func review() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                let pull = try await world.example.openPullRequest(addition)
                let name = "\(world.repository.fullName)#\(pull.number)"
                let printed = try await run(["review", name], world, in: folder)
                #expect(printed.status == 0, "\(printed.errors)")
                #expect(printed.output.contains("Would write comment on"))
                #expect(printed.output.contains("Would write check run on"))
                #expect(world.said(on: pull).isEmpty)
                let posted = try await run(["review", name, "--post"], world, in: folder)
                #expect(posted.output.contains("Wrote comment on"))
                #expect(world.said(on: pull).count == 1)
                let again = try await run(["review", name, "--post"], world, in: folder)
                #expect(again.status == 0)
                #expect(world.said(on: pull).count == 1)
                #expect(world.checks(of: pull).count == 1)
            }
        }
    }

    @Test("review ends with 1 where something is wrong, and with 2 where nothing can be looked at")
    func reviewStatus() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                let pull = try await world.example.openPullRequest([
                    "kettle/buckets.yaml": bucketsYAML(adding: "no-such-bucket-at-all")
                ])
                let name = "\(world.repository.fullName)#\(pull.number)"
                try await #expect(run(["review", name], world, in: folder).status == 1)
                try await #expect(run(["review", "kubernetes/test-infra#99"], world, in: folder).status == 2)
                try await #expect(run(["review", "nonsense"], world, in: folder).status == 2)
            }
        }
    }

    @Test("replay works on a payload, and prints what would be said")
    func replay() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                let pull = try await world.example.openPullRequest(addition)
                let payload = folder.appending(path: "payload.json")
                try Data(try #require(world.gitHub.deliveries.last).payload).write(to: payload)
                let arguments = ["replay", "--event", "pull_request", "--payload", payload.path]
                let printed = try await run(arguments, world, in: folder)
                #expect(printed.status == 0, "\(printed.errors)")
                #expect(printed.output.contains("Would write comment on"))
                #expect(world.said(on: pull).isEmpty)
                let sent = try await run(arguments + ["--dry-run", "false"], world, in: folder)
                #expect(sent.output.contains("Wrote comment on"))
                #expect(world.said(on: pull).count == 1)
                try await #expect(run(["replay", "no-such-guid"], world, in: folder).status == 2)
                try await #expect(run(["replay"], world, in: folder).status == 2)
            }
        }
    }
}
