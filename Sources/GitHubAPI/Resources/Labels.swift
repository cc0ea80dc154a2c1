/// Labels of one repository, and of its issues and pull requests.
///
/// Source: https://docs.github.com/en/rest/issues/labels
public struct Labels: Sendable {
    let repository: GitHubRepository

    /// The names of all labels that the repository has.
    public func all() async throws -> [String] {
        try await repository.requester.list(repository.path("labels")) { (page: [Label]) in page.map(\.name) }
    }

    /// Which of some labels the repository has, in whatever case it writes them.
    public func known(_ names: [String]) async throws -> [String] {
        let all = Set(try await all().map { $0.lowercased() })
        return names.filter { all.contains($0.lowercased()) }
    }

    /// Gives an issue or pull request labels beside those that it has.
    ///
    /// GitHub makes a label that the repository does not have: look first.
    public func add(_ names: [String], to number: IssueNumber) async throws {
        let _: [Label] = try await repository.requester.post(
            repository.path("issues", "\(number)", "labels"), LabelsBody(labels: names))
    }

    /// Takes a label off an issue or pull request; one that is not there is taken off already.
    public func remove(_ name: String, from number: IssueNumber) async throws {
        try await repository.requester.delete(repository.path("issues", "\(number)", "labels", name))
    }

    private struct Label: Decodable, Sendable {
        let name: String
    }

    private struct LabelsBody: Encodable {
        let labels: [String]
    }
}
