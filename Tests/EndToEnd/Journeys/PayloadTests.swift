import BotCore
import Foundation
import Persistence
import Playground
import TestSupport
import Testing

@Suite("GitHub's own examples of payloads")
struct PayloadTests {
    @Test("each is accepted, and handled or knowingly ignored")
    func examples() async throws {
        guard let folder = SharedMaterial.folder else {
            print("left out: ../shared/github/webhooks is absent, so no example payload was sent")
            return
        }
        let webhooks = folder.appending(path: "github/webhooks")
        let files = try FileManager.default.contentsOfDirectory(atPath: webhooks.path)
            .filter { $0.hasSuffix(".json") }.sorted()
        #expect(!files.isEmpty)
        try await withWorld { world in
            var handled: [String] = []
            var ignored: [String] = []
            for file in files {
                let body = try Array(Data(contentsOf: webhooks.appending(path: file)))
                let name = String(file.prefix { $0 != "." })
                switch try Event(name: name, payload: body) {
                case .ignored: ignored.append(file)
                default: handled.append(file)
                }
                #expect(try await world.post(name, id: file, body: body) == 200, "\(file)")
            }
            try await world.deliverPatiently()
            for file in files {
                let stored = try #require(try await world.bot.store.inbox.find(DeliveryID(file)))
                guard case .finished = stored.state else {
                    Issue.record("\(file) is not finished: \(stored.state) \(stored.reason ?? "")")
                    continue
                }
            }
            let list = "handled:\n\(handled.joined(separator: "\n"))\n\nignored:\n\(ignored.joined(separator: "\n"))\n"
            try expectSnapshot(of: list, named: "payloads.txt")
        }
    }
}
