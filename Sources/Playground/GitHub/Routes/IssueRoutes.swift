/// Issues, and pull requests as issues.
enum IssueRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues/{issue_number}", .permission("issues", .read)) { exchange in
            let (repository, issue) = try exchange.issue()
            return .json(exchange.paint { $0.issue(issue, in: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues", .permission("issues", .read)) { exchange in
            let repository = try exchange.repository()
            let parameters = exchange.request.parameters
            let state = parameters["state"] ?? "open"
            let labels = (parameters["labels"] ?? "").split(separator: ",").map { $0.lowercased() }
            let creator = parameters["creator"]
            let issues = repository.issues.values.filter { issue in
                if let creator, !exchange.standIn.read({ $0.account(issue.authorID).isCalled(creator) }) {
                    return false
                }
                if state != "all", issue.isOpen != (state == "open") { return false }
                let own = issue.labels.map { $0.lowercased() }
                return labels.allSatisfy { own.contains($0) }
            }
            return try exchange.page(issues.sorted { $0.number > $1.number }) { page in
                exchange.paint { painter in .array(page.map { painter.issue($0, in: repository) }) }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/issues", .permission("issues", .write)) { exchange in
            let repository = try exchange.repository()
            let body = try exchange.body()
            try body.expectOnly(["title", "body", "labels", "assignees", "milestone"])
            let title = try body.requiredText("title")
            let text = try body.text("body")
            let number = try exchange.standIn.openIssue(
                title, text, in: repository.id, by: try exchange.actor().id, labels: try body.texts("labels") ?? [])
            let current = try exchange.repository()
            guard let issue = current.issues[number] else { throw GitHubFailure.notFound }
            return .json(exchange.paint { $0.issue(issue, in: current) }, status: 201)
        },
        GitHubRoute("PATCH", "/repos/{owner}/{repo}/issues/{issue_number}", .permission("issues", .write)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            let body = try exchange.body()
            try body.expectOnly(["title", "body", "state", "state_reason", "labels", "assignees", "milestone"])
            let (title, text, labels) = (try body.text("title"), try body.text("body"), try body.texts("labels"))
            try exchange.change(repository) { repository, _ in
                guard var changed = repository.issues[issue.number] else { throw GitHubFailure.notFound }
                if let title { changed.title = title }
                if let text { changed.body = text }
                if let labels { changed.labels = labels }
                changed.updatedAt = exchange.now
                repository.issues[issue.number] = changed
            }
            if let state = try body.text("state"), (state == "open") != issue.isOpen {
                try await exchange.standIn.setOpen(
                    state == "open", issue.number, in: repository.id, by: try exchange.actor().id)
            }
            let (current, changed) = try exchange.issue()
            return .json(exchange.paint { $0.issue(changed, in: current) })
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/issues/{issue_number}/assignees", .permission("issues", .write)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            let body = try exchange.body()
            try body.expectOnly(["assignees"])
            let logins = try body.texts("assignees") ?? []
            try exchange.change(repository) { repository, state in
                let ids = logins.compactMap { state.account($0)?.id }
                guard var changed = repository.issues[issue.number] else { throw GitHubFailure.notFound }
                for id in ids where !changed.assigneeIDs.contains(id) { changed.assigneeIDs.append(id) }
                repository.issues[issue.number] = changed
            }
            let (current, changed) = try exchange.issue()
            return .json(exchange.paint { $0.issue(changed, in: current) }, status: 201)
        },
    ]
}

/// Labels of repositories and of issues.
enum LabelRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/labels", .permission("issues", .read)) { exchange in
            let repository = try exchange.repository()
            return try exchange.page(repository.labels) { page in
                exchange.paint { painter in .array(page.map { painter.label($0.name, of: repository) }) }
            }
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/labels/{name}", .permission("issues", .read)) { exchange in
            let repository = try exchange.repository()
            let name = try exchange.parameter("name")
            guard let label = repository.labels.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                throw GitHubFailure.notFound
            }
            return .json(exchange.paint { $0.label(label.name, of: repository) })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues/{issue_number}/labels", .permission("issues", .read)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            return try exchange.page(issue.labels) { page in
                exchange.paint { painter in .array(page.map { painter.label($0, of: repository) }) }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/issues/{issue_number}/labels", .permission("issues", .write)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            let body = try exchange.body()
            try body.expectOnly(["labels"])
            guard let names = try body.texts("labels") else { throw GitHubFailure.misshapen("\"labels\" is missing.") }
            try await exchange.standIn.setLabels(names, on: issue.number, in: repository.id, by: exchange.actor())
            return try labels(exchange)
        },
        GitHubRoute(
            "DELETE", "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", .permission("issues", .write)
        ) { exchange in
            let (repository, issue) = try exchange.issue()
            let name = try exchange.parameter("name")
            guard issue.labels.contains(where: { $0.lowercased() == name.lowercased() }) else {
                throw GitHubFailure(status: 404, message: "Label does not exist")
            }
            try await exchange.standIn.removeLabel(name, from: issue.number, in: repository.id, by: exchange.actor())
            return try labels(exchange)
        },
    ]

    private static func labels(_ exchange: GitHubExchange) throws -> GitHubAnswer {
        let (repository, issue) = try exchange.issue()
        return .json(exchange.paint { painter in .array(issue.labels.map { painter.label($0, of: repository) }) })
    }
}
