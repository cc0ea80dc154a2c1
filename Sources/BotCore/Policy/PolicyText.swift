/// What texts of a policy have to be like: each function says what is wrong with one, or nil.
enum PolicyText {
    /// Characters of a pattern or a name.
    static let characterLimit = 256
    /// Characters of a label's name.
    static let labelLimit = 50

    /// A pattern of paths or names, as `Glob` reads it.
    static func glob(_ text: String) -> String? {
        if let problem = name(text) { return problem }
        if text.hasPrefix("/") { return "paths start at the root of the repository, without a slash" }
        if text.contains("\\") { return "parts of a path are separated by /, and nothing is escaped" }
        if text.split(separator: "/").contains("..") { return "a path cannot go up" }
        var depth = 0
        for character in text where character == "{" || character == "}" {
            depth += character == "{" ? 1 : -1
            if depth < 0 { break }
        }
        if depth != 0 { return "its braces do not match" }
        return Glob.isCut(text) ? "its braces stand for more than \(Glob.alternativeLimit) patterns" : nil
    }

    /// The name of something: one line, not blank, not too long.
    static func name(_ text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) { return "it is empty" }
        if text.unicodeScalars.count > characterLimit { return "it has more than \(characterLimit) characters" }
        return hasControl(text) ? "it has a control character" : nil
    }

    /// The name of a label.
    ///
    /// Source: GitHub takes names of 1 to 50 characters.
    static func label(_ text: String) -> String? {
        if let problem = name(text) { return problem }
        return text.unicodeScalars.count > labelLimit ? "GitHub's labels have at most \(labelLimit) characters" : nil
    }

    /// A location of results.
    static func location(_ text: String) -> String? {
        do {
            _ = try BucketLocation(text)
            return nil
        } catch {
            switch error {
            case .scheme: return "it does not start with gs://"
            case .bucketName(let reason): return "the bucket's name cannot exist: \(reason)"
            case .path(let part): return "its path has \"\(part)\""
            }
        }
    }

    private static func hasControl(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }
}
