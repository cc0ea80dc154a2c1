internal import Synchronization

/// The secrets that are valid now; they can be replaced while requests are being answered.
final class WebhookKeyring: Sendable {
    private let secrets: Mutex<[WebhookSecret]>

    /// A keyring with its first secrets.
    init(_ secrets: [WebhookSecret]) { self.secrets = Mutex(secrets) }

    /// The secrets, at least one.
    var current: [WebhookSecret] { secrets.withLock { $0 } }

    /// Puts others in their place.
    func replace(by secrets: [WebhookSecret]) { self.secrets.withLock { $0 = secrets } }
}
