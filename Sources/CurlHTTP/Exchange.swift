internal import Synchronization

/// One request on its way: shared by the task that waits for the answer and the thread that brings it.
///
/// The thread writes (`begin`, `offer`, `end`); one task at a time reads. `end` is final: by then
/// libcurl has let go of the request.
final class Exchange: Sendable {
    /// What a task can wait for.
    private enum Milestone { case head, bytes, end }

    private struct State {
        var head: HTTPResponseHead?
        var bytes: [UInt8] = []
        var end: Result<Void, TransportError>?
        var isPaused = false
        var waiter: (continuation: CheckedContinuation<Void, Never>, milestone: Milestone)?

        func hasReached(_ milestone: Milestone) -> Bool {
            switch milestone {
            case .head: head != nil || end != nil
            case .bytes: !bytes.isEmpty || end != nil
            case .end: end != nil
            }
        }

        /// Takes the waiting task out if what it waits for is there.
        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            guard let waiter, hasReached(waiter.milestone) else { return nil }
            self.waiter = nil
            return waiter.continuation
        }
    }

    /// Its number: later requests have higher ones.
    let id: UInt64
    /// What is asked.
    let checked: CheckedRequest
    /// When the time for the whole exchange is over.
    let endsAt: ContinuousClock.Instant

    /// Whether its reader may fall behind, so that the server must wait.
    var canPause: Bool { checked.request.byteLimit > bufferBytes ?? .max }

    private let bufferBytes: Int?
    private let mailbox: Mailbox
    private let state = Mutex(State())

    /// An exchange that nobody has started.
    ///
    /// - Parameters:
    ///   - checked: What is asked.
    ///   - bufferBytes: How much of the body waits for a reader; nil to gather it whole.
    ///   - mailbox: Where the thread takes its orders.
    init(_ checked: CheckedRequest, bufferBytes: Int?, mailbox: Mailbox) {
        self.id = mailbox.nextID()
        self.checked = checked
        self.endsAt = ContinuousClock.now + checked.deadline
        self.bufferBytes = bufferBytes
        self.mailbox = mailbox
    }

    // MARK: The thread's side

    /// Hands over the head of the final answer.
    func begin(_ head: HTTPResponseHead) {
        let waiter = state.withLock { state in
            state.head = head
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// Hands over a piece of the body.
    ///
    /// - Returns: False where the reader is behind: the piece was not taken, and `resume` follows once there is room.
    func offer(_ piece: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, waiter) = state.withLock { state in
            if let bufferBytes, !state.bytes.isEmpty, state.bytes.count + piece.count > bufferBytes {
                state.isPaused = true
                return (false, nil as CheckedContinuation<Void, Never>?)
            }
            state.bytes.append(contentsOf: piece)
            return (true, state.takeWaiter())
        }
        waiter?.resume()
        return isTaken
    }

    /// Says how it ended; only the first word counts.
    func end(_ result: Result<Void, TransportError>) {
        let waiter = state.withLock { state in
            if state.end == nil { state.end = result }
            if case .failure(.canceled) = result { state.bytes = [] }
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    // MARK: The task's side

    /// Waits for status and headers.
    ///
    /// - Throws: Why none came.
    func head() async throws(TransportError) -> HTTPResponseHead {
        await wait(for: .head)
        let (head, end) = state.withLock { ($0.head, $0.end) }
        if case .failure(.canceled) = end { throw .canceled }
        if let head { return head }  // Where the body has broken off by now, whoever reads it is told.
        try end?.get()
        throw .interrupted(reason: "the answer has no head")
    }

    /// Waits for bytes of the body and takes all that are there; nil after the last.
    ///
    /// - Throws: Why the body broke off, after the bytes that came before that.
    func nextBytes() async throws(TransportError) -> [UInt8]? {
        await wait(for: .bytes)
        let (bytes, end, wasPaused) = state.withLock { state in
            let taken = (state.bytes, state.end, state.isPaused)
            state.bytes = []
            state.isPaused = false
            return taken
        }
        if wasPaused { mailbox.post(.resume(id)) }
        guard bytes.isEmpty else { return bytes }
        try end?.get()
        return nil
    }

    /// Waits for the whole answer.
    ///
    /// - Throws: Why it did not come, or not to its end.
    func wholeResponse() async throws(TransportError) -> HTTPResponse {
        await wait(for: .end)
        let (head, bytes, end) = state.withLock { ($0.head, $0.bytes, $0.end) }
        try end?.get()
        guard let head else { throw .interrupted(reason: "the answer has no head") }
        return HTTPResponse(head: head, body: bytes)
    }

    /// Gives up what is left, and returns when libcurl has let go of it.
    func stop() async {
        let hasEnded = state.withLock { state in
            state.bytes = []
            return state.end != nil
        }
        if hasEnded { return }
        mailbox.post(.cancel(id))
        await pause(until: .end)
    }

    /// Waits; a canceled task waits on until the thread has removed the request, which it does at once.
    private func wait(for milestone: Milestone) async {
        await withTaskCancellationHandler {
            await pause(until: milestone)
        } onCancel: {
            mailbox.post(.cancel(id))
        }
    }

    private func pause(until milestone: Milestone) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.hasReached(milestone) { return true }
                precondition(state.waiter == nil, "the body of an answer is read by one task at a time")
                state.waiter = (continuation, milestone)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
