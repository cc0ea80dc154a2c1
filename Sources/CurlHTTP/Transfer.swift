internal import CCurl

/// One request while libcurl carries it, with what its callbacks need; only the thread touches it.
final class Transfer {
    /// The request and who waits for it.
    let exchange: Exchange
    /// The handle that carries it.
    let handle: EasyHandle
    /// Whether a connection stood and sending began.
    fileprivate(set) var hasLeft = false
    /// Why a callback broke the transfer off; it goes before what libcurl says.
    fileprivate(set) var refusal: TransportError?
    /// Names that had to be looked up for it.
    fileprivate(set) var nameLookups = 0

    private let byteLimit: Int
    private let body: [UInt8]
    private var sentCount = 0
    private var receivedCount = 0
    private var head: HeadReader

    /// A transfer that has yet to be handed to libcurl.
    ///
    /// - Parameters:
    ///   - exchange: The request and who waits for it.
    ///   - handle: A handle that nobody uses.
    ///   - maxHeaderBytes: The largest head that is taken.
    init(_ exchange: Exchange, on handle: EasyHandle, maxHeaderBytes: Int) {
        self.exchange = exchange
        self.handle = handle
        byteLimit = exchange.checked.request.byteLimit
        body = exchange.checked.request.body ?? []
        head = HeadReader(limitBytes: maxHeaderBytes)
    }

    /// The version of the answer: "1.1" or "2"; nil before its head is complete.
    var version: String? { head.head?.version }

    /// Takes a line of the head; false breaks the transfer off.
    fileprivate func receive(headLine line: UnsafeRawBufferPointer) -> Bool {
        do throws(TransportError) {
            guard try head.read(line), let head = head.head else { return true }
            let hasBody = exchange.checked.request.method != .head && head.status != 304
            if hasBody, let size = head.headers["Content-Length"].flatMap({ Int($0) }), size > byteLimit {
                throw .tooLarge(limitBytes: byteLimit)
            }
            exchange.begin(head)
            return true
        } catch {
            refusal = error
            return false
        }
    }

    /// Takes a piece of the unpacked body; the answer is what libcurl wants to hear.
    fileprivate func receive(body piece: UnsafeRawBufferPointer) -> Int {
        guard piece.count <= byteLimit - receivedCount else {
            refusal = .tooLarge(limitBytes: byteLimit)
            return Int(CURL_WRITEFUNC_ERROR)
        }
        guard exchange.offer(piece) else { return Int(CURL_WRITEFUNC_PAUSE) }
        receivedCount += piece.count
        return piece.count
    }

    /// Fills `room` with the next bytes of what is sent.
    fileprivate func send(into room: UnsafeMutableRawBufferPointer) -> Int {
        let piece = body[sentCount...].prefix(room.count)
        room.copyBytes(from: piece)
        sentCount += piece.count
        return piece.count
    }
}

// libcurl calls these on the thread while it holds the `Transfer` that `context` points to.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

/// `CURLOPT_HEADERFUNCTION`: one line of a head or trailer.
func receiveHeadLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    guard let transfer = transfer(context), transfer.receive(headLine: line) else { return Int(CURL_WRITEFUNC_ERROR) }
    return line.count
}

/// `CURLOPT_WRITEFUNCTION`: a piece of the body, unpacked.
func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer(context)?.receive(body: piece) ?? Int(CURL_WRITEFUNC_ERROR)
}

/// `CURLOPT_READFUNCTION`: room for more of what is sent.
func sendBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    transfer(context)?.send(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        ?? Int(CURL_READFUNC_ABORT)
}

/// `CURLOPT_PREREQFUNCTION`: the connection stands, proxy and TLS included, and the request is about to be sent.
func requestLeaves(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?,
    _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    transfer(context)?.hasLeft = true
    return CURL_PREREQFUNC_OK
}

/// `CURLOPT_RESOLVER_START_FUNCTION`: the cache does not know a name.
func nameIsLookedUp(
    _ state: UnsafeMutableRawPointer?, _ reserved: UnsafeMutableRawPointer?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    transfer(context)?.nameLookups += 1
    return 0
}
