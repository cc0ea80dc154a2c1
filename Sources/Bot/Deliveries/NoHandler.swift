internal import BotCore

/// Parks what has to be worked on.
struct NoHandler: DeliveryHandler {
    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        .parked(why: "nothing is there yet that could work on it")
    }
}
