internal import struct Foundation.Date

/// What is left of a token's hour.
struct RateState: Hashable {
    let limit: Int
    let used: Int
    /// Seconds since 1970.
    let resetAt: Int

    /// As answers carry it.
    func headers(resource: String) -> [StandInHeader] {
        [
            .init(name: "X-RateLimit-Limit", value: "\(limit)"),
            .init(name: "X-RateLimit-Remaining", value: "\(max(0, limit - used))"),
            .init(name: "X-RateLimit-Used", value: "\(min(used, limit))"),
            .init(name: "X-RateLimit-Reset", value: "\(resetAt)"),
            .init(name: "X-RateLimit-Resource", value: resource),
        ]
    }

    /// As `/rate_limit` tells it.
    var json: JSON {
        ["limit": .int(limit), "used": .int(used), "remaining": .int(max(0, limit - used)), "reset": .int(resetAt)]
    }
}

/// What the limits see of a request.
struct RatedRequest: Hashable {
    /// Whose hour it is taken from.
    let key: String
    let isGraphQL: Bool
    let isWrite: Bool
    /// Whether it costs nothing.
    let isFree: Bool
}

extension GitHubState {
    private static let windowSeconds = 3_600.0

    /// What is left of the hour of a token's holder.
    func rate(_ key: String, isGraphQL: Bool, _ limits: GitHubLimits, now: Date) -> RateState {
        let window = usage[Self.key(key, isGraphQL)] ?? RateWindow(start: now)
        let isOver = now.timeIntervalSince(window.start) >= Self.windowSeconds
        let start = isOver ? now : window.start
        return RateState(
            limit: limits.requestsPerHour, used: isOver ? 0 : window.used,
            resetAt: Int(start.timeIntervalSince1970 + Self.windowSeconds))
    }

    /// Takes one request off the hour of a token's holder.
    ///
    /// - Throws: `GitHubFailure` where nothing is left, or too much was written in a minute.
    mutating func spend(_ rated: RatedRequest, _ limits: GitHubLimits, now: Date) throws -> RateState {
        let name = Self.key(rated.key, rated.isGraphQL)
        let resource = rated.isGraphQL ? "graphql" : "core"
        var window = usage[name] ?? RateWindow(start: now)
        if now.timeIntervalSince(window.start) >= Self.windowSeconds { window = RateWindow(start: now) }
        let resetAt = Int(window.start.timeIntervalSince1970 + Self.windowSeconds)
        if !rated.isFree {
            guard window.used < limits.requestsPerHour else {
                let full = RateState(limit: limits.requestsPerHour, used: window.used, resetAt: resetAt)
                throw GitHubFailure(
                    status: 403, message: "API rate limit exceeded for \(rated.key).",
                    headers: full.headers(resource: resource))
            }
            window.used += 1
        }
        let state = RateState(limit: limits.requestsPerHour, used: window.used, resetAt: resetAt)
        if let most = limits.contentPerMinute, rated.isWrite, !rated.isGraphQL {
            let second = Int64(now.timeIntervalSince1970)
            window.contentSeconds.removeAll { $0 <= second - 60 }
            guard window.contentSeconds.count < most else {
                usage[name] = window
                throw GitHubFailure(
                    status: 403,
                    message: "You have exceeded a secondary rate limit and have been temporarily blocked from "
                        + "content creation. Please retry your request again later.",
                    headers: state.headers(resource: resource) + [.init(name: "Retry-After", value: "60")])
            }
            window.contentSeconds.append(second)
        }
        usage[name] = window
        return state
    }

    /// Gives a request back that turned out to cost nothing.
    mutating func refund(_ key: String, isGraphQL: Bool) {
        usage[Self.key(key, isGraphQL)]?.used -= 1
    }

    private static func key(_ key: String, _ isGraphQL: Bool) -> String { isGraphQL ? key + "#graphql" : key }
}
