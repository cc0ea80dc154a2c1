import CurlHTTP
import Foundation
import OpenSSLCrypto
import Playground

/// `measure-events REGISTRY BUCKETBOT ROUNDS`: what the server takes from an event to its comment, and what it asks.
///
/// A line of JSON for each event: `{"event": "warm", "seconds": 0.12, "requests": 6, "costly": 5, "names": {…}}`. GitHub and
/// the buckets are stand-ins in this process, on real git, without any latency of their own on purpose.
@main
enum EventsProgram {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let rounds = Int(arguments[3]), rounds > 0 else {
            FileHandle.standardError.write(Data("usage: measure-events REGISTRY BUCKETBOT ROUNDS\n".utf8))
            exit(2)
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeOrSay(folder) }
        let job = SyntheticJob(
            ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: Date().addingTimeInterval(-3_600),
            intervalSeconds: 86_400)
        let storage = GCSStandIn([StandInBucket("globex-results", jobs: [job])])
        try await withGitHubStandIn { gitHub in
            try await withGCSStandIn(storage) { _, storageRoot in
                let example = try await ExampleWorld(
                    in: gitHub, registry: URL(filePath: arguments[1], directoryHint: .isDirectory))
                let server = try await MeasuredServer(
                    program: arguments[2], example, storageRoot: storageRoot, folder: folder)
                try await measure(example, server, rounds: rounds)
                server.stop()
            }
        }
    }

    private static func measure(_ example: ExampleWorld, _ server: MeasuredServer, rounds: Int) async throws {
        let path = "kettle/buckets.yaml"
        let base = try await example.standIn.file(path, at: "master", in: example.repository) ?? []
        for round in 0...rounds {
            let entry = """
                gs://globex-results/logs/:
                  contact: "acme-jdoe"
                  prefix: "globex\(round):"
                  sequential: false

                """
            let issue = try await example.openPullRequest(
                GitChanges([path: base + Array("\n\(entry)".utf8)]), branch: "round-\(round)")
            let delivery = try newest(of: example.standIn)
            try await server.measure(round == 0 ? "cold" : "warm", delivery, comment: issue.number)
            // The look after our own comment sees that comment; the one after that sees nothing new.
            try await server.settle(delivery)
            try await server.measure("unchanged", delivery, comment: nil)
        }
    }

    private static func newest(of standIn: GitHubStandIn) throws -> StandInDelivery {
        guard let delivery = standIn.deliveries.last(where: { $0.event == "pull_request" }) else {
            throw Unmeasured(description: "the stand-in told of no pull request")
        }
        return delivery
    }

    private static func removeOrSay(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            FileHandle.standardError.write(Data("\(folder.path) could not be deleted: \(error)\n".utf8))
        }
    }
}

/// Why there is no figure.
struct Unmeasured: Error, CustomStringConvertible {
    let description: String
}
