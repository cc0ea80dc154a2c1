import Persistence
import Testing

@Suite("SQLite keeps what every store promises")
struct SQLiteContractTests {
    @Test("the contract holds", arguments: Contract.all)
    func holds(contract: Contract) async throws {
        try await withStore(limits: contract.limits) { store, _ in
            try await contract.hold(store)
            #expect(try await store.integrityIssues() == [])
        }
    }
}
