internal import Hummingbird
internal import NIOCore
internal import OpenSSLCrypto

/// A body that arrived whole, and what fits its signature.
struct WebhookBody: Sendable {
    /// The bytes as they were signed.
    let bytes: [UInt8]
    /// The secrets that fit.
    let fitting: [WebhookSecret]
}

/// Takes a body off the connection: counted, within the budget, and with every secret computed along.
struct WebhookBodyReader: Sendable {
    let limits: WebhookLimits
    let budget: ByteBudget
    let secrets: [WebhookSecret]

    /// Reads a body to its end.
    ///
    /// - Parameters:
    ///   - body: As it comes.
    ///   - head: What was announced.
    ///   - share: What the body is counted against; the caller closes it when the bytes are gone.
    /// - Returns: The bytes, and the secrets that fit.
    /// - Throws: `WebhookRefusal`; whatever OpenSSL throws.
    func read(_ body: RequestBody, _ head: WebhookHead, _ share: ByteBudget.ShareID) async throws -> WebhookBody {
        let read = try await withDeadline(limits.bodyDeadline) { try await collect(body, head, share) }
        if let read { return read }
        throw budget.isWaiting(share) ? Self.noRoom : WebhookRefusal.tooSlow
    }

    private static let noRoom = WebhookRefusal.unavailable(reason: "other bodies take up all of the budget")

    private func collect(
        _ body: RequestBody, _ head: WebhookHead, _ share: ByteBudget.ShareID
    ) async throws -> WebhookBody {
        let codes = try secrets.map { (secret: $0, code: try $0.key.begin()) }
        var bytes: [UInt8] = []
        // Memory that is only reserved costs nothing until something is written there.
        bytes.reserveCapacity(head.announcedBytes ?? 0)
        do {
            for try await piece in body {
                guard bytes.count + piece.readableBytes <= limits.maxBodyBytes else {
                    throw WebhookRefusal.tooLarge(limitBytes: limits.maxBodyBytes)
                }
                guard try await budget.grow(share, by: piece.readableBytes) else { throw Self.noRoom }
                try piece.withUnsafeReadableBytes { place in
                    for (_, code) in codes { try code.update(place) }
                    bytes.append(contentsOf: place)
                }
            }
        } catch let refusal as WebhookRefusal {
            throw refusal
        } catch let error as CryptoError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw WebhookRefusal.brokenOff
        }
        // A connection that was cut may look like an end.
        if let announced = head.announcedBytes, bytes.count != announced { throw WebhookRefusal.brokenOff }
        return WebhookBody(
            bytes: bytes, fitting: try codes.filter { try $0.code.finish().matches(head.signature) }.map(\.secret))
    }
}
