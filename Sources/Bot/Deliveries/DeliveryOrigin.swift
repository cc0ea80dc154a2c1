internal import Persistence

/// Whose hook a delivery came through: `installation` in its payload is an installation of that App.
///
/// Prow passes on what its own App, or a hook of an organization, was sent; an installation of another App's is of no use
/// to us.
///
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
enum DeliveryOrigin: Hashable, Sendable {
    /// An App's hook.
    case app(Int)
    /// Our own App's: it was fetched from its list, or is the bot's own reminder.
    case ourselves
    /// Nobody says.
    case unknown

    /// Whether the payload names an installation of this App.
    ///
    /// - Parameter appID: Ours; nil where the bot has a personal token.
    /// - Returns: Whether the installation is of use to us.
    func isHook(of appID: Int?) -> Bool {
        switch self {
        case .app(let id): id == appID
        case .ourselves: appID != nil
        case .unknown: false
        }
    }
}

extension DeliveryRecord {
    /// Whose hook it came through.
    var origin: DeliveryOrigin {
        if [MissedDeliveries.source, LaterDelivery.source].contains(source) { return .ourselves }
        guard headers["X-GitHub-Hook-Installation-Target-Type"] == "integration",
            let id = headers["X-GitHub-Hook-Installation-Target-ID"].flatMap({ Int($0) })
        else { return .unknown }
        return .app(id)
    }
}
