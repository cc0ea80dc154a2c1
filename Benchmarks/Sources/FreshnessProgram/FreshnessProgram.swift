import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage

/// `probe-freshness ROOT FILE CONNECTIONS`: looks how fresh each location of a file is, once as if for the first time
/// and once knowing the newest build, over the real transport.
///
/// Shape of the file: one `gs://` address a line. One line of JSON comes for each pass; see `Pass`.
@main
enum FreshnessProgram {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let connections = Int(arguments[2]) else {
            try FileHandle.standardError.write(
                contentsOf: Data("usage: probe-freshness ROOT FILE CONNECTIONS\n".utf8))
            exit(2)
        }
        let text = try String(contentsOf: URL(filePath: arguments[1]), encoding: .utf8)
        let locations = try text.split(separator: "\n").map { try BucketLocation(String($0)) }

        var configuration = CurlConfiguration()
        configuration.maxConnections = connections
        configuration.maxConnectionsPerHost = connections
        let transport = try CurlTransport(configuration)
        let client = GCSClient(
            transport: transport, rootURL: arguments[0], surroundings: Surroundings(now: { Date() }),
            concurrency: ConcurrencyLimit(connections))
        let sweep = FreshnessPass(prober: LocationProber(storage: client, policy: Policy()), locations: locations)

        let cold = try await sweep.run("cold", knownNewest: Array(repeating: nil, count: locations.count))
        try print(cold.measured)
        try print(try await sweep.run("later", knownNewest: cold.newest).measured)
        await transport.close()
    }

    private static func print(_ measured: MeasuredPass) throws {
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(measured) + Data("\n".utf8))
    }
}
