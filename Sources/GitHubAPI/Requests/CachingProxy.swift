internal import BotCore
internal import CurlHTTP

/// What Prow's caching proxy for GitHub, ghproxy, wants to be told, and tells.
///
/// It speaks plain HTTP, which GitHub never does. It keeps what it is told apart by the `Authorization` header, gives a
/// whole answer where it knows that nothing has changed, and holds requests up so that they do not follow too fast.
/// Source: https://docs.prow.k8s.io/docs/ghproxy/; `pkg/ghcache` of kubernetes-sigs/prow.
enum CachingProxy {
    /// Tells the proxy whose requests these are, and when it can throw away what it keeps for them.
    static func tell(of credential: Credential, in headers: inout HTTPHeaders) {
        headers["X-PROW-GHCACHE-TOKEN-BUDGET-IDENTIFIER"] = credential.owner
        headers["X-PROW-TOKEN-EXPIRES-AT"] = credential.expiresAt?.rfc3339
    }

    /// Whether an answer cost nothing of the hour's calls, although it has a body.
    static func saved(_ headers: HTTPHeaders) -> Bool {
        ["REVALIDATED", "COALESCED"].contains(headers["X-Cache-Mode"] ?? "")
    }
}
