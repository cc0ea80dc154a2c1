import Foundation
import OpenSSLCrypto
import Playground
import Subprocess
import TestSupport
import Testing

@Suite("bucketbot doctor")
struct DoctorCommandTests {
    /// Settings with which all is right, and the folder that holds their files.
    private func environment(
        _ world: HandlerWorld, in folder: URL, token: Bool = false
    ) throws -> [Environment.Key: String] {
        try "a secret of the webhook\n".write(to: folder.appending(path: "secret"), atomically: true, encoding: .utf8)
        var environment: [Environment.Key: String] = [
            "BUCKETBOT_GITHUB_API_URL": world.gitHub.restRoot, "BUCKETBOT_STORAGE_URL": world.storageRoot,
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/bot.sqlite",
            "BUCKETBOT_WEBHOOK_SECRETS_FILE": folder.appending(path: "secret").path,
            "BUCKETBOT_REPOSITORIES": "kubernetes/test-infra",
        ]
        if token {
            let owner = world.gitHub.addAccount("results-robot")
            world.gitHub.grant(.write, to: owner, in: world.repository)
            let file = folder.appending(path: "token")
            try Data(world.gitHub.addToken(for: owner).bytes).write(to: file)
            environment["BUCKETBOT_GITHUB_TOKEN_FILE"] = file.path
        } else {
            let key = folder.appending(path: "key.pem")
            try Data(world.example.app.privatePEM.bytes).write(to: key)
            environment["BUCKETBOT_GITHUB_APP_ID"] = "\(world.example.app.appID)"
            environment["BUCKETBOT_GITHUB_PRIVATE_KEY_FILE"] = key.path
        }
        return environment
    }

    /// The program's words without what is another each time.
    private func written(_ result: ProgramResult, _ world: HandlerWorld, _ folder: URL) -> String {
        result.output.replacing(folder.path, with: "/srv/bot").replacing(world.storageRoot, with: "http://storage")
            .replacing(world.gitHub.restRoot, with: "http://github")
            .replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/#, with: "2027-01-15T08:00:00Z")
    }

    @Test("says of an App with which all is right that it is, apart from what GitHub has not shown yet")
    func right() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                let found = try await bucketbot(["doctor"], environment: try environment(world, in: folder))
                #expect(found.status == 3, "\(found.output)\(found.errors)")
                try expectSnapshot(of: written(found, world, folder), named: "doctor-app.txt")
                _ = try world.gitHub.openIssue("Hello", nil, in: world.repository, by: world.contributor)
                #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "bot.sqlite").path))
            }
        }
    }

    @Test("says of a personal token whose it is and what it may do")
    func token() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                let found = try await bucketbot(
                    ["doctor"], environment: try environment(world, in: folder, token: true))
                #expect(found.status == 3, "\(found.output)\(found.errors)")
                try expectSnapshot(of: written(found, world, folder), named: "doctor-token.txt")
            }
        }
    }

    @Test("says what is wrong with each thing and how to mend it, and ends with 1")
    func wrong() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                var environment = try environment(world, in: folder)
                environment["BUCKETBOT_WORKERS"] = "many"
                environment["BUCKETBOT_LISTEN"] = "here"
                environment["BUCKETBOT_WEBHOOK_SECRETS_FILE"] = folder.appending(path: "none").path
                environment["BUCKETBOT_DATABASE"] = "sqlite:\(folder.path)/none/bot.sqlite"
                environment["BUCKETBOT_REPOSITORIES"] = "kubernetes/test-infra,kubernetes/none"
                let found = try await bucketbot(["doctor"], environment: environment)
                #expect(found.status == 1)
                try expectSnapshot(of: written(found, world, folder), named: "doctor-wrong.txt")
            }
        }
    }

    @Test("says that what does not answer could not be looked at, and that lost deliveries were not taken")
    func unknown() async throws {
        try await withHandlerWorld { world in
            try await withTemporaryFolder { folder in
                world.gitHub.loseWaiting()
                _ = try await world.example.openPullRequest(["new.txt": "one\n"])
                world.gitHub.loseWaiting()
                var environment = try environment(world, in: folder)
                environment["BUCKETBOT_STORAGE_URL"] = "http://127.0.0.1:9"
                let found = try await bucketbot(["doctor"], environment: environment)
                #expect(found.status == 1)
                try expectSnapshot(of: written(found, world, folder), named: "doctor-unknown.txt")
            }
        }
    }

    @Test("without any settings says what to set")
    func nothing() async throws {
        let found = try await bucketbot(["doctor", "--storage-url", "file:///"])
        #expect(found.status == 1)
        #expect(found.output.contains("BUCKETBOT_WEBHOOK_SECRETS_FILE is not set"))
        #expect(found.output.contains("GitHub is shown no credentials"))
    }
}
