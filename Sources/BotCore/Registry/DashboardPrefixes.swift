/// What upstream allows names of dashboards to start with, read from its Go test.
enum DashboardPrefixes {
    /// The string literals of the lists `companies` and `orgs`.
    ///
    /// - Parameter goSource: The test's source.
    /// - Returns: The prefixes in order; nil where neither list is there.
    static func read(goSource: [UInt8]) -> [String]? {
        let source = String(decoding: goSource.prefix(1 << 20), as: UTF8.self)
        let lists = ["companies", "orgs"].compactMap { literals(of: $0, in: source) }
        return lists.isEmpty ? nil : lists.flatMap { $0 }
    }

    /// The literals of `NAME = []string{...}` or `NAME := []string{...}`.
    private static func literals(of name: String, in source: String) -> [String]? {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        func opensList(_ line: Substring) -> Bool {
            let words = line.split(whereSeparator: \.isWhitespace)
            return words.first.map { $0 == name } == true && line.contains("[]string{")
        }
        guard let start = lines.firstIndex(where: opensList) else { return nil }
        var found: [String] = []
        for line in lines[start...] {
            let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
            let parts = code.split(separator: "\"", omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() where index % 2 == 1 { found.append(String(part)) }
            if code.contains("}") { break }
        }
        return found
    }
}
