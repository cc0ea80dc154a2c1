internal import Foundation
internal import Playground

/// What the demo plays: somebody adds two places for results, one of them with mistakes, and mends them.
struct PullRequestStory {
    /// The bot and the world around it.
    let bot: LoopbackBot
    /// Prints a line.
    let say: (String) throws -> Void

    private static let path = "kettle/buckets.yaml"
    private static let bucket = "initech-k8s-results"

    private static func added(prefix: String) -> String {
        """
        gs://globex-k8s-results/logs/:
          contact: "acme-jdoe"
          prefix: "globex:"
          sequential: false
        gs://\(bucket)/logs/:
          contact: "acme-jdoe"
          prefix: "\(prefix)"
          sequential: false

        """
    }

    /// Plays it.
    ///
    /// - Returns: The pull request.
    /// - Throws: Why a part of it could not be played.
    func play() async throws -> IssueReference {
        let world = bot.world
        let branch = world.fork.branch("add-results")
        let base = try await bot.github.head(of: world.fork.branch("master")) ?? "master"
        let before = try await bot.github.file(Self.path, at: base, in: world.fork) ?? []
        func changes(prefix: String) -> GitChanges {
            [Self.path: String(decoding: before, as: UTF8.self) + Self.added(prefix: prefix)]
        }
        let text = PullRequestText(
            title: "Add the results of Globex and Initech", body: "Two more places with conformance results.")
        let pull = try await world.openPullRequest(changes(prefix: "initech"), branch: branch.name, text: text)
        try say("\n@\(world.contributor.login) opens \(bot.github.address(of: pull)): \(text.title)\n")
        try say(Self.added(prefix: "initech").split(separator: "\n").map { "    + \($0)" }.joined(separator: "\n"))
        try await settled()
        try tell(pull)

        try say("\nThe bucket gs://\(Self.bucket) is opened for everyone, and a commit mends the prefix.")
        bot.storage.update(bucket: Self.bucket) { $0.access = .worldReadable }
        try await bot.github.push(changes(prefix: "initech:"), to: branch, by: world.contributor)
        try await settled()
        try tell(pull)

        try say("\n@\(world.contributor.login) writes: /check-bucket\n")
        try bot.github.comment("/check-bucket", on: pull, by: world.contributor)
        try await settled()
        try tell(pull, onlyNew: true)
        return pull
    }

    private func settled() async throws {
        for delivery in try await bot.settle() {
            let name = [delivery.event, delivery.action].compactMap { $0 }.joined(separator: ".")
            let answer = String(decoding: delivery.response, as: UTF8.self).trimmingCharacters(in: .newlines)
            try say("  webhook \(name): \(delivery.statusCode) \(answer)")
        }
    }

    /// Shows what the bot says now.
    private func tell(_ pull: IssueReference, onlyNew: Bool = false) throws {
        let comments = bot.github.comments(on: pull).filter { $0.author.kind == .bot }
        for comment in onlyNew ? comments.suffix(1) : comments[...] {
            let edits = comment.editCount == 0 ? "" : ", edited in place"
            try say(
                "\n" + TerminalComment(heading: "\(comment.author.login) commented\(edits)", body: comment.body).text)
        }
        guard let sha = bot.github.headSHA(of: pull) else { return }
        // Those of an older head were shown with it.
        for comment in bot.github.lineComments(on: pull) where comment.contains("head=\(sha)") {
            guard let place = comment.firstRange(of: ": ") else { continue }
            let heading = "on \(comment[..<place.lowerBound])"
            try say("\n" + TerminalComment(heading: heading, body: String(comment[place.upperBound...])).text)
        }
        for run in bot.github.checkRuns(of: pull.repository, at: sha) {
            try say("\n  check run \"\(run.name)\": \(run.conclusion ?? run.status): \(run.title ?? "")")
            for note in run.annotations {
                try say("    \(note.path):\(note.startLine): \(note.level): \(note.title ?? "")")
            }
        }
    }
}
