internal import BotCore
internal import Foundation
internal import GitHubAPI

/// Asks GitHub who we are there, what we may do, and whether its events arrive.
struct GitHubCheckup {
    /// Asks GitHub.
    let github: GitHubClient
    /// The repositories that the bot works on.
    let scope: RepositoryScope

    /// What an App needs; `write` holds what `read` allows.
    static let permissions = [
        ("checks", "write"), ("contents", "read"), ("issues", "write"), ("members", "read"), ("pull_requests", "write"),
    ]
    /// What it has to be told of; of installations and of its checks GitHub tells every App.
    static let events = ["issue_comment", "pull_request", "pull_request_review_comment", "push"]

    /// Everything.
    func all() async -> [Diagnosis] {
        do {
            var found = github.isApp ? try await app() : try await token()
            for name in (scope.named ?? []).sorted(by: { "\($0)" < "\($1)" }) { found.append(await repository(name)) }
            found.append(github.isApp ? await deliveries() : Diagnosis(.unknown, "webhook", "webhookOfToken"))
            return found
        } catch let error as GitHubError {
            return [diagnosis(of: error, "github")]
        } catch {
            return [Diagnosis(.unknown, "github", error: error)]
        }
    }

    // MARK: - Who we are

    private func app() async throws -> [Diagnosis] {
        let app = try await github.app.details()
        var found = [Diagnosis(.right, "github", "app", ["app": app.slug])]
        let missing = Self.permissions.filter { name, wanted in
            app.permissions[name] != wanted && app.permissions[name] != "write"
        }
        if !missing.isEmpty {
            let names = missing.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
            found.append(Diagnosis(.wrong, "permissions", "permissionsMissing", ["names": names]))
        }
        let unheard = Self.events.filter { !app.events.contains($0) }
        if !unheard.isEmpty {
            found.append(
                Diagnosis(.wrong, "events", "eventsMissing", ["names": unheard.joined(separator: ", ")]))
        }
        if missing.isEmpty, unheard.isEmpty { found.append(Diagnosis(.right, "permissions", "permissions")) }
        let installations = try await github.app.installations()
        if installations.isEmpty { found.append(Diagnosis(.wrong, "installation", "notInstalled")) }
        for installation in installations {
            let account = installation.account?.login ?? "\(installation.id)"
            if installation.suspendedAt != nil {
                found.append(Diagnosis(.wrong, "installation", "suspended", ["account": account]))
                continue
            }
            let ungranted = Self.permissions.filter { name, wanted in
                installation.permissions[name] != wanted && installation.permissions[name] != "write"
            }
            let isMissing = !ungranted.isEmpty && missing.isEmpty
            found.append(
                Diagnosis(
                    isMissing ? .wrong : .right, "installation", isMissing ? "notAccepted" : "installed",
                    ["account": account, "names": ungranted.map { "\($0.0): \($0.1)" }.joined(separator: ", ")]))
        }
        return found
    }

    private func token() async throws -> [Diagnosis] {
        [Diagnosis(.right, "github", "token", ["login": try await github.account().login])]
    }

    // MARK: - Where we work

    private func repository(_ name: RepositoryName) async -> Diagnosis {
        let repository = github.repository(name)
        do {
            let details = try await repository.details()
            if details.isArchived {
                return Diagnosis(.wrong, "repository", "archived", ["name": "\(name)"])
            }
            if !github.isApp {
                let permission = try await repository.permission(of: github.account().login)
                guard permission == .write || permission == .admin else {
                    return Diagnosis(.wrong, "repository", "mayNotWrite", ["name": "\(name)"])
                }
            }
            return Diagnosis(.right, "repository", "repository", ["name": "\(name)"])
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound, .notInstalled:
                return Diagnosis(
                    .wrong, "repository", github.isApp ? "repositoryNotInstalled" : "repositoryNotSeen",
                    ["name": "\(name)"])
            default: return diagnosis(of: error, "repository")
            }
        } catch {
            return Diagnosis(.unknown, "repository", error: error)
        }
    }

    // MARK: - What arrives

    private func deliveries() async -> Diagnosis {
        do {
            guard let last = try await github.app.deliveries.page().deliveries.first else {
                return Diagnosis(.unknown, "webhook", "nothingSent")
            }
            let values = [
                "time": last.deliveredAt.formatted(.iso8601), "event": last.event,
                "status": last.statusCode == 0 ? "nothing" : "\(last.statusCode)",
            ]
            return Diagnosis(
                last.isAccepted ? .right : .wrong, "webhook", last.isAccepted ? "taken" : "notTaken", values)
        } catch let error as GitHubError {
            return diagnosis(of: error, "webhook")
        } catch {
            return Diagnosis(.unknown, "webhook", error: error)
        }
    }

    private func diagnosis(of error: GitHubError, _ subject: String) -> Diagnosis {
        let values = ["request": error.request, "message": error.message]
        return switch error.kind {
        case .unauthorized: Diagnosis(.wrong, subject, "unauthorized", values)
        case .forbidden, .notFound, .notInstalled: Diagnosis(.wrong, subject, "forbidden", values)
        default: Diagnosis(.unknown, subject, "gitHubUnknown", values)
        }
    }
}
