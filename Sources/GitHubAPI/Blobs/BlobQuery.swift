internal import BotCore
internal import CurlHTTP

internal import struct Foundation.Date

/// One query of GraphQL for the contents of files.
struct BlobQuery {
    let repository: GitHubRepository
    let ids: [GitObjectID]

    /// Asks GitHub.
    ///
    /// - Returns: The contents that came whole and unchanged.
    /// - Throws: `GitHubError`; `malformed` also where GraphQL gave errors in the place of data.
    func run() async throws -> [GitObjectID: BlobContent] {
        let requester = repository.requester
        var request = GitHubRequest(method: .post, target: .graphQL, pace: .query, keeping: .nowhere)
        request.byteLimit = requester.connection.settings.treeByteLimit
        request.body = try JSONCoding.encode(
            Body(query: text, variables: Variables(owner: repository.name.owner, name: repository.name.name)),
            request: request.words)
        let answer = try await requester.send(request)
        let read: Answer = try requester.value(of: answer)
        if let nodes = read.data?.repository { return contents(nodes) }
        guard let first = read.errors?.first else {
            throw GitHubError(
                .malformed, request: request.words, status: answer.status, message: "there is neither data nor error")
        }
        throw GitHubError(
            kind(of: first), request: request.words, status: answer.status, message: first.message)
    }

    /// The query: an alias for each file, since GitHub has no list of objects by their hashes.
    ///
    /// The hashes are hexadecimal digits and nothing else, so they can stand in the text.
    private var text: String {
        let objects = ids.enumerated().map { index, id in
            #"b\#(index):object(oid:"\#(id.text)"){...on Blob{oid byteSize isBinary isTruncated text}}"#
        }
        return
            "query($owner:String!,$name:String!){repository(owner:$owner,name:$name){\(objects.joined(separator: " "))}}"
    }

    private func contents(_ nodes: [String: Node?]) -> [GitObjectID: BlobContent] {
        var found: [GitObjectID: BlobContent] = [:]
        for (index, id) in ids.enumerated() {
            guard let node = nodes["b\(index)"] ?? nil, node.oid == id, let bytes = node.bytes else { continue }
            found[id] = .bytes(bytes)
        }
        return found
    }

    private func kind(of error: QueryError) -> GitHubError.Kind {
        switch error.type {
        case "RATE_LIMITED":
            // Its headers say until when; where they do not, a minute is what GitHub asks for.
            .rateLimited(
                until: repository.requester.connection.surroundings.now()
                    .addingTimeInterval(LimitHit.guessedWaitSeconds))
        case "NOT_FOUND", "FORBIDDEN": .notFound
        default: .malformed
        }
    }

    private struct Body: Encodable {
        let query: String
        let variables: Variables
    }

    private struct Variables: Encodable {
        let owner: String
        let name: String
    }

    private struct Answer: Decodable {
        let data: Root?
        let errors: [QueryError]?
    }

    private struct Root: Decodable {
        let repository: [String: Node?]?
    }

    private struct QueryError: Decodable {
        let type: String?
        let message: String
    }

    /// One file; what is not a file has none of the fields.
    private struct Node: Decodable {
        let oid: GitObjectID?
        let byteSize: Int?
        let isBinary: Bool?
        let isTruncated: Bool?
        let text: String?

        /// The bytes where they are certainly those of the file.
        ///
        /// GitHub turns a file into text, in which bytes that are not UTF-8 become U+FFFD or another encoding; the
        /// count shows the rest.
        var bytes: [UInt8]? {
            guard let text, isTruncated == false, isBinary != true, let byteSize else { return nil }
            let bytes = Array(text.utf8)
            return bytes.count == byteSize && !text.unicodeScalars.contains("\u{FFFD}") ? bytes : nil
        }
    }
}
