internal import Foundation
public import Playground

/// GitHub's own description of its REST interface, which the stand-in and the bot are held to.
public struct GitHubDescription: Sendable {
    private let paths: [String: JSON]
    private let check: SchemaCheck

    /// Reads a description.
    ///
    /// - Parameter json: An OpenAPI 3.1 document.
    /// - Throws: Where it is no JSON.
    public init(json: [UInt8]) throws {
        let document = try JSON(bytes: json)
        paths = document["paths"]?.object ?? [:]
        check = SchemaCheck(schemas: document["components"]?["schemas"]?.object ?? [:])
    }

    /// How many operations it has.
    public var operationCount: Int { paths.values.reduce(0) { $0 + ($1.object?.count ?? 0) } }

    /// What is wrong with a request or with its answer; empty where both fit.
    ///
    /// What went wrong on purpose, and GraphQL, are not described and pass.
    public func failures(of entry: GitHubJournal.Entry) -> [String] {
        guard !entry.isSpoiled, let template = entry.template else { return [] }
        guard let operation = paths[template]?[entry.request.method.lowercased()] else {
            return ["\(entry.name): is not described"]
        }
        return (requestFailures(of: entry, operation) + responseFailures(of: entry, operation)).map {
            "\(entry.name) (\(entry.status)): \($0)"
        }
    }

    private func requestFailures(of entry: GitHubJournal.Entry, _ operation: JSON) -> [String] {
        var failures: [String] = []
        let described = operation["parameters"]?.array ?? []
        for (name, value) in Self.query(of: entry.request.target) {
            guard let parameter = described.first(where: { $0["name"]?.string == name && $0["in"]?.string == "query" })
            else {
                failures.append("query \(name): is not described")
                continue
            }
            let schema = parameter["schema"] ?? [:]
            let isNumber = schema["type"]?.string == "integer"
            let typed = isNumber ? Int(value).map { JSON.int($0) } ?? .string(value) : .string(value)
            failures += check.failures(of: typed, against: schema).map { "query \(name) \($0)" }
        }
        guard (200..<300).contains(entry.status), !entry.request.body.isEmpty else { return failures }
        guard let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] else {
            return failures + ["a body is not described"]
        }
        return failures + self.failures(of: entry.request.body, against: schema, "request")
    }

    private func responseFailures(of entry: GitHubJournal.Entry, _ operation: JSON) -> [String] {
        guard entry.status != 304 else { return [] }
        guard let response = operation["responses"]?["\(entry.status)"] else {
            // Refusals that any operation may give are not repeated for each of them.
            return entry.status >= 400 ? [] : ["the status is not described"]
        }
        // Of two statuses of success the description may give a body to one alone.
        let others = entry.status < 300 ? ["200", "201"].compactMap { operation["responses"]?[$0] } : []
        let schema = ([response] + others).lazy.compactMap { $0["content"]?["application/json"]?["schema"] }.first
        guard let schema else {
            return entry.body.isEmpty ? [] : entry.status >= 400 ? [] : ["a body is not described"]
        }
        if (entry.request.header("Accept") ?? "").contains(".raw") { return [] }
        return failures(of: entry.body, against: schema, "answer")
    }

    private func failures(of body: [UInt8], against schema: JSON, _ side: String) -> [String] {
        do {
            return check.failures(of: try JSON(bytes: body), against: schema).map { "\(side) \($0)" }
        } catch {
            return ["\(side) is no JSON (byte \(error.offset))"]
        }
    }

    private static func query(of target: String) -> [(String, String)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map { part in
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? String($0) }
            return (halves.first ?? "", halves.count == 2 ? halves[1] : "")
        }
    }
}
