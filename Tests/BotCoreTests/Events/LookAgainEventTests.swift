import BotCore
import Testing

@Suite("The bot's own reminder")
struct LookAgainEventTests {
    @Test("A reminder is read as it was written", arguments: [nil, 42] as [Int64?])
    func roundTrip(installation: Int64?) throws {
        let repository = EventRepository(
            id: RepositoryID(rawValue: 7), name: try #require(RepositoryName("acme/test-infra")), isPrivate: true)
        let event = LookAgainEvent(
            repository: repository, number: 12, head: try #require(ObjectSHA(String(repeating: "a", count: 40))),
            round: 2, installationID: installation.map { InstallationID(rawValue: $0) })
        let read = try Event(name: LookAgainEvent.name, payload: Array(event.payload.utf8))
        #expect(read == .lookAgain(event))
        #expect(read.lane == "acme/test-infra#12")
    }

    @Test("A reminder without a head is a problem and no reminder")
    func broken() {
        let payload = #"{"repository":{"id":1,"full_name":"a/b","private":false},"number":1,"round":1}"#
        #expect(throws: EventProblem.self) { try Event(name: LookAgainEvent.name, payload: Array(payload.utf8)) }
    }
}
