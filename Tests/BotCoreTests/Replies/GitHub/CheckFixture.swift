import Foundation

@testable import BotCore

/// Checks of pull requests, made by real probes of stored buckets.
struct CheckFixture {
    var world = StoredWorld(buckets: [:])
    var check: PullRequestCheck

    init() throws {
        guard let repository = RepositoryName("kubernetes/test-infra"),
            let head = ObjectSHA(String(repeating: "0a1b2c3d", count: 5))
        else { throw CocoaError(.formatting) }
        check = PullRequestCheck(
            repository: repository, number: 12, headSHA: head, asOf: probeNow, links: CheckLinks())
    }

    /// A bucket that has all that it should have.
    mutating func addGoodBucket(_ name: String, job: StoredJob = StoredJob()) {
        var bucket = StoredWorld.Bucket()
        bucket.addJob("logs/e2e/", job)
        world.buckets[name] = bucket
    }

    /// A contact as GitHub answers for it.
    struct Asked {
        var standing = Observation.seen(ContactStanding.present)
        var hasSpoken = Observation.seen(true)
    }

    /// Probes a key of `buckets.yaml` as the pull request's handler would; its contact is `casey`, or nobody.
    mutating func addBucketEntry(
        _ key: String, line: Int = 12, contact: Asked? = Asked(), origin: CheckedEntry.Origin = .added
    ) throws {
        let place = SourcePlace(path: "kettle/buckets.yaml", line: line)
        let selector = Selector.bucket(key)
        let contacts = contact.map { asked in
            let request = "GET https://api.github.com/users/casey"
            let evidence = Evidence(request: request, status: 404, observedAt: probeNow, detail: "")
            return AskedContact(
                entry: selector,
                contact: Contact(
                    kind: .login, value: "casey", source: .bucketsYAML,
                    place: SourcePlace(path: "kettle/buckets.yaml", line: line + 1)),
                standing: asked.standing, hasSpoken: asked.hasSpoken,
                evidence: asked.standing.value == .gone ? [evidence] : [])
        }
        try add(selector, place: place, location: BucketLocation(key), contacts: contacts.map { [$0] } ?? [], origin)
        if contact == nil {
            check.findings.append(
                Finding(
                    rule: "bucket-contact-missing", severity: .error, place: place, entry: selector,
                    arguments: ["key": key]))
        }
    }

    /// Probes a test group.
    mutating func addGroup(_ name: String, line: Int, at location: String) throws {
        let place = SourcePlace(path: "config/testgrids/acme/acme.yaml", line: line)
        let owners = Contact(
            kind: .login, value: "casey", source: .owners,
            place: SourcePlace(path: "config/testgrids/acme/OWNERS", line: 2))
        try add(
            .testGroup(name), place: place, location: BucketLocation(location),
            contacts: [AskedContact(entry: .testGroup(name), contact: owners)], .added)
    }

    mutating func add(
        _ selector: Selector?, place: SourcePlace?, location: BucketLocation, contacts: [AskedContact],
        _ origin: CheckedEntry.Origin
    ) throws {
        let expectation: LocationExpectation =
            switch selector {
            case .bucket: .jobs
            case nil: .any
            default: .job
            }
        let probe = LocationProbe(
            location: location, expectation: expectation, depth: .full,
            context: ProbeContext(now: probeNow, policy: Policy()))
        let report = world.report(of: probe)
        let isBucket = expectation == .jobs
        let probed = ProbedEntry(
            report: report, entry: selector, place: place, isSequential: isBucket ? false : nil,
            linksJobHistory: false, now: probeNow)
        check.findings += ProbeRules.findings(in: probed, policy: Policy())
        check.findings += contacts.flatMap { ContactRules.findings(on: $0) }
        let freshness = freshness(of: [report], history: EntryHistory(), now: probeNow, policy: Policy())
        check.entries.append(
            CheckedEntry(
                origin: origin, selector: selector, place: place,
                locations: [ReportedLocation(report: report, freshness: freshness)], contacts: contacts))
        if origin == .added { check.counts.added += 1 }
        check.counts.requests += report.counts.requests
        if let place { check.changedLines[place.path] = LineSet(1...200) }
    }

    /// A finding in a file, with the arguments of its template.
    mutating func addFinding(
        _ rule: RuleID, _ severity: Severity, line: Int, path: String = "kettle/buckets.yaml",
        _ arguments: [String: String]
    ) {
        check.findings.append(
            Finding(
                rule: rule, severity: severity, place: SourcePlace(path: path, line: line), entry: nil,
                arguments: arguments))
    }

    /// One text of everything hostile.
    static let hostile =
        "x`y``z```\n# @octocat fixes #1 <script>alert(1)</script> <!-- bucketbot:check --> [a](https://evil.example) "
        + "www.evil.example \u{202E}abc </details> | ~~~ /check-bucket"
}
