internal import CCurl

extension TransportError {
    /// What is known of a transfer that libcurl gave up.
    struct Circumstances {
        /// Whether the request may have reached the server: a connection stood, and sending began.
        let hasLeft: Bool
        /// Whether the request's own deadline is over.
        let isPastDeadline: Bool
        /// That deadline.
        let deadline: Duration
        /// How long a transfer may be too slow.
        let lowSpeedSeconds: Int
        /// What libcurl says, for operators.
        let reason: String
    }

    /// Names libcurl's code by what the caller can do.
    ///
    /// The code tells what broke; whether the request had left decides whether it may simply be sent again.
    init(_ code: CURLcode, _ circumstances: Circumstances) {
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            if circumstances.isPastDeadline {
                self = .timedOut(seconds: circumstances.deadline.inSeconds)
            } else if circumstances.hasLeft {
                self = .timedOut(seconds: Double(circumstances.lowSpeedSeconds))
            } else {
                self = .unreachable(reason: circumstances.reason)
            }
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_BAD_FUNCTION_ARGUMENT,
            CURLE_UNKNOWN_OPTION, CURLE_SETOPT_OPTION_SYNTAX:
            // The first also stands for an answer in HTTP/0.9, which comes after the request has left.
            self =
                circumstances.hasLeft
                ? .interrupted(reason: circumstances.reason) : .notAllowed(reason: circumstances.reason)
        default:
            // Names, connections, TLS and proxies fail before the request leaves; sending, receiving, decoding after.
            // Some codes stand on both sides: CURLE_RECV_ERROR is a broken body, and also a proxy that refuses a
            // tunnel; CURLE_COULDNT_CONNECT is an absent server, and also one that died while libcurl repeated a GET.
            // So the side decides and not the code, also for codes of later versions. Those of FTP, LDAP, SSH and
            // other protocols cannot come: they are not spoken.
            self =
                circumstances.hasLeft
                ? .interrupted(reason: circumstances.reason) : .unreachable(reason: circumstances.reason)
        }
    }
}

extension Duration {
    /// Seconds with their fraction.
    var inSeconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// Whole milliseconds, rounded up, between 1 and a day's worth.
    var inMilliseconds: Int {
        let bounded = min(max(self, .milliseconds(1)), .seconds(86_400))
        let parts = bounded.components
        return Int(parts.seconds) * 1_000 + Int((parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
