internal import Foundation

/// Check runs, which only Apps make, and commit statuses.
enum CheckRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("POST", "/repos/{owner}/{repo}/check-runs", .installation("checks", .write)) { exchange in
            let repository = try exchange.repository()
            let body = try exchange.body()
            try body.expectOnly(members.union(["head_sha"]))
            let sha = try body.requiredText("head_sha")
            guard let commit = try await exchange.git(repository).object(sha), commit == sha else {
                throw GitHubFailure.refused("No commit found for SHA: \(sha)")
            }
            let run = try exchange.change(repository) { repository, state in
                var run = StandInCheckRun(
                    id: state.nextID(), name: try body.requiredText("name"), headSHA: sha, status: "queued",
                    appID: exchange.caller.appID ?? 0)
                run.pullNumbers = repository.issues.values.filter { issue in
                    issue.isOpen && issue.pull?.headSHA == sha && issue.pull?.headRepositoryID == repository.id
                }.map(\.number).sorted()
                try fill(&run, from: body, now: exchange.now)
                repository.checkRuns[run.id] = run
                return run
            }
            return .json(exchange.paint { $0.checkRun(run, in: repository) }, status: 201)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/check-runs/{check_run_id}", .permission("checks", .read)) {
            exchange in
            let (repository, run) = try checkRun(exchange)
            return .json(exchange.paint { $0.checkRun(run, in: repository) })
        },
        GitHubRoute("PATCH", "/repos/{owner}/{repo}/check-runs/{check_run_id}", .installation("checks", .write)) {
            exchange in
            let (repository, run) = try checkRun(exchange)
            guard run.appID == exchange.caller.appID else {
                throw GitHubFailure(
                    status: 403,
                    message: "Invalid app_id - check run can only be modified by the GitHub App that created it.")
            }
            let body = try exchange.body()
            try body.expectOnly(members)
            let changed = try exchange.change(repository) { repository, _ in
                guard var changed = repository.checkRuns[run.id] else { throw GitHubFailure.notFound }
                if let name = try body.text("name") { changed.name = name }
                try fill(&changed, from: body, now: exchange.now)
                repository.checkRuns[run.id] = changed
                return changed
            }
            return .json(exchange.paint { $0.checkRun(changed, in: repository) })
        },
        GitHubRoute(
            "GET", "/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", .permission("checks", .read)
        ) { exchange in
            let (repository, run) = try checkRun(exchange)
            return try exchange.page(run.annotations) { page in
                exchange.paint { painter in .array(page.map { painter.annotation($0, of: run, in: repository) }) }
            }
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", .permission("checks", .read)) { exchange in
            let repository = try exchange.repository()
            let sha = try await exchange.reference(in: repository)
            let parameters = exchange.request.parameters
            var runs = repository.checkRuns.values.filter { run in
                if let name = parameters["check_name"], name != run.name { return false }
                if let status = parameters["status"], status != run.status { return false }
                if let app = parameters["app_id"], app != "\(run.appID)" { return false }
                return run.headSHA == sha
            }
            if (parameters["filter"] ?? "latest") == "latest" {
                var newest: [String: StandInCheckRun] = [:]
                for run in runs.sorted(by: { $0.id < $1.id }) { newest["\(run.appID) \(run.name)"] = run }
                runs = Array(newest.values)
            }
            return try exchange.page(runs.sorted { $0.id > $1.id }) { page in
                exchange.paint { painter in
                    [
                        "total_count": .int(runs.count),
                        "check_runs": .array(page.map { painter.checkRun($0, in: repository) }),
                    ]
                }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/statuses/{sha}", .permission("statuses", .write)) { exchange in
            let repository = try exchange.repository()
            let sha = try exchange.parameter("sha")
            guard try await exchange.git(repository).object(sha) == sha else {
                throw GitHubFailure.refused("No commit found for SHA: \(sha)")
            }
            let body = try exchange.body()
            try body.expectOnly(["state", "target_url", "description", "context"])
            let actor = try exchange.actor()
            let word = try body.requiredText("state")
            guard ["error", "failure", "pending", "success"].contains(word) else {
                throw GitHubFailure.invalid("Status", "state", "custom")
            }
            let description = try body.text("description")
            if let description, description.unicodeScalars.count > 140 {
                throw GitHubFailure.invalid("Status", "description", "custom")
            }
            let status = try exchange.change(repository) { repository, state in
                let status = StandInStatus(
                    id: state.nextID(), sha: sha, state: word, context: try body.text("context") ?? "default",
                    description: description, targetURL: try body.text("target_url"), creator: actor,
                    createdAt: exchange.now)
                repository.statuses.append(status)
                return status
            }
            return .json(exchange.paint { $0.status(status, in: repository) }, status: 201)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/commits/{ref}/status", .permission("statuses", .read)) { exchange in
            let repository = try exchange.repository()
            let sha = try await exchange.reference(in: repository)
            return .json(exchange.paint { $0.combinedStatus(of: sha, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/commits/{ref}/statuses", .permission("statuses", .read)) { exchange in
            let repository = try exchange.repository()
            let sha = try await exchange.reference(in: repository)
            let statuses = repository.statuses.filter { $0.sha == sha }.reversed()
            return try exchange.page(Array(statuses)) { page in
                exchange.paint { painter in .array(page.map { painter.status($0, in: repository) }) }
            }
        },
    ]

    private static let members: Set<String> = [
        "name", "details_url", "external_id", "status", "started_at", "conclusion", "completed_at", "output", "actions",
    ]
    private static let conclusions: Set<String> = [
        "success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale",
    ]

    private static func checkRun(_ exchange: GitHubExchange) throws -> (StandInRepository, StandInCheckRun) {
        let repository = try exchange.repository()
        guard let run = repository.checkRuns[try exchange.number("check_run_id")] else { throw GitHubFailure.notFound }
        return (repository, run)
    }

    /// Takes over what a body says.
    private static func fill(_ run: inout StandInCheckRun, from body: GitHubBody, now: Date) throws {
        if let id = try body.text("external_id") { run.externalID = id }
        if let url = try body.text("details_url") { run.detailsURL = url }
        let conclusion = try body.text("conclusion")
        let status = try body.text("status")
        guard conclusion.map(conclusions.contains) ?? true else {
            throw GitHubFailure.invalid("CheckRun", "conclusion")
        }
        guard ["queued", "in_progress", "completed", nil].contains(status) else {
            throw GitHubFailure.invalid("CheckRun", "status")
        }
        if status == "completed", conclusion == nil, run.conclusion == nil {
            throw GitHubFailure.refused("Missing conclusion: a completed check run needs one.")
        }
        if let status { run.status = status }
        if run.status != "queued", run.startedAt == nil { run.startedAt = now }
        if let conclusion {
            run.conclusion = conclusion
            run.status = "completed"
            run.completedAt = now
        } else if status == "in_progress" || status == "queued" {
            run.conclusion = nil
            run.completedAt = nil
        }
        if let actions = try body.objects("actions") {
            guard actions.count <= GitHubLimits.buttonsPerCheckRun else {
                throw GitHubFailure.misshapen("No more than 3 items are allowed; \(actions.count) were supplied.")
            }
            run.buttons = try actions.map(button)
        }
        guard let output = try body.object("output") else { return }
        try output.expectOnly(["title", "summary", "text", "annotations", "images"])
        let summary = try output.requiredText("summary")
        for text in [summary, try output.text("text") ?? ""] where text.unicodeScalars.count > 65_535 {
            let count = text.unicodeScalars.count
            throw GitHubFailure.refused("Only 65535 characters are allowed; \(count) were supplied.")
        }
        run.title = try output.text("title") ?? run.title
        run.summary = summary
        run.text = try output.text("text") ?? run.text
        let annotations = try (output.objects("annotations") ?? []).map(annotation)
        guard annotations.count <= GitHubLimits.annotationsPerRequest else {
            throw GitHubFailure.misshapen("No more than 50 items are allowed; \(annotations.count) were supplied.")
        }
        run.annotations += annotations
    }

    private static func button(_ body: GitHubBody) throws -> StandInButton {
        try body.expectOnly(["label", "description", "identifier"])
        let button = StandInButton(
            label: try body.requiredText("label"), description: try body.requiredText("description"),
            identifier: try body.requiredText("identifier"))
        guard button.label.count <= 20, button.description.count <= 40, button.identifier.count <= 20 else {
            throw GitHubFailure.misshapen("A button's words are too long.")
        }
        return button
    }

    private static func annotation(_ body: GitHubBody) throws -> StandInAnnotation {
        try body.expectOnly([
            "path", "start_line", "end_line", "start_column", "end_column", "annotation_level", "message", "title",
            "raw_details",
        ])
        guard let start = try body.number("start_line"), let end = try body.number("end_line"), start >= 1, end >= start
        else { throw GitHubFailure.misshapen("An annotation's lines are wrong.") }
        let level = try body.requiredText("annotation_level")
        guard ["notice", "warning", "failure"].contains(level) else {
            throw GitHubFailure.misshapen("\(level) is no level of an annotation.")
        }
        let message = try body.requiredText("message")
        guard message.utf8.count <= 64 << 10, try body.text("title")?.count ?? 0 <= 255 else {
            throw GitHubFailure.misshapen("An annotation is too long.")
        }
        var columns: ClosedRange<Int>?
        let (first, last) = (try body.number("start_column"), try body.number("end_column"))
        if first != nil || last != nil {
            guard start == end, let first, first <= last ?? first else {
                throw GitHubFailure.misshapen("An annotation has columns only where it has one line.")
            }
            columns = first...(last ?? first)
        }
        return StandInAnnotation(
            path: try body.requiredText("path"), startLine: start, endLine: end, columns: columns, level: level,
            message: message, title: try body.text("title"), rawDetails: try body.text("raw_details"))
    }
}

extension GitHubExchange {
    /// The commit that `{ref}` means.
    func reference(in repository: StandInRepository) async throws -> String {
        let name = try parameter("ref")
        guard let sha = try await commit(name, in: repository) else {
            throw GitHubFailure.refused("No commit found for SHA: \(name)")
        }
        return sha
    }
}
