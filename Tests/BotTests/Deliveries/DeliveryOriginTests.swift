import Foundation
import Persistence
import Testing

@testable import Bot

@Suite("Whose hook a delivery came through")
struct DeliveryOriginTests {
    private func origin(source: String = "default", _ headers: [String: String] = [:]) -> DeliveryOrigin {
        var record = DeliveryRecord(
            id: DeliveryID("g-1"), event: "push", source: source, lane: Lane("l"), receivedAt: testTime, body: [])
        record.headers = headers
        return record.origin
    }

    @Test("only our own App's hook names an installation of ours")
    func hooks() {
        let (type, id) = ("X-GitHub-Hook-Installation-Target-Type", "X-GitHub-Hook-Installation-Target-ID")
        #expect(origin([type: "integration", id: "7"]).isHook(of: 7))
        #expect(!origin([type: "integration", id: "8"]).isHook(of: 7))
        #expect(!origin([type: "integration", id: "7"]).isHook(of: nil))
        #expect(!origin([type: "repository", id: "7"]).isHook(of: 7))
        #expect(!origin([type: "integration"]).isHook(of: 7))
        #expect(!origin([type: "integration", id: "7 "]).isHook(of: 7))
        #expect(!origin().isHook(of: 7))
    }

    @Test("what was fetched from the App's own list, and what the bot tells itself, is our own")
    func ours() {
        #expect(origin(source: MissedDeliveries.source).isHook(of: 7))
        #expect(origin(source: LaterDelivery.source).isHook(of: 7))
        #expect(!origin(source: LaterDelivery.source).isHook(of: nil))
    }
}
