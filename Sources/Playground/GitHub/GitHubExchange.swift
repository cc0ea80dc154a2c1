internal import struct Foundation.Date

/// One request with all that its handler needs.
struct GitHubExchange {
    let standIn: GitHubStandIn
    let request: GitHubRequest
    /// The parameters of the path.
    let path: [String: String]
    /// Who asks.
    let caller: GitHubCaller
    /// The one moment at which the request is answered.
    let now: Date

    /// The answers' addresses.
    var links: GitHubLinks { standIn.links }

    /// A parameter of the path.
    func parameter(_ name: String) throws -> String {
        guard let value = path[name], !value.isEmpty else { throw GitHubFailure.notFound }
        return value
    }

    /// A number of the path.
    func number(_ name: String) throws -> Int {
        guard let number = Int(try parameter(name)) else { throw GitHubFailure.notFound }
        return number
    }

    /// The body as an object; an empty body is an empty object.
    func body() throws -> GitHubBody {
        if request.body.isEmpty { return GitHubBody(members: [:]) }
        do {
            guard let members = try JSON(bytes: request.body).object else {
                throw GitHubFailure(status: 400, message: "Body should be a JSON object", isSurprising: true)
            }
            return GitHubBody(members: members)
        } catch let problem as JSONProblem {
            throw GitHubFailure(
                status: 400, message: "Problems parsing JSON (byte \(problem.offset))", isSurprising: true)
        }
    }

    /// The repository that the path names, if the caller may know of it.
    func repository() throws -> StandInRepository {
        let (owner, name) = (try parameter("owner"), try parameter("repo"))
        return try standIn.read { state in
            guard let repository = state.repository(owner, name), caller.sees(repository, in: state) else {
                throw GitHubFailure.notFound
            }
            return repository
        }
    }

    /// The issue or pull request that the path names.
    func issue(_ parameter: String = "issue_number") throws -> (StandInRepository, StandInIssue) {
        let repository = try repository()
        guard let issue = repository.issues[try number(parameter)] else { throw GitHubFailure.notFound }
        return (repository, issue)
    }

    /// Changes the state in one step.
    func change<Result>(_ change: (inout GitHubState) throws -> Result) throws -> Result {
        try standIn.change(change)
    }

    /// Changes a repository in one step, and gives it back with what came of it.
    func change<Result>(
        _ repository: StandInRepository, _ change: (inout StandInRepository, inout GitHubState) throws -> Result
    ) throws -> Result {
        try standIn.change { state in
            guard var current = state.repositories[repository.id] else { throw GitHubFailure.notFound }
            let result = try change(&current, &state)
            state.repositories[repository.id] = current
            return result
        }
    }

    /// The account in whose name the caller acts.
    func actor() throws -> StandInAccount {
        try standIn.read { state in
            guard let id = caller.accountID(in: state) else { throw GitHubFailure.notAccessible }
            return state.account(id)
        }
    }

    /// The page that was asked for, with the links to the others.
    ///
    /// - Parameters:
    ///   - elements: All of them.
    ///   - wrap: Makes the body of a page's elements.
    /// - Returns: The answer.
    /// - Throws: `GitHubFailure` where the query is none, and what `wrap` throws.
    func page<Element>(_ elements: [Element], _ wrap: ([Element]) throws -> JSON) throws -> GitHubAnswer {
        let size = try queryNumber("per_page", in: 1...GitHubLimits.pageSize) ?? 30
        let page = try queryNumber("page", in: 1...1_000_000) ?? 1
        let last = max(1, (elements.count + size - 1) / size)
        let start = min(elements.count, (page - 1) * size)
        var answer = GitHubAnswer.json(try wrap(Array(elements[start..<min(elements.count, start + size)])))
        var targets: [(String, Int)] = []
        if page > 1 { targets += [("prev", min(page - 1, last)), ("first", 1)] }
        if page < last { targets += [("next", page + 1), ("last", last)] }
        if !targets.isEmpty {
            let text = targets.map { "<\(links.page($0.1, of: request))>; rel=\"\($0.0)\"" }
            answer.headers.append(StandInHeader(name: "Link", value: text.joined(separator: ", ")))
        }
        return answer
    }

    /// A number of the query within its range; nil where it is not given.
    ///
    /// GitHub takes the nearest one for what is out of range.
    func queryNumber(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = request.parameters[name] else { return nil }
        guard let number = Int(text) else { throw GitHubFailure.misshapen("\(name) is no number.") }
        return min(max(number, range.lowerBound), range.upperBound)
    }
}
