import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("Example payloads of GitHub's documentation")
struct PayloadExamplesTests {
    /// The events of which at least one example must be understood as more than ignored.
    private static let heard: Set<String> = [
        "pull_request", "issue_comment", "pull_request_review_comment", "installation", "installation_repositories",
        "ping", "check_run", "check_suite", "merge_group",
    ]

    @Test("Every example is understood or ignored for a stated reason")
    func examples() throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: the example payloads, because ../shared is not there")
            return
        }
        let folder = shared.appending(path: "github/webhooks")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        #expect(files.count >= 40)
        var understood: Set<String> = []
        for file in files {
            let name = String(file.lastPathComponent.prefix { $0 != "." })
            let event = try Event(name: name, payload: Data(contentsOf: file))
            switch event {
            case .ignored(let reason): #expect(!reason.description.isEmpty)
            default: understood.insert(name)
            }
            if name != "github_app_authorization" {
                #expect(try EventScope(payload: Data(contentsOf: file)).owner != nil || name == "ping", "\(name)")
            }
        }
        #expect(understood == Self.heard)
    }
}
