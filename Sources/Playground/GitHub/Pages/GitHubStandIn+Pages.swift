extension GitHubStandIn {
    /// The page that a person would see at an address; nil for an address of an interface.
    func conversationPage(for request: GitHubRequest) -> StandInReply? {
        guard request.method == "GET", !request.isREST, request.segments.first != "api" else { return nil }
        return nil
    }
}
