internal import Glibc

/// Starts a thread that can be joined.
struct ThreadStart {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let work: Work

    /// A thread that has yet to start.
    ///
    /// - Parameter body: What it does.
    init(_ body: @escaping @Sendable () -> Void) { work = Work(body) }

    /// Starts it; nil where the system has no thread to give.
    ///
    /// Signals are for others: also SIGPIPE, which a TLS library may raise by writing to a connection that is gone.
    func thread() -> pthread_t? {
        var thread = pthread_t()
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let context = Unmanaged.passRetained(work)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}
