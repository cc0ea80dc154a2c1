import BotCore
import CurlHTTP
import Foundation
import GitHubAPI
import OpenSSLCrypto
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("Deliveries that did not arrive")
struct MissedDeliveriesTests {
    /// A world of GitHub's, and who looks there for what is missing.
    private struct Scene {
        let world: ExampleWorld
        let shop: Workshop
        let missed: MissedDeliveries
    }

    private func withScene(
        _ change: (inout MissedDeliveries.Limits) -> Void = { _ in }, _ body: (Scene) async throws -> Void
    ) async throws {
        try await withWorkshop(IdleHandler()) { shop in
            try await withGitHubStandIn(clock: { shop.now }) { standIn in
                let world = try await ExampleWorld(in: standIn, files: ["README": "hello\n"])
                standIn.loseWaiting()
                shop.move(by: 86_400)
                var configuration = CurlConfiguration()
                configuration.plainHTTPRoots = [standIn.root]
                let transport = try CurlTransport(configuration)
                var settings = ClientSettings(
                    roots: GitHubRoots(rest: try #require(URL(string: standIn.restRoot))))
                settings.pacing = .unpaced
                settings.retries = RetryBudget(attempts: 1)
                let client = try GitHubClient(
                    credentials: .app(
                        id: "\(world.app.appID)", key: try RSAPrivateKey(pem: world.app.privatePEM)),
                    transport: transport, settings: settings,
                    surroundings: ClientSurroundings(now: { shop.now }))
                var limits = MissedDeliveries.Limits()
                change(&limits)
                let missed = MissedDeliveries(
                    deliveries: client.app.deliveries, inbox: shop.store.inbox, cursors: shop.store.cursors,
                    bell: WorkBell(), now: { shop.now }, logger: shop.log.logger(), limits: limits)
                do {
                    try await body(Scene(world: world, shop: shop, missed: missed))
                    await transport.close()
                } catch {
                    await transport.close()
                    throw error
                }
            }
        }
    }

    private func open(_ count: Int, in scene: Scene) async throws {
        for _ in 0..<count {
            _ = try await scene.world.openPullRequest(["a": "b\n"], branch: "branch-\(UUID().uuidString)")
        }
    }

    @Test("what was lost on the way is fetched and stored once, and what arrived is left alone")
    func fetched() async throws {
        try await withScene { scene in
            try await open(2, in: scene)
            let arrived = try #require(scene.world.standIn.deliveries.last { $0.event == "pull_request" })
            scene.world.standIn.loseWaiting()
            try await scene.shop.accept(arrived.guid, String(decoding: arrived.payload, as: UTF8.self))
            let result = try await scene.missed.runOnce()
            #expect(result.missing == 1)
            #expect(result.stored == 1)
            let lost = try #require(
                scene.world.standIn.deliveries.first { $0.event == "pull_request" && $0.guid != arrived.guid })
            let stored = try #require(try await scene.shop.store.inbox.find(DeliveryID(lost.guid)))
            #expect(stored.record.source == "fetched")
            #expect(stored.record.repository == "kubernetes/test-infra")
            #expect(stored.state == .waiting(notBefore: nil))
            #expect(try await scene.missed.runOnce().missing == 0)
        }
    }

    @Test("a delivery that GitHub sends again later is known by then")
    func sameID() async throws {
        try await withScene { scene in
            try await open(1, in: scene)
            scene.world.standIn.loseWaiting()
            try await scene.missed.runOnce()
            let lost = try #require(scene.world.standIn.deliveries.last { $0.event == "pull_request" })
            var again = DeliveryRecord(
                id: DeliveryID(lost.guid), event: "pull_request", source: "default", lane: Lane("x"),
                receivedAt: scene.shop.now, body: lost.payload)
            again.kind = nil
            #expect(try await scene.shop.store.inbox.accept([again]) == [.duplicate])
        }
    }

    @Test("more than a page is read back to the cursor, and more than is fetched at once comes with the next looks")
    func bounded() async throws {
        try await withScene({ $0.maxFetched = 3 }) { scene in
            try await open(7, in: scene)
            scene.world.standIn.loseWaiting()
            var stored: [Int] = []
            for _ in 0..<3 { stored.append(try await scene.missed.runOnce().stored) }
            #expect(stored == [3, 3, 1])
            #expect(try await scene.missed.runOnce().missing == 0)
        }
    }

    @Test("while GitHub does not answer the cursor stays, and nothing is lost")
    func gitHubAway() async throws {
        try await withScene { scene in
            try await scene.missed.runOnce()
            scene.shop.move(by: 3_600)
            try await open(1, in: scene)
            scene.world.standIn.loseWaiting()
            scene.world.standIn.misbehave(.failure(status: 503))
            await #expect(throws: GitHubError.self) { try await scene.missed.runOnce() }
            // Longer away than the first look goes back: what counts is where the last one ended.
            scene.shop.move(by: 20 * 3_600)
            scene.world.standIn.behave()
            #expect(try await scene.missed.runOnce().stored == 1)
        }
    }

    @Test("a clock that was a year ahead hides nothing of what is lost afterwards")
    func clockAhead() async throws {
        let year = 365.0 * 86_400
        try await withScene { scene in
            scene.shop.move(by: year)
            try await scene.missed.runOnce()
            scene.shop.move(by: -year)
            try await open(1, in: scene)
            scene.world.standIn.loseWaiting()
            #expect(try await scene.missed.runOnce().stored == 1)
        }
    }

    @Test("every event that something depends on is among those that are fetched")
    func heardNames() throws {
        guard let shared = SharedMaterial.folder else { return }
        let folder = shared.appending(path: "github/webhooks")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".json") {
            let payload = try Data(contentsOf: folder.appending(path: name))
            let event = String(name.prefix { $0 != "." })
            switch try Event(name: event, payload: Array(payload)) {
            case .ignored, .ping: continue
            default: #expect(Event.heardNames.contains(event), "\(name)")
            }
        }
    }
}
