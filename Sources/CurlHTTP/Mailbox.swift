internal import CCurl
internal import Synchronization

/// libcurl's multi handle.
///
/// `@unchecked Sendable`: the thread alone uses it, except for `curl_multi_wakeup`, which libcurl allows from anywhere.
struct MultiHandle: @unchecked Sendable {
    /// The `CURLM *`.
    let pointer: UnsafeMutableRawPointer
}

/// What tasks tell the thread, and what the thread tells about itself.
final class Mailbox: Sendable {
    /// An order to the thread.
    enum Order: Sendable {
        /// Send this request when its turn comes.
        case start(Exchange)
        /// Let go of this request, if it is still there.
        case cancel(UInt64)
        /// Its reader has room again.
        case resume(UInt64)
    }

    private struct State {
        var orders: [Order] = []
        var isClosing = false
        var hasEnded = false
        var lastID: UInt64 = 0
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let multi: MultiHandle
    private let state = Mutex(State())
    private let counted = Mutex(CurlCounters())

    /// An empty mailbox.
    ///
    /// - Parameter multi: What the thread waits on.
    init(waking multi: MultiHandle) { self.multi = multi }

    /// A snapshot of the counters.
    var counters: CurlCounters { counted.withLock { $0 } }

    /// Counts something.
    func count(_ change: (inout CurlCounters) -> Void) { counted.withLock { change(&$0) } }

    /// A number that no request has had.
    func nextID() -> UInt64 {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Leaves an order and wakes the thread.
    ///
    /// - Returns: False where the transport is closed: the order will not be read.
    @discardableResult
    func post(_ order: Order) -> Bool {
        state.withLock { state in
            guard !state.isClosing else { return false }
            state.orders.append(order)
            // With more in the box the thread has been woken, and has yet to look.
            if state.orders.count == 1 { wake() }
            return true
        }
    }

    /// Takes all orders, and says whether they are the last.
    func take() -> (orders: [Order], isClosing: Bool) {
        state.withLock { state in
            defer { state.orders = [] }
            return (state.orders, state.isClosing)
        }
    }

    /// Tells the thread to end everything and itself.
    func close() {
        state.withLock { state in
            guard !state.isClosing else { return }
            state.isClosing = true
            wake()
        }
    }

    /// Said by the thread when it has let go of everything.
    func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the thread has let go of everything.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitingForEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Called with the lock held and before `isClosing` has been read by the thread, so that the handle is still there.
    private func wake() {
        // Can only fail where the pipe is full, and then the thread wakes anyway.
        _ = curl_multi_wakeup(multi.pointer)
    }
}
