internal import Foundation
public import Testing

/// Expects a text to be what a file says; the file is what a reviewer reads.
///
/// With `SNAPSHOTS=record` in the environment the file is written anew and the test fails all the same, so that a
/// recording run never passes for a test.
///
/// - Parameters:
///   - text: What the program says.
///   - name: The file below `Snapshots` beside the test's source, with its extension.
///   - testFile: The test's source.
///   - sourceLocation: Where a difference is reported.
/// - Throws: Why the file could not be read or written.
public func expectSnapshot(
    of text: String, named name: String, testFile: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name): review it and run again without SNAPSHOTS", sourceLocation: sourceLocation)
        return
    }
    guard FileManager.default.fileExists(atPath: file.path) else {
        Issue.record("no snapshot \(name): record it with `make snapshots`", sourceLocation: sourceLocation)
        return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let difference = firstDifference(text, expected)
    Issue.record("\(name) differs \(difference); `make snapshots` shows all", sourceLocation: sourceLocation)
}

private func firstDifference(_ text: String, _ expected: String) -> String {
    let got = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(got, wanted).prefix { $0 == $1 }.count
    let gotLine = line < got.count ? String(got[line]) : "nothing"
    let wantedLine = line < wanted.count ? String(wanted[line]) : "nothing"
    return "on line \(line + 1): got «\(gotLine)», the file has «\(wantedLine)»"
}
