internal import DequeModule

/// Decides whose turn it is: requests wait in line for their host, and so many run at once, in all and per host.
///
/// The thread keeps this line itself because a request that waits inside libcurl for a connection has its connect
/// timeout running. A host that is full holds up nobody else.
struct WaitingLine {
    private let maxRunning: Int
    private let maxRunningPerHost: Int
    private var lines: [String: Deque<UInt64>] = [:]
    private var running: [String: Int] = [:]
    private var hostsOfWaiting: [UInt64: String] = [:]
    private var runningCount = 0

    /// An empty line.
    ///
    /// - Parameters:
    ///   - maxRunning: How many may run at once.
    ///   - maxRunningPerHost: How many of them to one host.
    init(maxRunning: Int, maxRunningPerHost: Int) {
        self.maxRunning = maxRunning
        self.maxRunningPerHost = maxRunningPerHost
    }

    /// How many wait.
    var waitingCount: Int { hostsOfWaiting.count }

    /// Puts a request at the end of its host's line.
    ///
    /// - Parameters:
    ///   - id: Numbers rise: the lowest is taken to have waited longest.
    ///   - host: Scheme, host and port.
    mutating func join(_ id: UInt64, host: String) {
        lines[host, default: []].append(id)
        hostsOfWaiting[id] = host
    }

    /// Takes a request out that no longer wants its turn; whether it was waiting.
    mutating func leave(_ id: UInt64) -> Bool {
        guard let host = hostsOfWaiting.removeValue(forKey: id) else { return false }
        lines[host]?.removeAll { $0 == id }
        dropIfEmpty(host)
        return true
    }

    /// Lets the request run that has waited longest among the hosts with room; nil when nobody may.
    mutating func admit() -> UInt64? {
        guard runningCount < maxRunning else { return nil }
        let hosts = lines.filter { running[$0.key, default: 0] < maxRunningPerHost }
        let first = hosts.compactMap { host, line in line.first.map { (id: $0, host: host) } }.min { $0.id < $1.id }
        guard let first else { return nil }
        lines[first.host]?.removeFirst()
        dropIfEmpty(first.host)
        hostsOfWaiting[first.id] = nil
        running[first.host, default: 0] += 1
        runningCount += 1
        return first.id
    }

    /// Makes room: a request to `host` no longer runs.
    mutating func release(host: String) {
        guard let count = running[host] else { return }
        running[host] = count > 1 ? count - 1 : nil
        runningCount -= 1
    }

    private mutating func dropIfEmpty(_ host: String) {
        if let line = lines[host], line.isEmpty { lines[host] = nil }
    }
}
