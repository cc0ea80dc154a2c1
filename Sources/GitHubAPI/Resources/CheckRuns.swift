/// Check runs on commits of one repository; only Apps can make them.
///
/// Source: https://docs.github.com/en/rest/checks/runs
public struct CheckRuns: Sendable {
    let repository: GitHubRepository

    /// GitHub takes no more annotations in one request than so many.
    public static let annotationsPerRequest = 50

    /// Makes a check run, with all its annotations.
    ///
    /// The first annotations go with it, and the others follow. Where one of those requests fails, the run is there
    /// already: find it by its external id and call `appendAnnotations`, which goes on where it ended.
    public func create(_ draft: CheckRunDraft) async throws -> CheckRun {
        let made: CheckRun = try await repository.requester.post(
            repository.path("check-runs"), CheckRunBody(draft, isNew: true, annotations: draft.firstAnnotations))
        return try await appendAnnotations(of: draft, to: made)
    }

    /// Gives a check run that has no annotations yet its outcome, with all its annotations.
    public func update(_ id: CheckRunID, to draft: CheckRunDraft) async throws -> CheckRun {
        let changed: CheckRun = try await repository.requester.patch(
            repository.path("check-runs", "\(id)"),
            CheckRunBody(draft, isNew: false, annotations: draft.firstAnnotations))
        return try await appendAnnotations(of: draft, to: changed)
    }

    /// Adds the annotations that a check run does not have yet, in the draft's order.
    ///
    /// - Parameters:
    ///   - draft: What the check run says.
    ///   - run: The check run as it is; its number of annotations tells where to go on.
    /// - Returns: The check run with all of them.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func appendAnnotations(of draft: CheckRunDraft, to run: CheckRun) async throws -> CheckRun {
        var run = run
        var done = run.annotationCount
        while done < draft.annotations.count {
            let batch = draft.annotations[done...].prefix(Self.annotationsPerRequest)
            run = try await repository.requester.patch(
                repository.path("check-runs", "\(run.id)"),
                CheckRunBody(draft, isNew: false, annotations: Array(batch)))
            done += batch.count
        }
        return run
    }

    /// One check run.
    public func get(_ id: CheckRunID) async throws -> CheckRun {
        try await repository.requester.get(repository.path("check-runs", "\(id)"))
    }

    /// The check runs of one name on a commit, the newest of each App.
    public func list(on commit: GitObjectID, named name: String) async throws -> [CheckRun] {
        try await repository.requester.list(
            repository.path("commits", commit.text, "check-runs"),
            query: [("check_name", name), ("filter", "latest")]
        ) { (page: CheckRunsPage) in page.runs }
    }

    /// All check runs of one name on a commit, also those that newer ones of the same App hide.
    public func listAll(on commit: GitObjectID, named name: String) async throws -> [CheckRun] {
        try await repository.requester.list(
            repository.path("commits", commit.text, "check-runs"), query: [("check_name", name), ("filter", "all")]
        ) { (page: CheckRunsPage) in page.runs }
    }
}

private struct CheckRunsPage: Decodable, Sendable {
    let runs: [CheckRun]

    private enum CodingKeys: String, CodingKey {
        case runs = "check_runs"
    }
}
