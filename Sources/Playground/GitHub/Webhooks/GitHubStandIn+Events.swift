internal import Foundation

extension GitHubStandIn {
    /// Puts an event in line for every App that is installed where it happened and wants to hear of it.
    ///
    /// - Parameters:
    ///   - event: Its name, such as `pull_request`.
    ///   - action: What happened; nil where the event has none.
    ///   - repositoryID: Where; nil for what concerns no repository.
    ///   - sender: Who did it.
    ///   - members: Writes what the payload holds beside what every payload has.
    func emit(
        _ event: String, _ action: String?, in repositoryID: Int?, by sender: StandInAccount,
        _ members: (GitHubPainter) -> [String: JSON]
    ) {
        change { state in
            let painter = GitHubPainter(state: state, links: links)
            let guid = UUID().uuidString.lowercased()
            let installations = state.installations.values.filter { installation in
                guard let app = state.apps[installation.appID], app.events.contains(event) else { return false }
                return repositoryID.map { installation.repositoryIDs.contains($0) } ?? true
            }
            for installation in installations.sorted(by: { $0.id < $1.id }) {
                var payload = members(painter)
                payload["sender"] = painter.account(sender)
                payload["installation"] = [
                    "id": .int(installation.id), "node_id": GitHubPainter.node("MDIzOkludGVncmF0aW9u", installation.id),
                ]
                if event == "installation" { payload["installation"] = painter.installation(installation) }
                if let action { payload["action"] = .string(action) }
                if let repository = repositoryID.flatMap({ state.repositories[$0] }) {
                    let owner = state.account(repository.ownerID)
                    payload["repository"] = painter.repository(repository)
                    if event == "push" {
                        let named = painter.account(owner).merging(["name": .string(owner.login), "email": nil])
                        payload["repository"] = payload["repository"]?.merging(["owner": named])
                    }
                    if owner.kind == .organization { payload["organization"] = painter.organizationStub(owner) }
                }
                state.deliveries.append(
                    StandInDelivery(
                        id: state.nextID(), guid: guid, event: event, action: action,
                        payload: JSON.object(payload).bytes, isRedelivery: false, deliveredAt: now,
                        installationID: installation.id, repositoryID: repositoryID))
            }
        }
    }

    /// An event of a pull request.
    func emitPull(
        _ action: String, _ number: Int, in repositoryID: Int, by sender: StandInAccount, _ more: [String: JSON] = [:]
    ) async throws {
        let (repository, issue, pull) = try self.pull(number, in: repositoryID)
        let size = try await size(of: pull, in: repositoryID)
        emit("pull_request", action, in: repositoryID, by: sender) { painter in
            var members = more
            members["number"] = .int(number)
            members["pull_request"] = painter.wholePull(issue, pull, in: repository, size: size)
            return members
        }
    }

    /// An event of a comment on an issue or pull request.
    func emitComment(
        _ action: String, _ comment: StandInComment, in repositoryID: Int, by sender: StandInAccount,
        _ more: [String: JSON] = [:]
    ) {
        emit("issue_comment", action, in: repositoryID, by: sender) { painter in
            guard let repository = painter.state.repositories[repositoryID],
                let issue = repository.issues[comment.number]
            else { return more }
            var members = more
            members["issue"] = painter.issue(issue, in: repository)
            members["comment"] = painter.comment(comment, in: repository)
            return members
        }
    }

    /// An event of a comment on a line.
    func emitReviewComment(
        _ action: String, _ comment: StandInReviewComment, in repositoryID: Int, by sender: StandInAccount
    ) {
        emit("pull_request_review_comment", action, in: repositoryID, by: sender) { painter in
            guard let repository = painter.state.repositories[repositoryID],
                let issue = repository.issues[comment.number], let pull = issue.pull
            else { return [:] }
            return [
                "comment": painter.reviewComment(comment, in: repository),
                "pull_request": painter.pull(issue, pull, in: repository),
            ]
        }
    }

    /// A push to a branch.
    func emitPush(_ push: PushedReference, in repositoryID: Int, by sender: StandInAccount) async throws {
        let (old, new) = (push.old, push.new)
        let zero = String(repeating: "0", count: 40)
        guard let record = try await git(repositoryID).records([new]).first else { return }
        emit("push", nil, in: repositoryID, by: sender) { painter in
            let commit: JSON = [
                "id": .string(new), "tree_id": .string(record.tree), "distinct": true,
                "message": .string(record.message), "timestamp": .string(record.committer.date),
                "url": "\(painter.links.root)/commit/\(new)",
                "author": ["name": .string(record.author.name), "email": .string(record.author.email)],
                "committer": ["name": .string(record.committer.name), "email": .string(record.committer.email)],
                "added": [], "removed": [], "modified": [],
            ]
            return [
                "ref": .string(push.name), "before": .string(old), "after": .string(new), "created": .bool(old == zero),
                "deleted": false, "forced": .bool(push.isForced), "base_ref": nil,
                "compare": "\(painter.links.root)/compare/\(old.prefix(12))...\(new.prefix(12))",
                "commits": [commit], "head_commit": commit,
                "pusher": ["name": .string(sender.login), "email": .string(sender.commitMail)],
            ]
        }
    }

    /// Tells an App that it was installed, or that its repositories changed.
    public func announceInstallation(_ installationID: Int, by sender: StandInAccount) {
        emit("installation", "created", in: nil, by: sender) { painter in
            guard let installation = painter.state.installations[installationID] else { return [:] }
            let repositories = installation.repositoryIDs.sorted().compactMap { painter.state.repositories[$0] }
            return [
                "requester": nil,
                "repositories": .array(
                    repositories.map { repository in
                        [
                            "id": .int(repository.id), "node_id": GitHubPainter.node("R", repository.id),
                            "name": .string(repository.name),
                            "full_name": .string(painter.state.fullName(repository)),
                            "private": .bool(repository.isPrivate),
                        ]
                    }),
            ]
        }
    }
}

/// A reference that moved.
struct PushedReference: Hashable {
    let name: String
    let old: String
    let new: String
    let isForced: Bool
}

extension GitHubPainter {
    /// An organization as payloads have it.
    func organizationStub(_ account: StandInAccount) -> JSON {
        let whole = organization(account)
        let names = [
            "login", "id", "node_id", "url", "repos_url", "events_url", "hooks_url", "issues_url", "members_url",
            "public_members_url", "avatar_url", "description",
        ]
        return .object(Dictionary(uniqueKeysWithValues: names.map { ($0, whole[$0] ?? .null) }))
    }
}
