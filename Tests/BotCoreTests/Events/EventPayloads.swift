/// Payloads as GitHub documents them, cut down to what is read.
enum EventPayloads {
    static let repository = """
        {"id": 57, "full_name": "Acme/Registry", "private": false, "default_branch": "main",
         "owner": {"login": "Acme", "id": 7}}
        """
    static let contributor = #"{"id": 11, "login": "casey", "type": "User"}"#
    static let bot = #"{"id": 12, "login": "some-app[bot]", "type": "Bot"}"#
    static let headSHA = String(repeating: "a", count: 40)
    static let baseSHA = String(repeating: "b", count: 40)

    static func pullRequest(
        _ action: String, extra: String = "", headRepository: String = #"{"full_name": "casey/registry"}"#
    ) -> String {
        """
        {"action": "\(action)", "number": 12, \(extra)
         "pull_request": {
           "number": 12, "state": "open", "draft": true, "merged": false, "body": null, "user": \(contributor),
           "head": {"ref": "add-acme", "sha": "\(headSHA)", "repo": \(headRepository)},
           "base": {"ref": "main", "sha": "\(baseSHA)", "repo": \(repository)}},
         "repository": \(repository), "sender": \(contributor)}
        """
    }

    static func comment(
        _ action: String, extra: String = "", author: String = contributor, sender: String = contributor,
        issue: String = #"{"number": 12, "state": "open", "pull_request": {"url": "https://api.github.com/x"}}"#
    ) -> String {
        """
        {"action": "\(action)", \(extra) "issue": \(issue),
         "comment": {"id": 991, "body": "/check-bucket", "user": \(author)},
         "repository": \(repository), "sender": \(sender), "installation": {"id": 4, "node_id": "x"}}
        """
    }

    static func reviewComment(_ action: String) -> String {
        """
        {"action": "\(action)", "pull_request": {"number": 12, "state": "closed"},
         "comment": {"id": 992, "body": "/check-bucket", "user": \(contributor), "path": "kettle/buckets.yaml"},
         "repository": \(repository), "sender": \(contributor)}
        """
    }

    static func push(ref: String, deleted: Bool = false) -> String {
        """
        {"ref": "\(ref)", "after": "\(headSHA)", "deleted": \(deleted), "repository": \(repository),
         "sender": \(contributor)}
        """
    }

    static func installation(_ action: String, extra: String = "") -> String {
        """
        {"action": "\(action)", \(extra)
         "installation": {"id": 4, "account": {"id": 7, "login": "Acme", "type": "Organization"}},
         "sender": \(contributor)}
        """
    }
}
