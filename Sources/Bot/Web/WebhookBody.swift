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
    /// Bytes of the body.
    let maxBytes: Int
    /// How long it may wait for room; `ConnectionBounds` sees to it that its sender is not slow.
    let deadline: Duration
    let budget: ByteBudget
    /// What the body may be signed with; none where it is not signed.
    let secrets: [WebhookSecret]

    /// Reads a body to its end.
    ///
    /// - Parameters:
    ///   - body: As it comes.
    ///   - announced: What the head says.
    ///   - share: What the body is counted against; the caller closes it when the bytes are gone.
    /// - Returns: The bytes, and the secrets that fit.
    /// - Throws: `WebhookRefusal`; whatever OpenSSL throws.
    func read(
        _ body: RequestBody, _ announced: AnnouncedBody, _ share: ByteBudget.ShareID
    ) async throws -> WebhookBody {
        let end = ContinuousClock.now + deadline
        let codes = try secrets.map { (secret: $0, code: try $0.key.begin()) }
        var bytes: [UInt8] = []
        // Memory that is only reserved costs nothing until something is written there.
        bytes.reserveCapacity(announced.bytes ?? 0)
        do {
            for try await piece in body {
                guard piece.readableBytes > 0 else { throw tooLate(share) }
                guard bytes.count + piece.readableBytes <= maxBytes else {
                    throw WebhookRefusal.tooLarge(limitBytes: maxBytes)
                }
                guard try await budget.grow(share, by: piece.readableBytes, until: end) else { throw Self.noRoom }
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
        if let announced = announced.bytes, bytes.count != announced { throw WebhookRefusal.brokenOff }
        guard let signature = announced.signature else { return WebhookBody(bytes: bytes, fitting: []) }
        return WebhookBody(
            bytes: bytes, fitting: try codes.filter { try $0.code.finish().matches(signature) }.map(\.secret))
    }

    private static let noRoom = WebhookRefusal.unavailable(reason: "other bodies take up all of the budget")

    /// What the sender of a body that took too long is told: who had to wait for others is not who was slow.
    private func tooLate(_ share: ByteBudget.ShareID) -> WebhookRefusal {
        budget.hasWaited(share) ? Self.noRoom : .tooSlow
    }
}

/// What a request's head says of its body.
struct AnnouncedBody: Sendable {
    /// How many bytes it has; nil where it comes in chunks.
    var bytes: Int?
    /// What the sender computed over it; nil where it is not signed.
    var signature: WebhookSignature?
}
