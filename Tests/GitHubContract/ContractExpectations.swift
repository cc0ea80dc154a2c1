internal import Foundation
public import Playground
public import TestSupport
public import Testing

extension SharedMaterial {
    /// GitHub's description of its interface; nil where the folder of shared material is absent.
    public static func gitHubDescription() throws -> GitHubDescription? {
        guard let folder else { return nil }
        let file = folder.appending(path: "github/openapi-subset.json")
        return try GitHubDescription(json: Array(Data(contentsOf: file)))
    }
}

/// Read once: it takes a moment.
private let description = Result { try SharedMaterial.gitHubDescription() }

/// Expects that every request to a stand-in, and every answer of it, is as GitHub describes them.
///
/// Where the description is absent, that is said and nothing is expected.
///
/// - Parameters:
///   - standIn: The stand-in.
///   - sourceLocation: Where a difference is reported.
/// - Throws: Why the description could not be read.
public func expectContract(
    of standIn: GitHubStandIn, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    guard let description = try description.get() else {
        print("left out: ../shared/github/openapi-subset.json is absent, so no request was held to it")
        return
    }
    let failures = Set(standIn.journal.entries.flatMap { description.failures(of: $0) })
    for failure in failures.sorted() { Issue.record("\(failure)", sourceLocation: sourceLocation) }
}

/// Expects that nobody asked a stand-in what nobody should ask.
public func expectNoSurprises(in standIn: GitHubStandIn, sourceLocation: SourceLocation = #_sourceLocation) {
    for entry in standIn.journal.surprises {
        Issue.record(
            "unexpected: \(entry.request.method) \(entry.request.target): \(entry.surprise ?? "")",
            sourceLocation: sourceLocation)
    }
}

/// Expects that the test looked at every comment that a bot wrote or changed.
public func expectNoUnreadComments(in standIn: GitHubStandIn, sourceLocation: SourceLocation = #_sourceLocation) {
    for comment in standIn.unreadComments { Issue.record("unread: \(comment)", sourceLocation: sourceLocation) }
}
