import BotCore
import Foundation
import GitHubAPI
import OpenSSLCrypto
import Playground

@testable import Bot

/// How a test wants its world.
struct WorldPlan: Sendable {
    /// Files of the repository on top of `cleanRegistry`; nil leaves one out.
    var files: [String: String?] = [:]
    /// The repository's policy file.
    var policy: String?
    /// Whether the bot has a personal token in the place of an App.
    var usesPersonalToken = false
    /// Who brings events; `BUCKETBOT_TEST_SENDER`, `prow` or `phony`, has every journey brought by that sender.
    var sender = StandInSender(rawValue: ProcessInfo.processInfo.environment["BUCKETBOT_TEST_SENDER"] ?? "") ?? .gitHub
    /// Whether the bot only records what it would write.
    var isDryRun = false
    /// What GitHub allows.
    var limits = GitHubLimits()
    /// How Prow's caching proxy between the bot and GitHub is set up; nil for none.
    var proxy: (@Sendable (inout GitHubProxyStandIn.Setup) -> Void)?
    /// Whether the bot asks GitHub itself where the proxy gives no answer.
    var asksGitHubItself = false
    /// How fast the bot's requests to GitHub follow each other.
    var pacing = Pacing.unpaced
    /// How long a probe may take before the check run says that it has begun.
    var quietSeconds = 60.0
    /// Whether deliveries may be parked, and errors logged, because that is what the test is about.
    var mayFail = false

    /// The usual: an App, live, with a clean registry.
    init() {}

    /// The usual, with this policy.
    init(policy: String) { self.policy = policy }

    /// The usual, as an App or with a personal token.
    init(hasToken: Bool, files: [String: String?] = [:]) {
        usesPersonalToken = hasToken
        self.files = files
    }

    /// What the bot shows GitHub.
    func credentials(in example: ExampleWorld) throws -> GitHubCredentials {
        guard usesPersonalToken else {
            return .app(id: "\(example.app.appID)", key: try RSAPrivateKey(pem: example.app.privatePEM))
        }
        let owner = example.standIn.addAccount("results-robot")
        example.standIn.grant(.write, to: owner, in: example.repository)
        return .token(example.standIn.addToken(for: owner))
    }
}

/// A registry that breaks no rule.
let cleanRegistry: [String: String] = [
    "README.md": "The registry of results.\n",
    bucketsFile: """
    # Buckets whose results are collected.
    gs://acme-results/logs/:
      contact: "acme-jdoe"
      prefix: "acme:"
      sequential: false

    """,
    gridFile: """
    test_groups:
    - name: acme-e2e
      gcs_prefix: acme-results/logs/e2e
      disable_prowjob_analysis: true
    dashboards:
    - name: conformance-acme
      dashboard_tab:
      - name: e2e
        test_group_name: acme-e2e
        description: Runs the conformance tests
        results_url_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/
        open_test_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>

    """,
    "config/testgrids/acme/OWNERS": "approvers:\n- acme-jdoe\n",
]

/// The file that says which buckets are collected.
let bucketsFile = "kettle/buckets.yaml"
/// The file of the example's dashboard.
let gridFile = "config/testgrids/acme/acme.yaml"

/// `buckets.yaml` of the clean registry with more entries.
func buckets(adding entries: String...) -> String { (cleanRegistry[bucketsFile] ?? "") + entries.joined() }

/// One entry of `buckets.yaml` that breaks no rule.
func entry(_ bucket: String, prefix: String? = nil, contact: String = "acme-jdoe") -> String {
    """
    gs://\(bucket)/logs/:
      contact: "\(contact)"
      prefix: "\(prefix ?? String(bucket.prefix { $0 != "-" }) + ":")"
      sequential: false

    """
}
