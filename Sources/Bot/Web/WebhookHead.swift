internal import HTTPTypes
internal import OpenSSLCrypto

/// What the head of a request to the webhook says, once everything in it is in order.
///
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
struct WebhookHead: Hashable, Sendable {
    /// `X-GitHub-Delivery`.
    let delivery: String
    /// `X-GitHub-Event`.
    let event: String
    /// How the payload is written.
    let form: PayloadForm
    /// What the sender computed over the body.
    let signature: WebhookSignature
    /// How many bytes are announced; nil where the body comes in chunks.
    let announcedBytes: Int?
    /// What is stored with the delivery.
    let storedHeaders: [String: String]

    /// Reads a head, in the order in which a request is judged.
    ///
    /// - Parameters:
    ///   - request: The head.
    ///   - maxBodyBytes: What a body may have.
    /// - Throws: The first thing that is wrong.
    init(_ request: HTTPRequest, maxBodyBytes: Int) throws(WebhookRefusal) {
        guard request.method == .post else { throw .notPost }
        let fields = request.headerFields
        event = try Self.label(Self.eventName, fields)
        let delivery = try Self.label(Self.deliveryName, fields)
        guard let type = Self.only(.contentType, fields), let form = PayloadForm(contentType: type),
            fields[values: .contentEncoding].isEmpty
        else { throw .mediaType }
        self.form = form
        guard let claimed = Self.only(Self.signatureName, fields), let signature = WebhookSignature(claimed) else {
            throw .signatureHeader
        }
        self.signature = signature
        // Prow's phony calls every delivery so; what it is signed with tells one body from another.
        self.delivery =
            delivery == Self.nameless ? "\(delivery)-\(claimed.suffix(64).prefix(16).lowercased())" : delivery
        // The parser has refused what is no number; one that does not fit is too large all the same.
        announcedBytes = fields[values: .contentLength].first.map { Int($0) ?? .max }
        if let announcedBytes, announcedBytes > maxBodyBytes { throw .tooLarge(limitBytes: maxBodyBytes) }
        var stored = ["Content-Type": form.contentType]
        for name in Self.storedNames {
            if let value = Self.only(name, fields) { stored[name.rawName] = Self.cut(value) }
        }
        storedHeaders = stored
    }

    private static let nameless = "GUID"

    // Names are checked as they are made, which takes longer than to look one up.
    private static let eventName = HTTPField.Name("X-GitHub-Event")
    private static let deliveryName = HTTPField.Name("X-GitHub-Delivery")
    private static let signatureName = HTTPField.Name("X-Hub-Signature-256")
    /// Headers that say where a delivery comes from.
    private static let storedNames = [
        "User-Agent", "X-GitHub-Hook-ID", "X-GitHub-Hook-Installation-Target-Type",
        "X-GitHub-Hook-Installation-Target-ID", "X-GitHub-Enterprise-Host", "X-GitHub-Enterprise-Version",
    ].compactMap { HTTPField.Name($0) }

    private static func only(_ name: HTTPField.Name?, _ fields: HTTPFields) -> String? {
        let values = name.map { fields[values: $0] } ?? []
        return values.count == 1 ? values.first : nil
    }

    /// The first 200 characters; what has fewer bytes has fewer characters, and is not counted one by one.
    private static func cut(_ value: String) -> String {
        value.utf8.count <= 200 ? value : String(value.prefix(200))
    }

    private static func label(_ name: HTTPField.Name?, _ fields: HTTPFields) throws(WebhookRefusal) -> String {
        guard let value = only(name, fields), (1...100).contains(value.utf8.count),
            value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .header(name: name?.rawName ?? "A header") }
        return value
    }
}
