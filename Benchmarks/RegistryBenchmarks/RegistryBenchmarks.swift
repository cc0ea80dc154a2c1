import Benchmark
import BotCore
import Foundation

/// Checks of a registry that is in memory: `BENCH_REGISTRY` is its folder, `BENCH_CHANGED` the file that is edited.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        // The format that scripts/bench.d reads has to have the throughput too.
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident, .throughput], warmupIterations: 3,
        maxDuration: .seconds(20), maxIterations: 40)

    Benchmark("change") { benchmark, change in
        for _ in benchmark.scaledIterations { blackHole(change.findings()) }
    } setup: {
        try RegistryEdit.ofEnvironment()
    }

    Benchmark("read one file") { benchmark, change in
        for _ in benchmark.scaledIterations { blackHole(change.read()) }
    } setup: {
        try RegistryEdit.ofEnvironment()
    }

    Benchmark("put together") { benchmark, change in
        for _ in benchmark.scaledIterations { blackHole(change.head()) }
    } setup: {
        try RegistryEdit.ofEnvironment()
    }

    Benchmark("all rules") { benchmark, change in
        for _ in benchmark.scaledIterations {
            blackHole(RegistryCheck.findings(in: change.base, policy: change.policy))
        }
    } setup: {
        try RegistryEdit.ofEnvironment()
    }
}
