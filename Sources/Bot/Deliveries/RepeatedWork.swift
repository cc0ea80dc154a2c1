internal import Logging
internal import ServiceLifecycle

/// Something that is done at start and then again and again, until the service is to stop.
struct RepeatedWork: Service {
    /// What it is, as it fits behind "could not".
    let name: String
    /// The longest time between two times.
    let interval: Duration
    /// Where it is told.
    let logger: Logger
    /// Does it once.
    ///
    /// Returns: how long to wait at most for the next time; nil for `interval`. Throws: whatever went wrong; it is told,
    /// and done again at the next time.
    let step: @Sendable () async throws -> Duration?

    /// Does it until the service is to stop; what is under way then is cut off.
    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true { try await Task.sleep(for: await once()) }
            }
        } catch is CancellationError {
            // That is how it ends.
        }
    }

    private func once() async -> Duration {
        do {
            return min(try await step() ?? interval, interval)
        } catch is CancellationError {
            return interval
        } catch {
            logger.error("Could not \(name).", metadata: ["reason": "\(sentence(of: error))"])
            return interval
        }
    }
}
