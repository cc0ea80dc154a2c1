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

    @Test("where the file breaks the policy before stays; where none is known, nothing is proposed for removal")
    func broken() async throws {
        let broken = Array("version: 1\nremovals: [\n".utf8)
        let policies = Policies()
        let unread = try await policies.policy(of: try key(), now: testTime) { broken }
        #expect(!unread.removals.enabled)
        #expect(unread.staleAfterDays == Policy().staleAfterDays)
        policies.outdate(try key())
        #expect(try await policies.policy(of: try key(), now: testTime, read: { nil }) == Policy())
        policies.outdate(try key())
        _ = try await policies.policy(of: try key(), now: testTime) { file(days: 100) }
        policies.outdate(try key())
        let kept = try await policies.policy(of: try key(), now: testTime) { broken }
        #expect(kept.staleAfterDays == 100)
        #expect(kept.removals.enabled)
    }
}
