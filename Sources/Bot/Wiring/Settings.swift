internal import BotCore
internal import Configuration
internal import CurlHTTP
internal import Foundation
internal import GoogleCloudStorage

/// The settings of a command: a flag wins over the environment, the environment over the default.
struct Settings {
    private let reader: ConfigReader
    private let environment: [String: String]

    /// Reads flags and the process's environment.
    ///
    /// - Parameters:
    ///   - flags: Values of flags, by the setting's name in the environment without `BUCKETBOT_`.
    ///   - environment: The environment.
    init(flags: [String: String?], environment: [String: String] = ProcessInfo.processInfo.environment) {
        var given: [String: String] = [:]
        for (name, value) in flags { given["BUCKETBOT_" + name] = value }
        self.environment = environment
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: given),
            EnvironmentVariablesProvider(environmentVariables: environment),
        ])
    }

    /// What stands behind `BUCKETBOT_` in the environment.
    var namesInEnvironment: [String] {
        environment.keys.filter { $0.hasPrefix("BUCKETBOT_") }.map { String($0.dropFirst("BUCKETBOT_".count)) }
    }

    /// The templates, those of `BUCKETBOT_TEMPLATES` in place of the built-in ones.
    func templates() throws -> CommandTemplates {
        guard let folder = text("TEMPLATES") else { return try CommandTemplates(overrides: [:]) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
            let files = FileManager.default.enumerator(atPath: folder)
        else {
            throw WrongUse("BUCKETBOT_TEMPLATES=\(folder): there is no such folder.")
        }
        var overrides: [String: String] = [:]
        for case let name as String in files where name.hasSuffix(".mustache") {
            let data = try Data(contentsOf: URL(filePath: folder).appending(path: name))
            overrides[String(name.dropLast(".mustache".count))] = String(decoding: data, as: UTF8.self)
        }
        return try CommandTemplates(overrides: overrides)
    }

    /// Runs `body` with who asks Google Cloud Storage, or what stands in its place.
    ///
    /// - Parameters:
    ///   - policy: The repository's policy.
    ///   - body: Gets it; the connections are closed when it returns.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or which setting is wrong.
    func withProber<Result>(
        policy: Policy, _ body: (LocationProber) async throws -> Result
    ) async throws -> Result {
        try await withStorage { try await body(LocationProber(storage: $0, policy: policy)) }
    }

    /// Runs `body` with Google Cloud Storage, or what stands in its place.
    ///
    /// - Parameter body: Gets it; the connections are closed when it returns.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or which setting is wrong.
    func withStorage<Result>(_ body: (any ObjectStorage) async throws -> Result) async throws -> Result {
        let concurrency = try count("PROBE_CONCURRENCY", default: 64, in: 1...1024)
        switch try StorageRoot(
            storageURL: text("STORAGE_URL"), emulatorHost: environment["STORAGE_EMULATOR_HOST"])
        {
        case .folder(let path):
            guard FileManager.default.fileExists(atPath: path) else {
                throw WrongUse("BUCKETBOT_STORAGE_URL=file://\(path): there is no such folder.")
            }
            return try await body(LocalDirectoryStorage(path: path, form: .buckets, now: { Date() }))
        case .server(let url):
            let transport = try transport(storageURL: url, concurrency: concurrency)
            let client = GCSClient(
                transport: transport, rootURL: url, surroundings: Surroundings(now: { Date() }),
                concurrency: ConcurrencyLimit(concurrency))
            do {
                let result = try await body(client)
                await transport.close()
                return result
            } catch {
                await transport.close()
                throw error
            }
        }
    }

    /// Sends requests to GitHub.
    func transport(roots: [String]) throws -> CurlTransport {
        var configuration = try curlConfiguration()
        configuration.plainHTTPRoots = roots
        do throws(TransportError) {
            return try CurlTransport(configuration)
        } catch {
            throw WrongUse("Requests to GitHub cannot be sent: \(error).")
        }
    }

    private func transport(storageURL: String, concurrency: Int) throws -> CurlTransport {
        var configuration = try curlConfiguration()
        configuration.plainHTTPRoots = [storageURL]
        configuration.maxConnections = concurrency
        configuration.maxConnectionsPerHost = concurrency
        do throws(TransportError) {
            return try CurlTransport(configuration)
        } catch .notAllowed(let reason) {
            throw WrongUse("BUCKETBOT_STORAGE_URL=\(storageURL) cannot be used: \(reason).")
        } catch {
            throw WrongUse("Requests cannot be sent: \(error).")
        }
    }

    private func curlConfiguration() throws -> CurlConfiguration {
        var configuration = CurlConfiguration()
        configuration.userAgent = "bucketbot/\(bucketbotVersion)"
        if let file = text("CA_FILE") {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw WrongUse("BUCKETBOT_CA_FILE=\(file): the file cannot be read.")
            }
            guard Self.holdsCertificate(file) else {
                throw WrongUse(
                    "BUCKETBOT_CA_FILE=\(file): there is no certificate in it. Name a file with the certificates to trust "
                        + "in PEM form, which begin with -----BEGIN CERTIFICATE-----.")
            }
            configuration.caFile = file
        }
        return configuration
    }

    /// Whether a file has a certificate in PEM form; libcurl would say it of each request, and trust nobody.
    private static func holdsCertificate(_ path: String) -> Bool {
        guard let content = FileManager.default.contents(atPath: path) else { return false }
        return ["-----BEGIN CERTIFICATE-----", "-----BEGIN TRUSTED CERTIFICATE-----"].contains {
            content.range(of: Data($0.utf8)) != nil
        }
    }

    /// An address; nil where it is absent.
    ///
    /// - Parameters:
    ///   - name: The setting.
    ///   - example: What one looks like.
    /// - Returns: The address, of HTTP or HTTPS and without credentials.
    /// - Throws: `WrongUse`, which shows nothing that may be a password.
    func address(_ name: String, suchAs example: String) throws -> URL? {
        try text(name).map { try Self.address(name, $0, suchAs: example) }
    }

    /// Addresses with commas between them; none where the setting is absent.
    ///
    /// - Throws: `WrongUse` as for one address.
    func addresses(_ name: String, suchAs example: String) throws -> [URL] {
        try (text(name) ?? "").split(separator: ",").map {
            try Self.address(name, $0.trimmingCharacters(in: .whitespaces), suchAs: example)
        }
    }

    private static func address(_ name: String, _ text: String, suchAs example: String) throws -> URL {
        let shown = text.contains("@") ? "..." : text
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else {
            throw WrongUse("BUCKETBOT_\(name)=\(shown): write an address such as \(example).")
        }
        guard url.user == nil, url.password == nil else {
            throw WrongUse(
                "BUCKETBOT_\(name)=\(shown): it holds credentials, which would end up in logs. "
                    + "Write the address without what stands before the @.")
        }
        return url
    }

    /// A setting's text; nil where it is absent or empty.
    func text(_ name: String) -> String? {
        let key = ConfigKey(["bucketbot"] + name.lowercased().split(separator: "_").map(String.init))
        return reader.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A whole number; `fallback` where it is absent.
    func count(_ name: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            throw WrongUse("BUCKETBOT_\(name)=\(text): write a whole number from \(bounds).")
        }
        return value
    }

    /// Yes or no; `fallback` where it is absent.
    func flag(_ name: String, default fallback: Bool) throws -> Bool {
        switch text(name)?.lowercased() {
        case nil: return fallback
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        case let other?: throw WrongUse("BUCKETBOT_\(name)=\(other): write true or false.")
        }
    }
}

/// The templates of the commands.
struct CommandTemplates {
    /// What stands around findings.
    let texts: Templates
    /// What is said of each rule.
    let rules: RuleTexts

    /// Compiles the built-in templates and what replaces some of them.
    init(overrides: [String: String]) throws {
        texts = try Templates(overrides: overrides)
        rules = try RuleTexts(overrides: overrides)
    }
}
