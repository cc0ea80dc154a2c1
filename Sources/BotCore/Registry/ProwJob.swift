/// A Prow job, as far as TestGrid's configurator reads it.
///
/// Source: `testgrid/pkg/configurator/prow/prow.go` in kubernetes/test-infra.
public struct ProwJob: Sendable {
    /// When a job runs; it decides where its results lie.
    public enum Kind: Hashable, Sendable {
        case periodic, postsubmit, presubmit
    }

    /// The file.
    public let path: String
    /// The line of the job's first key.
    public let line: Int
    /// The line of the job's last value.
    public let endLine: Int
    /// The job's name.
    public let name: String
    /// When it runs.
    public let kind: Kind
    /// `org/repo` of a presubmit or postsubmit; nil for a periodic.
    public let repository: String?
    /// `testgrid-*` and `description`, by name.
    public let annotations: [String: Annotation]
    /// The dashboards that it adds a tab to, in order.
    public let dashboards: [String]
    /// `decoration_config.gcs_configuration.bucket`; nil where Prow's default applies.
    public let bucket: String?
    /// `decoration_config.gcs_configuration.path_prefix`.
    public let pathPrefix: String?

    /// An annotation's value and line.
    public struct Annotation: Hashable, Sendable {
        /// The value as text.
        public let value: String
        /// The line.
        public let line: Int
    }

    /// The name of the tab that it adds.
    public var tabName: String { annotations["testgrid-tab-name"]?.value ?? name }

    /// Whether it makes a test group of its own name.
    public var createsTestGroup: Bool {
        switch annotations["testgrid-create-test-group"]?.value {
        case "true": true
        case "false": false
        default: kind != .presubmit || !dashboards.isEmpty
        }
    }

    /// The jobs of a file, in order.
    static func jobs(in source: YAMLSource) -> [ProwJob] {
        guard let root = source.root else { return [] }
        var jobs: [ProwJob] = []
        for node in root.fieldItems("periodics") { append(node, .periodic, nil, source.path, to: &jobs) }
        for (key, kind) in [("postsubmits", Kind.postsubmit), ("presubmits", .presubmit)] {
            for pair in root.field(key)?.value.pairs ?? [] {
                for node in pair.value.items ?? [] {
                    append(node, kind, pair.key.scalar?.text, source.path, to: &jobs)
                }
            }
        }
        return jobs
    }

    private static func append(
        _ node: YAMLNode, _ kind: Kind, _ repository: String?, _ path: String, to jobs: inout [ProwJob]
    ) {
        guard let name = node.fieldText("name") else { return }
        var annotations: [String: Annotation] = [:]
        for pair in node.field("annotations")?.value.pairs ?? [] {
            guard let key = pair.key.scalar?.text, key.hasPrefix("testgrid-") || key == "description",
                let value = pair.value.text
            else { continue }
            annotations[key] = Annotation(value: value, line: pair.key.span.startLine)
        }
        let dashboards = annotations["testgrid-dashboards"]?.value.split(separator: ",") ?? []
        let upload = node.field("decoration_config")?.value.field("gcs_configuration")?.value
        jobs.append(
            ProwJob(
                path: path, line: node.span.startLine, endLine: node.span.endLine, name: name, kind: kind,
                repository: repository, annotations: annotations,
                dashboards: dashboards.map { $0.trimmingWhitespace() }.filter { !$0.isEmpty },
                bucket: upload?.fieldText("bucket"), pathPrefix: upload?.fieldText("path_prefix")))
    }
}

/// A tab that an annotation of a Prow job adds to a dashboard.
public struct AnnotatedTab: Sendable {
    /// The dashboard's name, as the annotation has it.
    public let dashboard: String
    /// The tab's name.
    public let name: String
    /// The test group that it shows: the job's name.
    public let testGroupName: String
    /// The job's file.
    public let path: String
    /// The line of the annotation that names the dashboard.
    public let line: Int
    /// The line of the annotation that names the tab; that of the job where there is none.
    public let nameLine: Int

    /// The tabs of a job, in the order of their dashboards.
    static func tabs(of job: ProwJob) -> [AnnotatedTab] {
        guard let annotation = job.annotations["testgrid-dashboards"] else { return [] }
        let nameLine = job.annotations["testgrid-tab-name"]?.line ?? job.line
        return job.dashboards.map {
            AnnotatedTab(
                dashboard: $0, name: job.tabName, testGroupName: job.name, path: job.path, line: annotation.line,
                nameLine: nameLine)
        }
    }
}

/// Where Prow uploads what a job's own configuration does not say.
public struct ProwUploads: Sendable {
    /// The bucket for a repository, an organization or `*`.
    private let buckets: [String: String]

    /// No configuration is known.
    static let unknown = ProwUploads(buckets: [:])

    private init(buckets: [String: String]) { self.buckets = buckets }

    /// Reads `plank.default_decoration_config_entries` and its older form, `default_decoration_configs`.
    init(_ source: YAMLSource) {
        var buckets: [String: String] = [:]
        let plank = source.root?.field("plank")?.value
        for entry in plank?.fieldItems("default_decoration_config_entries") ?? [] {
            // A later entry of Prow's overrides an earlier one; one for a cluster does not say where TestGrid looks.
            guard entry.fieldText("cluster").map({ $0 == "*" }) != false else { continue }
            buckets[entry.fieldText("repo") ?? "*"] = Self.bucket(in: entry.field("config")?.value)
        }
        for pair in plank?.field("default_decoration_configs")?.value.pairs ?? [] {
            guard let scope = pair.key.scalar?.text else { continue }
            buckets[scope] = Self.bucket(in: pair.value)
        }
        self.buckets = buckets
    }

    private static func bucket(in config: YAMLNode?) -> String? {
        config?.field("gcs_configuration")?.value.fieldText("bucket")
    }

    /// The bucket of a job; nil where neither the job nor Prow's configuration names one.
    func bucket(of job: ProwJob) -> String? {
        if let bucket = job.bucket { return bucket }
        if let repository = job.repository {
            if let bucket = buckets[repository] { return bucket }
            if let organization = repository.split(separator: "/").first, let bucket = buckets[String(organization)] {
                return bucket
            }
        }
        return buckets["*"]
    }

    /// Where the results of a job lie, as TestGrid's configurator guesses it; nil where no bucket is known.
    func gcsPrefix(of job: ProwJob) -> GCSPrefix? {
        guard var bucket = bucket(of: job) else { return nil }
        if bucket.hasPrefix("gs://") { bucket.removeFirst("gs://".count) }
        let folder = job.kind == .presubmit ? "pr-logs/directory" : "logs"
        let parts = [bucket, job.pathPrefix ?? "", folder, job.name].filter { !$0.isEmpty }
        return GCSPrefix(parts.joined(separator: "/"))
    }
}
