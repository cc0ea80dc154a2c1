/// The addresses in GitHub's answers.
struct GitHubLinks: Hashable {
    /// Where the stand-in answers: `http://127.0.0.1:41231`.
    let root: String

    /// The root of REST.
    var rest: String { root + "/api/v3" }

    /// A repository in REST.
    func repository(_ fullName: String) -> String { "\(rest)/repos/\(fullName)" }

    /// A repository as people see it.
    func page(_ fullName: String) -> String { "\(root)/\(fullName)" }

    /// Another page of a listing.
    func page(_ number: Int, of request: GitHubRequest) -> String {
        var query = request.target.dropFirst(request.path.count + 1).split(separator: "&").map(String.init)
        query.removeAll { $0.hasPrefix("page=") }
        return root + request.path + "?" + (query + ["page=\(number)"]).joined(separator: "&")
    }
}
