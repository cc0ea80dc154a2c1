/// Runs `operation` for at most so long.
///
/// - Parameters:
///   - limit: After this the operation is cancelled.
///   - operation: Has to end soon when it is cancelled.
/// - Returns: What the operation returned; nil where the time was over first.
/// - Throws: What the operation throws, or `CancellationError`.
func withDeadline<Value: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
