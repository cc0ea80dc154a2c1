internal import BotCore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Persistence

/// Takes webhooks in: what is right is on the disk before it is answered, and everything else leaves no trace but a line
/// in the log.
struct WebhookIntake: Sendable {
    /// How much is taken.
    let limits: WebhookLimits
    /// Bytes of all bodies together.
    let budget: ByteBudget
    /// Whose signatures count.
    let keyring: WebhookKeyring
    /// Stores a delivery.
    let batcher: InboxBatcher
    /// Told of each delivery that waits for a worker.
    let bell: WorkBell
    /// The clock.
    let now: @Sendable () -> Date
    /// Where it is told.
    let logger: Logger

    /// Answers one request.
    func respond(to request: Request) async -> Response {
        var logger = logger
        do {
            let head = try WebhookHead(request.head, maxBodyBytes: limits.maxBodyBytes)
            logger[metadataKey: "delivery.id"] = "\(head.delivery)"
            logger[metadataKey: "event"] = "\(head.event)"
            return try await take(request.body, head, &logger)
        } catch let refusal as WebhookRefusal {
            return answer(to: refusal, logger)
        } catch {
            return answer(to: .unavailable(reason: sentence(of: error)), logger)
        }
    }

    private func take(_ body: RequestBody, _ head: WebhookHead, _ logger: inout Logger) async throws -> Response {
        let share = budget.open()
        defer { budget.close(share) }
        let reader = WebhookBodyReader(
            maxBytes: limits.maxBodyBytes, deadline: limits.bodyDeadline, budget: budget,
            secrets: keyring.current)
        let announced = AnnouncedBody(bytes: head.announcedBytes, signature: head.signature)
        let body = try await reader.read(body, announced, share)
        guard let first = body.fitting.first else { throw WebhookRefusal.signature }
        // From here on the sender is known to hold a secret; nothing was parsed before.
        let draft = DeliveryDraft(
            id: head.delivery, event: head.event, headers: head.storedHeaders, body: body.bytes)
        guard let secret = body.fitting.first(where: { $0.scope.covers(draft.scope) }) else {
            throw WebhookRefusal.scope(secretName: first.name)
        }
        let record = draft.record(from: secret, receivedAt: now())
        logger[metadataKey: "secret.name"] = "\(secret.name)"
        if let repository = record.repository { logger[metadataKey: "repo"] = "\(repository)" }
        return answer(to: try await batcher.accept(record), record, logger)
    }

    private func answer(to outcome: AcceptOutcome, _ record: DeliveryRecord, _ logger: Logger) -> Response {
        switch outcome {
        case .stored, .queued, .settled:
            // Each ring has a worker look, which is only worth it where there is something that it can take.
            if outcome == .stored { bell.ring() }
            if let reason = record.parkedBecause {
                logger.error("A delivery was stored and parked.", metadata: ["reason": "\(reason)"])
            } else {
                logger.info("A delivery was stored.")
            }
            return Response.text(.ok, "Event received. Have a nice day.\n")
        case .duplicate:
            logger.debug("A delivery came again.")
            return Response.text(.ok, "duplicate\n")
        case .takenUpAgain:
            bell.ring()
            logger.info("A parked delivery came again and is taken up.")
            return Response.text(.ok, "duplicate\n")
        case .refused:
            return answer(to: .unavailable(reason: "the inbox is full"), logger)
        }
    }

    private func answer(to refusal: WebhookRefusal, _ logger: Logger) -> Response {
        logger.log(
            level: refusal.logLevel, "A delivery was refused: \(refusal.text)",
            metadata: refusal.metadata.merging(["status": "\(refusal.status.code)"]) { $1 })
        var response = Response.text(refusal.status, refusal.text + "\n")
        // The rest of the body, if there is one, is not worth reading.
        response.headers[.connection] = "close"
        switch refusal {
        case .notPost: response.headers[.allow] = "POST"
        case .unavailable: response.headers[.retryAfter] = "\(limits.retryAfterSeconds)"
        default: break
        }
        return response
    }
}

extension Response {
    /// A plain text.
    static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
