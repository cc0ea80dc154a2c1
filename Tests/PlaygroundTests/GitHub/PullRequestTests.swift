import CurlHTTP
import Playground
import Testing

@Suite("The stand-in for GitHub keeps pull requests on real git")
struct PullRequestTests {
    @Test("a pull request from a fork lists its files with their patches, renamed and removed ones too")
    func files() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest([
                "kettle/buckets.yaml":
                    "gs://acme-k8s-results/logs/:\n  contact: \"acme-jdoe\"\n  prefix: \"acme\"\n",
                "OWNERS": nil,
                "config/testgrids/acme/acme.yaml": nil,
                "config/testgrids/acme/renamed.yaml":
                    "test_groups:\n- name: ci-acme\n  gcs_prefix: acme-k8s-results/logs/ci\n",
                "new.txt": "one\n",
            ])
            let bot = try await world.asInstallation()
            let whole = try await bot.ask(.get, "/repos/kubernetes/test-infra/pulls/\(pull.number)")
            #expect(whole.status == 200)
            #expect(whole.body["changed_files"] == 4)
            #expect(whole.body["commits"] == 1)
            #expect(whole.body["head"]?["sha"]?.string == world.standIn.headSHA(of: pull))
            #expect(whole.body["head"]?["repo"]?["full_name"] == "acme-jdoe/test-infra")
            let files = try #require(
                try await bot.ask(.get, "/repos/kubernetes/test-infra/pulls/\(pull.number)/files").body.array)
            #expect(Set(files.compactMap { $0["status"]?.string }) == ["removed", "renamed", "modified", "added"])
            #expect(files[1]["previous_filename"] == "config/testgrids/acme/acme.yaml")
            #expect(files[1]["patch"] == nil)
            #expect(files[3]["patch"] == "@@ -0,0 +1 @@\n+one")
            #expect(files[2]["additions"] == 1)
        }
    }

    @Test("a push to the fork moves the head, and a force-push too; the old head stays readable")
    func synchronize() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let first = try #require(world.standIn.headSHA(of: pull))
            try await world.standIn.push(
                ["new.txt": "two\n"], to: world.fork.branch("add-results"), by: world.contributor)
            let second = try #require(world.standIn.headSHA(of: pull))
            let base = try await world.standIn.head(of: world.fork.branch("master"))
            try await world.standIn.push(
                ["new.txt": "three\n"], to: world.fork.branch("add-results"), by: world.contributor, on: base)
            #expect(Set([first, second, world.standIn.headSHA(of: pull)]).count == 3)
            let bot = try await world.asInstallation()
            for sha in [first, second] {
                #expect(try await bot.ask(.get, "/repos/kubernetes/test-infra/git/commits/\(sha)").status == 200)
            }
            let events = world.standIn.deliveries.filter { $0.event == "pull_request" }.map(\.action)
            #expect(events == ["opened", "synchronize", "synchronize"])
        }
    }
}
