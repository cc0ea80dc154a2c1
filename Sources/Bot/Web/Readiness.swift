internal import Foundation
internal import Persistence
internal import Synchronization

/// Whether the server does its work: the database can be written to, secrets are there, workers run, nobody stops it.
final class Readiness: Sendable {
    private struct State {
        var areWorkersRunning = false
        var isStopping = false
        var lastProbe: (at: Date, isWritable: Bool)?
    }

    private let store: any Store
    private let now: @Sendable () -> Date
    private let state = Mutex(State())
    /// How long an answer of the database counts, so that asking often does not write often.
    private static let probeSeconds = 2.0

    /// A server that has yet to start.
    init(store: any Store, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.now = now
    }

    /// Notes that workers run, or that they do not any more.
    func noteWorkers(areRunning: Bool) { state.withLock { $0.areWorkersRunning = areRunning } }

    /// Notes that the server is to stop.
    func noteStop() { state.withLock { $0.isStopping = true } }

    /// What is missing; empty where the server is ready.
    func obstacles() async -> [String] {
        var obstacles: [String] = []
        let (isStopping, areWorkersRunning) = state.withLock { ($0.isStopping, $0.areWorkersRunning) }
        if isStopping { obstacles.append("the server is stopping") }
        if !areWorkersRunning { obstacles.append("no worker is running") }
        if await !isWritable() { obstacles.append("the database cannot be written to") }
        return obstacles
    }

    private func isWritable() async -> Bool {
        let now = now()
        if let last = state.withLock({ $0.lastProbe }), abs(now.timeIntervalSince(last.at)) < Self.probeSeconds {
            return last.isWritable
        }
        let isWritable: Bool
        do {
            try await store.probe()
            isWritable = true
        } catch {
            // Who asks is told that much; the log has the reason where a delivery was refused for it.
            isWritable = false
        }
        state.withLock { $0.lastProbe = (now, isWritable) }
        return isWritable
    }
}
