import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("Removals that maintainers made by hand")
struct CorpusRemovalTests {
    @Test("They left nothing behind that TestGrid would refuse")
    func cascades() throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: removals made by hand, because ../shared is not there")
            return
        }
        let folder = try CorpusRegistry.unpacked("removals", in: shared)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count >= 8)
        for name in names {
            let removal = folder.appending(path: name)
            let base = try CorpusRegistry.files(in: removal.appending(path: "before"))
            let after = try CorpusRegistry.files(in: removal.appending(path: "after"))
            // Only the registry's own files are there as they were afterwards.
            let own: Set<RegistryFileKind> = [.buckets, .testgrid, .testgridDefaults]
            let kept = base.filter { !own.contains($0.kind) }
            let head = Registry(files: kept + after, policy: Policy())
            let context = RegistryContext(
                registry: head, policy: Policy(),
                change: RegistryChange(from: Registry(files: base, policy: Policy()), to: head))
            let left = RemovalCascade.findings(in: context).map { $0.arguments["removed"] }
            #expect(left == [], "\(name)")
            // One of them emptied buckets.yaml while test groups went on reading four of its buckets.
            let used = RemovalBucketStillUsed.findings(in: context).count
            #expect(used == (name == "ec35978db0" ? 4 : 0), "\(name)")
        }
    }
}
