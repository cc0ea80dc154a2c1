internal import CCurl

/// Drives all transfers of one transport on one thread, and is the only user of its multi handle.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private let configuration: CurlConfiguration
    private var line: WaitingLine
    private var exchanges: [UInt64: Exchange] = [:]
    private var transfers: [UInt64: Transfer] = [:]
    private var idsOfHandles: [UnsafeMutableRawPointer: UInt64] = [:]
    private var idleHandles: [EasyHandle] = []
    /// Not later than the first deadline; it may be that of a request that has ended since.
    private var nextDeadline: ContinuousClock.Instant?

    /// A loop without work.
    ///
    /// - Parameters:
    ///   - multi: The loop's from now on, and freed by it.
    ///   - mailbox: Where its orders come from.
    ///   - configuration: Limits, proxy and trust.
    init(_ multi: MultiHandle, mailbox: Mailbox, configuration: CurlConfiguration) {
        self.multi = multi.pointer
        self.mailbox = mailbox
        self.configuration = configuration
        line = WaitingLine(
            maxRunning: configuration.maxConnections, maxRunningPerHost: configuration.maxConnectionsPerHost)
        set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        set(CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maxConnections)
        set(CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maxConnectionsPerHost)
        set(CURLMOPT_MAXCONNECTS, configuration.maxConnections)
    }

    /// Works until the transport is closed; then every request has ended and nothing of libcurl's is left.
    func run() {
        while step() {}
        for (id, exchange) in exchanges { finish(id, exchange, .failure(.canceled)) }
        idleHandles = []
        curl_multi_cleanup(multi)
        mailbox.end()
    }

    /// Takes orders, moves every transfer as far as it goes, and waits for more; false when there will be no more.
    private func step() -> Bool {
        let (orders, isClosing) = mailbox.take()
        for order in orders { carryOut(order) }
        if isClosing { return false }
        admit()
        var runningCount: Int32 = 0
        let code = curl_multi_perform(multi, &runningCount)
        if code != CURLM_OK { failAll(code) }
        let hasFinished = collectFinished()
        endOverdue()
        if hasFinished, line.waitingCount > 0 { return true }
        wait()
        return true
    }

    private func carryOut(_ order: Mailbox.Order) {
        switch order {
        case .start(let exchange):
            exchanges[exchange.id] = exchange
            line.join(exchange.id, host: exchange.checked.origin.description)
            nextDeadline = min(nextDeadline ?? exchange.endsAt, exchange.endsAt)
            admit()
            if line.waitingCount > configuration.maxWaitingRequests {
                finish(exchange.id, exchange, .failure(.unreachable(reason: "too many requests wait already")))
            }
        case .cancel(let id):
            guard let exchange = exchanges[id] else { return }
            finish(id, exchange, .failure(.canceled))
        case .resume(let id):
            guard let transfer = transfers[id] else { return }
            // What libcurl held back comes through the callback at once, and may pause the transfer again. Where the
            // callback refuses it libcurl says so here, and only here.
            let code = curl_easy_pause(transfer.handle.pointer, CURLPAUSE_CONT)
            if code != CURLE_OK { finish(id, transfer.exchange, outcome(of: transfer, code)) }
        }
    }

    /// Hands requests to libcurl while there is room.
    private func admit() {
        while let id = line.admit() {
            guard let exchange = exchanges[id] else { continue }
            guard let handle = takeHandle() else {
                line.release(host: exchange.checked.origin.description)
                finish(id, exchange, .failure(.unreachable(reason: "no memory for another request")))
                continue
            }
            start(exchange, on: handle)
        }
    }

    private func start(_ exchange: Exchange, on handle: EasyHandle) {
        let transfer = Transfer(exchange, on: handle, maxHeaderBytes: configuration.maxHeaderBytes)
        transfers[exchange.id] = transfer
        idsOfHandles[handle.pointer] = exchange.id
        mailbox.count { $0.requests += 1 }
        do throws(TransportError) {
            handle.setCallbacks(Unmanaged.passUnretained(transfer).toOpaque())
            try handle.prepare(exchange, configuration: configuration)
        } catch {
            return finish(exchange.id, exchange, .failure(error))
        }
        let code = curl_multi_add_handle(multi, handle.pointer)
        if code != CURLM_OK { finish(exchange.id, exchange, .failure(.unreachable(reason: Self.reason(code)))) }
    }

    private func takeHandle() -> EasyHandle? {
        if let handle = idleHandles.popLast() {
            mailbox.count { $0.handlesReused += 1 }
            return handle
        }
        guard let handle = EasyHandle() else { return nil }
        mailbox.count { $0.handlesCreated += 1 }
        return handle
    }

    /// Ends what libcurl says is done; whether there was any.
    private func collectFinished() -> Bool {
        var hasFinished = false
        var leftCount: Int32 = 0
        while let message = curl_multi_info_read(multi, &leftCount)?.pointee {
            guard message.msg == CURLMSG_DONE, let pointer = message.easy_handle, let id = idsOfHandles[pointer],
                let transfer = transfers[id]
            else { continue }
            hasFinished = true
            finish(id, transfer.exchange, outcome(of: transfer, message.data.result))
        }
        return hasFinished
    }

    private func outcome(of transfer: Transfer, _ code: CURLcode) -> Result<Void, TransportError> {
        if let refusal = transfer.refusal { return .failure(refusal) }
        if code == CURLE_OK { return .success(()) }
        if code == CURLE_OUT_OF_MEMORY, transfer.hasLeft, transfer.version == nil {
            // So libcurl says that one line of the head is over its own limit, of 100 KiB.
            return .failure(.tooLarge(limitBytes: configuration.maxHeaderBytes))
        }
        let circumstances = TransportError.Circumstances(
            hasLeft: transfer.hasLeft,
            isPastDeadline: ContinuousClock.now >= transfer.exchange.endsAt,
            deadline: transfer.exchange.checked.deadline,
            lowSpeedSeconds: configuration.lowSpeedSeconds,
            reason: transfer.handle.reason(code))
        return .failure(TransportError(code, circumstances))
    }

    /// Lets go of a request, wherever it is, and then tells its task.
    private func finish(_ id: UInt64, _ exchange: Exchange, _ result: Result<Void, TransportError>) {
        exchanges[id] = nil
        if let transfer = transfers.removeValue(forKey: id) {
            retire(transfer)
        } else {
            _ = line.leave(id)
        }
        exchange.end(result)
    }

    private func retire(_ transfer: Transfer) {
        let handle = transfer.handle
        mailbox.count { counters in
            let opened = handle.number(CURLINFO_NUM_CONNECTS)
            counters.connectionsOpened += opened
            if opened == 0, transfer.hasLeft { counters.connectionsReused += 1 }
            counters.nameLookups += transfer.nameLookups
            if transfer.version == "2" { counters.http2Streams += 1 }
            counters.bytesIn += handle.size(CURLINFO_SIZE_DOWNLOAD_T) + handle.number(CURLINFO_HEADER_SIZE)
        }
        idsOfHandles[handle.pointer] = nil
        // A handle that was never added is none of the multi handle's business, which then says so.
        _ = curl_multi_remove_handle(multi, handle.pointer)
        handle.reset()
        idleHandles.append(handle)
        line.release(host: transfer.exchange.checked.origin.description)
    }

    /// Ends the requests whose time is over, those that wait in line included.
    private func endOverdue() {
        let now = ContinuousClock.now
        guard let nextDeadline, nextDeadline <= now else { return }
        for (id, exchange) in exchanges where exchange.endsAt <= now {
            finish(id, exchange, .failure(.timedOut(seconds: exchange.checked.deadline.inSeconds)))
        }
        self.nextDeadline = exchanges.values.map(\.endsAt).min()
    }

    /// Sleeps until a socket, a timer of libcurl's, a deadline or an order needs the thread.
    private func wait() {
        let left = nextDeadline.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(60)
        let code = curl_multi_poll(multi, nil, 0, Int32(min(left, .seconds(60)).inMilliseconds), nil)
        if code != CURLM_OK { failAll(code) }
    }

    /// libcurl itself is in trouble: nothing that runs can be trusted to end.
    private func failAll(_ code: CURLMcode) {
        for (id, transfer) in transfers {
            let reason = Self.reason(code)
            finish(
                id, transfer.exchange,
                .failure(transfer.hasLeft ? .interrupted(reason: reason) : .unreachable(reason: reason)))
        }
    }

    private func set(_ option: CURLMoption, _ value: Int) {
        let code = bucketbot_multi_set_long(multi, option, value)
        precondition(code == CURLM_OK, "libcurl knows these four options since 7.30")
    }

    private static func reason(_ code: CURLMcode) -> String { String(cString: curl_multi_strerror(code)) }
}
