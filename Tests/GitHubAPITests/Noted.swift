import Synchronization

/// A value that several tasks of a test change.
final class Noted<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    /// Changes the value, and gives what `change` returns.
    @discardableResult
    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result {
        state.withLock { change(&$0) }
    }
}
