import Foundation
import Testing

@testable import BotCore

@Suite("What of a pull request is looked at")
struct PullRequestScopeTests {
    private func touch(_ paths: String...) -> RegistryTouch {
        RegistryTouch(paths.map { ChangedFile(path: $0, status: .present, blob: "1") }, policy: Policy())
    }

    @Test("Files beside the registry are none of it")
    func none() {
        #expect(!touch("README.md", "kettle/OWNERS", "config/prow/config.yaml", "OWNERS_ALIASES").isAny)
        #expect(touch("kettle/buckets.yaml").registryPaths == ["kettle/buckets.yaml"])
        #expect(touch("config/jobs/a/b.yaml").isAny)
        #expect(touch(".github/bucketbot.yaml").isPolicyChanged)
        #expect(touch(".github/bucketbot.yaml").isAny)
    }

    @Test("A file that was renamed out of the registry touches it")
    func renamedAway() {
        let change = ChangedFile(path: "old.txt", status: .renamed(from: "kettle/buckets.yaml"), blob: "1")
        #expect(RegistryTouch([change], policy: Policy()).registryPaths == ["kettle/buckets.yaml"])
    }

    @Test("Generated files alone are told apart from generated files among others")
    func generated() {
        let generated = "config/testgrids/openshift/redhat-openshift-ocp.yaml"
        #expect(touch(generated, "README.md").isGeneratedOnly)
        #expect(!touch(generated, "kettle/buckets.yaml").isGeneratedOnly)
        #expect(!touch("README.md").isGeneratedOnly)
    }

    private func targets(_ texts: String...) throws -> [ProbeTarget] {
        try texts.map { ProbeTarget(location: try BucketLocation($0)) }
    }

    @Test("Every bucket has its share of the probes, and the rest is counted")
    func selection() throws {
        let all = try targets("gs://aaa/1", "gs://aaa/2", "gs://aaa/3", "gs://bbb/1")
        let some = ProbeSelection(all, limit: 2)
        #expect(some.targets.flatMap(\.locations).map(\.description) == ["gs://aaa/1/", "gs://bbb/1/"])
        #expect(some.leftOutCount == 2)
        let each = ProbeSelection(all, limit: 4)
        #expect(each.targets.count == 4)
        #expect(each.leftOutCount == 0)
        #expect(ProbeSelection(all, limit: 0).leftOutCount == 4)
        #expect(ProbeSelection([], limit: 4).targets.isEmpty)
    }

    @Test("Commands are counted by comment for an hour")
    func rate() {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        var rate = CommandRate()
        #expect(rate.take(command: "1", limit: 2, now: start) == nil)
        #expect(rate.take(command: "2", limit: 2, now: start + 60) == nil)
        #expect(rate.take(command: "1", limit: 2, now: start + 60) == nil, "A repeat is not counted")
        #expect(rate.take(command: "3", limit: 2, now: start + 120) == start + 3600)
        #expect(rate.take(command: "3", limit: 2, now: start + 3600) == nil)
        #expect(CommandRate(stored: rate.stored) == rate)
        #expect(CommandRate(stored: "x,1@,@,1@99999999999999999999,1@-4,2@1800000000").stored == "2@1800000000")
    }
}
