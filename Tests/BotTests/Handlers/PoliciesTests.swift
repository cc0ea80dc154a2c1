import BotCore
import Foundation
import Testing

@testable import Bot

@Suite("Policies that are kept")
struct PoliciesTests {
    private func key() throws -> Policies.Key {
        Policies.Key(repository: try #require(RepositoryName("acme/registry")), branch: "main")
    }

    private func file(days: Int) -> [UInt8] { Array("version: 1\nstaleAfterDays: \(days)\n".utf8) }

    @Test("a push that is told of while the file is read has it read again")
    func newsDuringReading() async throws {
        let policies = Policies()
        let key = try key()
        let first = try await policies.policy(of: key, now: testTime) {
            policies.outdate(key)
            return file(days: 100)
        }
        #expect(first.staleAfterDays == 100)
        let second = try await policies.policy(of: key, now: testTime) { file(days: 120) }
        #expect(second.staleAfterDays == 120)
        let third = try await policies.policy(of: key, now: testTime) { file(days: 140) }
        #expect(third.staleAfterDays == 120)
    }
}
