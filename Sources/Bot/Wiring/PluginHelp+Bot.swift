extension PluginHelp {
    /// What Prow is told of this bot.
    static let ofThisBot = PluginHelp(
        description: """
            Bucketbot looks at what a pull request changes in the registry of test results, asks the buckets what everyone \
            can see, and says on the pull request what is wrong and how to mend it.
            """,
        configuration: """
            It answers pull requests that touch <code>kettle/buckets.yaml</code> or the TestGrid configuration. A \
            repository may change that in <code>.github/bucketbot.yaml</code>.
            """,
        commands: [
            Command(
                usage: "/check-bucket [SELECTOR|gs://BUCKET/PREFIX]", isFeatured: true,
                description: "Looks again at what the pull request changes, or at one entry or location.",
                examples: [
                    "/check-bucket", "/check-bucket bucket:gs://k8s-conformance-acme/",
                    "/check-bucket gs://k8s-conformance-acme/logs/", "/check-bucket help",
                ],
                whoCanUse: """
                    Anyone, on what the pull request or the registry names; for any other location members of the \
                    organization and those who can write to the repository.
                    """)
        ])
}
