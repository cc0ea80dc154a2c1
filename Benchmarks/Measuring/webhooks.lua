-- Sends one signed delivery after another, each under an ID of its own, and prints what came of it as JSON.
-- usage: wrk -s webhooks.lua URL -- BODY_FILE SIGNATURE RUN [THINK_SECONDS]

local threads = 0

function setup(thread)
    thread:set("thread", threads)
    threads = threads + 1
end

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    body = file:read("*a")
    file:close()
    run, think, count = arguments[3], tonumber(arguments[4] or "0"), 0
    if think > 0 then
        -- Senders that know nothing of each other: the time between two requests has an exponential distribution.
        math.randomseed(1000 + thread)
        delay = function() return math.floor(-1000 * think * math.log(1 - math.random())) end
    end
    headers = {
        ["Content-Type"] = "application/json", ["User-Agent"] = "GitHub-Hookshot/0000000",
        ["X-GitHub-Event"] = "pull_request", ["X-Hub-Signature-256"] = arguments[2],
    }
end

function request()
    count = count + 1
    headers["X-GitHub-Delivery"] = string.format("%s-%d-%d", run, thread, count)
    return wrk.format("POST", nil, headers, body)
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        '{"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p99": %f, "longest": %f}\n', summary.requests,
        summary.duration / 1e6, failed, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, latency.max / 1e6))
end
