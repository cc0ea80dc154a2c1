import Foundation
import Playground

/// `gcs-stand-in FOLDER LATENCY_MS`: serves a world in a process of its own, so that its costs are not the bot's.
///
/// The first line of output is the root of the service. It serves until its input ends, and then says in one line of
/// JSON what it was asked: `{"requests": 4500, "mostAtOnce": 64, "listingsOfOnePrefix": 1}`.
@main
enum StandInProgram {
    /// What it says at its end.
    private struct Summary: Encodable {
        /// Requests of every kind.
        let requests: Int
        /// The most requests that were under way at one time.
        let mostAtOnce: Int
        /// Pages that were asked of the prefix whose listing took the most.
        let listingsOfOnePrefix: Int

        init(_ journal: Journal) {
            requests = journal.count
            mostAtOnce = journal.mostAtOnce
            var pages: [String: Int] = [:]
            for request in journal.requests(.list) {
                pages["\(request.route.bucket ?? "")/\(request.parameter("prefix") ?? "")", default: 0] += 1
            }
            listingsOfOnePrefix = pages.values.max() ?? 0
        }
    }

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let folder = arguments.first, let latency = arguments.last.flatMap({ Int($0) })
        else {
            try say("usage: gcs-stand-in FOLDER LATENCY_MS", to: .standardError)
            exit(2)
        }
        let world = try StandInWorld(folder: URL(filePath: folder, directoryHint: .isDirectory), now: Date())
        let standIn = GCSStandIn(world)
        if latency > 0 { standIn.misbehave(.latency(.milliseconds(latency))) }
        try await withGCSStandIn(standIn) { _, root in
            try say(root, to: .standardOutput)
            await endOfInput()
        }
        let summary = try JSONEncoder().encode(Summary(standIn.journal))
        try say(String(decoding: summary, as: UTF8.self), to: .standardOutput)
    }

    /// Waits, on a thread that nobody else needs, until nobody can write to the input any more.
    private static func endOfInput() async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                while !FileHandle.standardInput.availableData.isEmpty {}
                continuation.resume()
            }
        }
    }

    private static func say(_ line: String, to handle: FileHandle) throws {
        try handle.write(contentsOf: Data((line + "\n").utf8))
    }
}
