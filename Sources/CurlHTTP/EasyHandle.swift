internal import CCurl

/// One of libcurl's easy handles, which is set anew for each request and keeps nothing of the one before.
///
/// Only the thread touches it.
final class EasyHandle {
    /// The `CURL *`.
    let pointer: UnsafeMutableRawPointer

    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var firstFailure = CURLE_OK

    /// A new handle; nil where memory is out.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    /// Forgets the last request; connections and names are the multi handle's and stay.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headerList)
        headerList = nil
        errorText[0] = 0
        firstFailure = CURLE_OK
    }

    /// What libcurl says about a code, with the details of this transfer where it gave any.
    func reason(_ code: CURLcode) -> String {
        String(cString: errorText[0] == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText))
    }

    /// A number that libcurl kept about the transfer; 0 where it has none.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return bucketbot_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// A size that libcurl kept about the transfer; 0 where it has none.
    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return bucketbot_get_size(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// Sets all options for a request.
    ///
    /// - Parameters:
    ///   - exchange: The request.
    ///   - configuration: Limits, proxy and trust.
    /// - Throws: `notAllowed` where libcurl refuses an option.
    func prepare(_ exchange: Exchange, configuration: CurlConfiguration) throws(TransportError) {
        setSafety(exchange.checked, configuration)
        setLimits(ContinuousClock.now.duration(to: exchange.endsAt), configuration)
        setVersion(isSecure: exchange.checked.origin.scheme == "https", canPause: exchange.canPause)
        setMessage(exchange.checked.request, configuration)
        guard firstFailure == CURLE_OK else { throw .notAllowed(reason: reason(firstFailure)) }
    }

    /// Sets the functions that libcurl calls with `context`.
    func setCallbacks(_ context: UnsafeMutableRawPointer) {
        note(bucketbot_set_bytes_callback(pointer, CURLOPT_HEADERFUNCTION, receiveHeadLine))
        note(bucketbot_set_pointer(pointer, CURLOPT_HEADERDATA, context))
        note(bucketbot_set_bytes_callback(pointer, CURLOPT_WRITEFUNCTION, receiveBody))
        note(bucketbot_set_pointer(pointer, CURLOPT_WRITEDATA, context))
        note(bucketbot_set_bytes_callback(pointer, CURLOPT_READFUNCTION, sendBody))
        note(bucketbot_set_pointer(pointer, CURLOPT_READDATA, context))
        note(bucketbot_set_prereq_callback(pointer, requestLeaves))
        note(bucketbot_set_pointer(pointer, CURLOPT_PREREQDATA, context))
        note(bucketbot_set_resolver_callback(pointer, nameIsLookedUp))
        note(bucketbot_set_pointer(pointer, CURLOPT_RESOLVER_START_DATA, context))
        note(bucketbot_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    private func setSafety(_ checked: CheckedRequest, _ configuration: CurlConfiguration) {
        set(CURLOPT_PROTOCOLS_STR, checked.origin.scheme)
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile = configuration.caFile {
            set(CURLOPT_CAINFO, caFile)
            note(bucketbot_set_string(pointer, CURLOPT_CAPATH, nil))  // Otherwise the system's would be trusted too.
        }
        switch configuration.proxy {
        case .environment:
            // A proxy elsewhere cannot mean this machine by "localhost"; libcurl would ask it all the same.
            if checked.origin.isLoopback { set(CURLOPT_PROXY, "") }
        case .none:
            set(CURLOPT_PROXY, "")
        case .url(let url):
            set(CURLOPT_PROXY, url)
            set(CURLOPT_NOPROXY, "")
        }
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func setLimits(_ time: Duration, _ configuration: CurlConfiguration) {
        set(CURLOPT_NOSIGNAL, 1)
        // The thread ends what is overdue itself, on time; this is for the case that it does not.
        set(CURLOPT_TIMEOUT_MS, time.inMilliseconds + 1_000)
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeoutSeconds * 1_000)
        set(CURLOPT_LOW_SPEED_LIMIT, configuration.lowSpeedBytesPerSecond)
        set(CURLOPT_LOW_SPEED_TIME, configuration.lowSpeedSeconds)
        set(CURLOPT_DNS_CACHE_TIMEOUT, configuration.nameCacheSeconds)
        // Without it, giving up a request whose name is being looked up waits for the resolver, and all others with it.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
    }

    /// HTTP/2 where TLS can tell it, over the connection that is there or coming.
    ///
    /// Not for a body that may be paused: libcurl (seen with 7.88.1) goes on receiving a paused HTTP/2 stream, spins
    /// meanwhile, and holds up the other streams of the connection. Over a connection of its own it just stops.
    private func setVersion(isSecure: Bool, canPause: Bool) {
        let isShared = isSecure && !canPause
        set(CURLOPT_HTTP_VERSION, Int(isShared ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
        set(CURLOPT_PIPEWAIT, isShared ? 1 : 0)
    }

    private func setMessage(_ request: HTTPRequest, _ configuration: CurlConfiguration) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PATH_AS_IS, 1)  // An object's name may hold "../".
        set(CURLOPT_ACCEPT_ENCODING, "gzip")
        set(CURLOPT_USERAGENT, configuration.userAgent)
        var extra: [String] = []
        switch request.method {
        case .get:
            set(CURLOPT_HTTPGET, 1)
        case .head:
            set(CURLOPT_NOBODY, 1)
        case .delete where request.body == nil:
            set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case .post, .put, .patch, .delete:
            let size = request.body?.count ?? 0
            set(CURLOPT_POST, 1)
            note(bucketbot_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(size)))
            if request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
            // libcurl sends a request again when a reused connection dies without an answer. A body that it cannot
            // rewind stops it; where there is none, only a new connection does.
            if size == 0, request.method == .post || request.method == .patch { set(CURLOPT_FRESH_CONNECT, 1) }
            extra.append("Expect:")
            if request.headers["Content-Type"] == nil { extra.append("Content-Type:") }
        }
        setHeaders(request.headers, extra: extra)
    }

    private func setHeaders(_ headers: HTTPHeaders, extra: [String]) {
        let lines = headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" } + extra
        for line in lines {
            guard let longer = curl_slist_append(headerList, line) else { return note(CURLE_OUT_OF_MEMORY) }
            headerList = longer
        }
        note(bucketbot_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    private func set(_ option: CURLoption, _ value: Int) { note(bucketbot_set_long(pointer, option, value)) }

    private func set(_ option: CURLoption, _ value: String) { note(bucketbot_set_string(pointer, option, value)) }

    private func note(_ code: CURLcode) {
        if firstFailure == CURLE_OK { firstFailure = code }
    }
}
