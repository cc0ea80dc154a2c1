internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Logging
internal import Persistence

/// Looks at everything that the server needs, one thing after the other, and goes on whatever it finds.
struct Checkup {
    /// What is looked at.
    let settings: Settings

    /// Everything.
    ///
    /// - Returns: What was found, in the order in which people set things up.
    /// - Throws: `CancellationError`; `CocoaError` where no temporary folder can be had.
    func all() async throws -> [Diagnosis] {
        var found = configuration() + [secrets()]
        found += [await database()]
        found += try await gitHub()
        return found + [try await storage()]
    }

    // MARK: - This machine

    private func configuration() -> [Diagnosis] {
        let looks: [() throws -> Void] = [
            { _ = try settings.listenAddress() }, { _ = try settings.publicURL() }, { _ = try settings.isDryRun() },
            { _ = try settings.logger(now: { Date() }) }, { _ = try settings.templates() },
            { _ = try settings.gitHubClientSettings() }, { _ = try settings.repositoryScope() },
            { _ = try settings.gitHubCredentials() },
            { _ = try settings.count("WORKERS", default: 4, in: 1...256) },
        ]
        let wrong = looks.compactMap { look -> Diagnosis? in
            do {
                try look()
                return nil
            } catch {
                return Diagnosis(.wrong, "settings", error: error)
            }
        }
        guard wrong.isEmpty else {
            var told: Set<Diagnosis> = []
            return wrong.filter { told.insert($0).inserted }
        }
        let isDryRun: Bool
        do { isDryRun = try settings.isDryRun() } catch { isDryRun = true }
        return [Diagnosis(.right, "settings", isDryRun ? "settingsDryRun" : "settingsLive")]
    }

    private func secrets() -> Diagnosis {
        do {
            let names = try settings.secrets().map(\.name)
            return Diagnosis(.right, "secrets", "secrets", ["names": names.joined(separator: ", ")])
        } catch {
            return Diagnosis(.wrong, "secrets", error: error)
        }
    }

    private func database() async -> Diagnosis {
        let url = settings.text("DATABASE") ?? "sqlite:bucketbot.sqlite"
        let path = String(url.trimmingPrefix("sqlite:"))
        let folder = URL(filePath: path).deletingLastPathComponent().path
        if url.hasPrefix("sqlite:"), !FileManager.default.fileExists(atPath: path) {
            let isWritable = FileManager.default.isWritableFile(atPath: folder)
            return isWritable
                ? Diagnosis(.right, "database", "databaseToBeMade", ["path": path])
                : Diagnosis(.wrong, "database", "databaseFolder", ["folder": folder])
        }
        do {
            let store = try await settings.store()
            try await store.probe()
            let counts = try await store.inbox.counts()
            try await store.close()
            return Diagnosis(
                .right, "database", counts.parked == 0 ? "database" : "databaseParked",
                ["waiting": "\(counts.waiting)", "parked": "\(counts.parked)"])
        } catch {
            return Diagnosis(.wrong, "database", error: error)
        }
    }

    private func storage() async throws -> Diagnosis {
        do {
            return try await settings.withStorage { storage in
                // Which bucket does not matter: that it is not there is an answer as well.
                let question = ListQuestion(bucket: "kubernetes-ci-logs", prefix: "logs/", maxResults: 1)
                let answer = try await storage.list(question)
                let request = String(answer.evidence.request.prefix { $0 != "?" })
                guard case .unknown(let reason) = answer.outcome else {
                    return Diagnosis(.right, "storage", "storage", ["request": request])
                }
                return Diagnosis(.unknown, "storage", "storageUnknown", ["request": request, "reason": reason])
            }
        } catch let error as WrongUse {
            return Diagnosis(.wrong, "storage", error: error)
        }
    }

    // MARK: - GitHub

    private func gitHub() async throws -> [Diagnosis] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { Self.delete(folder) }
        let store = try await SQLiteStore(path: folder.appending(path: "doctor.sqlite").path)
        var logger = Logger(label: "bucketbot") { LogLine(label: $0, format: .text, now: { Date() }) }
        logger.logLevel = .critical
        let found: [Diagnosis]
        do {
            found = try await settings.withHandlerParts(store: store, isDryRun: true, logger: logger) { parts in
                await GitHubCheckup(github: parts.github, scope: parts.scope).all()
            }
        } catch {
            // The settings say so already.
            found = [Diagnosis(.unknown, "github", "gitHubNotAsked")]
        }
        try await store.close()
        return found
    }

    private static func delete(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // It lies where temporary files lie, and holds nothing but what GitHub has.
        }
    }
}
