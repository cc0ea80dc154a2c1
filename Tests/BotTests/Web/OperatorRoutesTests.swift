import Foundation
import OpenSSLCrypto
import Persistence
import TestSupport
import Testing

@testable import Bot

@Suite("What an operator can do over the web")
struct OperatorRoutesTests {
    private static let token = "a token of sixteen or more".replacing(" ", with: "-")

    private func request(_ method: String, _ path: String, token: String? = token) -> [UInt8] {
        let header = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return Array("\(method) \(path) HTTP/1.1\r\nHost: h\r\n\(header)Content-Length: 0\r\n\r\n".utf8)
    }

    /// A server whose first sweep told of an outage.
    private func withOutage(
        token: String? = token, _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        var plan = ServerPlan()
        plan.settings.operatorToken = token.map { Secret($0) }
        try await withBotServer(plan) { bot in
            let start = try await bot.store.sweeps.begin("o/r", dueAt: testTime, now: testTime, leaseSeconds: 60)
            guard case .ours(let lease, _) = start else {
                Issue.record("\(start)")
                return
            }
            try await bot.store.sweeps.finish(
                lease, with: SweepOutcome(observations: [], outage: "too many"), now: testTime)
            try await body(bot)
        }
    }

    @Test("an outage is acknowledged with the token")
    func acknowledged() async throws {
        try await withOutage { bot in
            let answer = try await bot.answer(toBytes: request("POST", "/api/v1/sweeps/1/acknowledge"))
            #expect(answer.status == 200)
            #expect(try await bot.store.sweeps.last(of: "o/r")?.acknowledgedAt == testTime)
        }
    }

    @Test(
        "without the token, or for what is not there, nothing is",
        arguments: [
            ("POST", "/api/v1/sweeps/1/acknowledge", nil, 401), ("POST", "/api/v1/sweeps/1/acknowledge", "x", 401),
            ("GET", "/api/v1/sweeps/1/acknowledge", token, 405), ("POST", "/api/v1/sweeps/9/acknowledge", token, 404),
            ("POST", "/api/v1/sweeps/-1/acknowledge", token, 404),
            ("POST", "/api/v1/sweeps/99999999999999999999/acknowledge", token, 404),
            ("POST", "/api/v1/sweeps/1/acknowledge/", token, 404), ("POST", "/api/v1/sweeps/1", token, 404),
        ] as [(String, String, String?, Int)])
    func refused(method: String, path: String, token: String?, status: Int) async throws {
        try await withOutage { bot in
            let answer = try await bot.answer(toBytes: request(method, path, token: token))
            #expect(answer.status == status)
            #expect(try await bot.store.sweeps.last(of: "o/r")?.isOutageOpen == true)
        }
    }

    @Test("where no token is set there is nothing to be found")
    func off() async throws {
        try await withOutage(token: nil) { bot in
            let answer = try await bot.answer(toBytes: request("POST", "/api/v1/sweeps/1/acknowledge"))
            #expect(answer.status == 404)
        }
    }
}
