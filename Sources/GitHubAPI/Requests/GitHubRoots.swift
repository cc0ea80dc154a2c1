public import struct Foundation.URL

/// Where the two interfaces of one GitHub answer: REST below one root, GraphQL at one address.
///
/// Source: https://docs.github.com/en/enterprise-server@latest/graphql/guides/forming-calls-with-graphql#the-graphql-endpoint
public struct GitHubRoots: Sendable, Equatable {
    /// `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server; without a slash at its end.
    public let rest: URL
    /// `https://api.github.com/graphql`, or `https://HOST/api/graphql`.
    public let graphQL: URL

    /// - Parameters:
    ///   - rest: the REST root, with or without a slash at its end.
    ///   - graphQL: the address of GraphQL; derived from the REST root where it is `nil`.
    public init(rest: URL, graphQL: URL? = nil) {
        let written = rest.absoluteString
        let kept = written.prefix(
            upTo: written.lastIndex { $0 != "/" }.map(written.index(after:)) ?? written.startIndex)
        let root = URL(string: String(kept)) ?? rest
        self.rest = root
        let beside = root.path().hasSuffix("/api/v3") ? root.deletingLastPathComponent() : root
        self.graphQL = graphQL ?? beside.appending(path: "graphql")
    }
}
