internal import BotCore

internal import struct Foundation.URL

/// Where buckets are looked for, from the settings.
///
/// Shape: `BUCKETBOT_STORAGE_URL` is `http(s)://HOST[:PORT][/PATH]`, or a folder as `file:///FOLDER` with one subfolder
/// for each bucket. Where it is not set, `STORAGE_EMULATOR_HOST` counts, `HOST:PORT` with or without `http://`, as
/// Google's own libraries read it. Where neither is set it is Google Cloud Storage. Empty counts as not set.
public enum StorageRoot: Hashable, Sendable {
    /// A server; the address has no slash at its end.
    case server(url: String)
    /// A folder on this machine, by its absolute path.
    case folder(path: String)

    /// Google Cloud Storage itself.
    public static let google = StorageRoot.server(url: "https://storage.googleapis.com")

    /// Reads the two settings.
    ///
    /// - Parameters:
    ///   - storageURL: The value of `BUCKETBOT_STORAGE_URL`, or of its flag.
    ///   - emulatorHost: The value of `STORAGE_EMULATOR_HOST`.
    /// - Throws: `StorageRootError` naming the setting that cannot be read.
    public init(storageURL: String?, emulatorHost: String?) throws(StorageRootError) {
        if let storageURL, !storageURL.isEmpty {
            self = try Self(storageURL, setting: "BUCKETBOT_STORAGE_URL")
        } else if let emulatorHost, !emulatorHost.isEmpty {
            let url = emulatorHost.contains("://") ? emulatorHost : "http://" + emulatorHost
            guard case .server(var root) = try Self(url, setting: "STORAGE_EMULATOR_HOST") else {
                throw StorageRootError(setting: "STORAGE_EMULATOR_HOST", reason: "it is no address of a server")
            }
            // Some set it to the API's whole path, which Google's libraries cut off as well.
            if root.hasSuffix("/storage/v1") { root.removeLast("/storage/v1".count) }
            self = .server(url: root)
        } else {
            self = .google
        }
    }

    private init(_ text: String, setting: String) throws(StorageRootError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else {
            throw StorageRootError(setting: setting, reason: "it is no URL")
        }
        if url.query != nil || url.fragment != nil || text.contains("?") || text.contains("#") {
            throw StorageRootError(setting: setting, reason: "it has a query or a fragment")
        }
        if url.user != nil || url.password != nil {
            throw StorageRootError(setting: setting, reason: "it has a user name or a password, and none is ever sent")
        }
        switch scheme {
        case "http", "https":
            guard let host = url.host, !host.isEmpty else {
                throw StorageRootError(setting: setting, reason: "it has no host")
            }
            self = .server(url: String(text.reversed().drop { $0 == "/" }.reversed()))
        case "file":
            let host = url.host ?? ""
            let path = url.path(percentEncoded: false)
            guard host.isEmpty || host == "localhost", path.hasPrefix("/") else {
                throw StorageRootError(setting: setting, reason: "a folder is written file:///PATH")
            }
            self = .folder(path: path)
        default:
            throw StorageRootError(setting: setting, reason: "it starts with neither http://, https:// nor file://")
        }
    }
}

/// Why a setting names no place where buckets could be.
public struct StorageRootError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The setting's name in the environment.
    public let setting: String
    /// What is wrong with its value.
    public let reason: String

    /// A refusal.
    public init(setting: String, reason: String) {
        self.setting = setting
        self.reason = reason
    }

    /// The sentence for the operator.
    public var description: String { "\(setting) cannot be used: \(reason)" }
}
