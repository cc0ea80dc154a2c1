internal import struct Foundation.Date

/// Reads one line that starts with a slash.
enum CommandReader {
    /// Characters of a reason that are kept.
    static let reasonLimit = 500

    /// Characters of a name that is compared with ours: others' lines may be as long as they like.
    private static let nameLimit = 40

    /// What a line asks of us; nil where it is another bot's command, or none.
    static func command(in line: String) -> SlashCommand? {
        let written = line.dropFirst().prefix { !$0.isWhitespace }
        guard !written.isEmpty, written.utf8.count <= nameLimit else { return nil }
        let words = CommandWords(line[written.endIndex...])
        let lowered = written.lowercased()
        guard let name = CommandTable.Name(rawValue: lowered) else { return nearlyOurs(lowered, line: line, words) }
        do {
            switch name {
            case .checkBucket: return try checkBucket(words)
            case .keep: return try keep(words)
            case .restore: return try restore(words)
            }
        } catch {
            return .misused(CommandMisuse(command: name, problem: .quotes))
        }
    }

    private static func nearlyOurs(_ written: String, line: String, _ words: CommandWords) -> SlashCommand? {
        for name in CommandTable.Name.allCases where editDistance(written, name.rawValue, limit: name.tolerance) != nil
        {
            let arguments = words.remainder
            return .misused(
                CommandMisuse(
                    command: name, problem: .unknownName(written),
                    suggestion: "/\(name.rawValue)" + (arguments.isEmpty ? "" : " \(arguments)")))
        }
        return nil
    }

    // MARK: - /check-bucket

    private static func checkBucket(_ words: CommandWords) throws(CommandWords.QuoteError) -> SlashCommand {
        var words = words
        let arguments = words.remainder
        guard let word = try words.next() else { return .checkBucket(nil) }
        if !word.isQuoted, word.text.lowercased() == "help", words.isAtEnd { return .help }
        switch subject(word) {
        case .success(let subject):
            guard words.isAtEnd else {
                return .misused(
                    CommandMisuse(
                        command: .checkBucket, problem: .tooManyArguments,
                        suggestion: suggestionForSpaces(in: arguments, first: word, subject)))
            }
            return .checkBucket(subject)
        case .failure(let misuse):
            return .misused(misuse)
        }
    }

    /// A name with spaces that stands there without quotation marks is taken for one name.
    private static func suggestionForSpaces(
        in arguments: String, first: CommandWords.Word, _ subject: CheckSubject
    ) -> String? {
        guard !first.isQuoted, case .selector(let selector) = subject else { return nil }
        if case .bucket = selector { return nil }
        return "/check-bucket \(CommandWords.quoted(arguments))"
    }

    private static func subject(_ word: CommandWords.Word) -> Result<CheckSubject, CommandMisuse> {
        if word.text.hasPrefix("gs://") {
            do {
                return .success(.location(try BucketLocation(word.text)))
            } catch {
                let problem = CommandMisuse.Problem.location(word.text, reason: reason(error))
                return .failure(CommandMisuse(command: .checkBucket, problem: problem))
            }
        }
        do {
            return .success(.selector(try Selector(word.text)))
        } catch {
            return .failure(
                CommandMisuse(
                    command: .checkBucket, problem: .unknownArgument(word.text),
                    suggestion: meant(by: word.text, allowsLocation: true).map { "/check-bucket \($0)" }))
        }
    }

    private static func reason(_ error: BucketLocationError) -> String {
        switch error {
        case .scheme: "it does not start with gs://"
        case .bucketName(let reason): "in the bucket's name, \(reason)"
        case .path(let part): part == " " ? "the path has a space" : "the path has \"\(part)\""
        }
    }

    // MARK: - /keep and /restore

    private static func keep(_ words: CommandWords) throws(CommandWords.QuoteError) -> SlashCommand {
        var words = words
        var selector: Selector?
        if let first = words.ahead, first.hasPrefix("\"") || looksLikeSelector(first) {
            guard let word = try words.next() else { return .keep(nil, until: nil, reason: nil) }
            switch named(word, for: .keep) {
            case .success(let found): selector = found
            case .failure(let misuse): return .misused(misuse)
            }
        }
        var until: Date?
        if words.ahead?.lowercased() == "until" {
            _ = try words.next()
            let day = words.ahead ?? ""
            guard let date = Self.date(day) else {
                return .misused(CommandMisuse(command: .keep, problem: .date(day)))
            }
            _ = try words.next()
            until = date
        }
        let reason = String(words.remainder.prefix(reasonLimit))
        return .keep(selector, until: until, reason: reason.isEmpty ? nil : reason)
    }

    private static func restore(_ words: CommandWords) throws(CommandWords.QuoteError) -> SlashCommand {
        var words = words
        let arguments = words.remainder
        guard let word = try words.next() else { return .restore(nil) }
        switch named(word, for: .restore) {
        case .failure(let misuse): return .misused(misuse)
        case .success(let selector):
            guard words.isAtEnd else {
                let suggestion = word.isQuoted ? nil : "/restore \(CommandWords.quoted(arguments))"
                return .misused(
                    CommandMisuse(command: .restore, problem: .tooManyArguments, suggestion: suggestion))
            }
            return .restore(selector)
        }
    }

    private static func named(
        _ word: CommandWords.Word, for command: CommandTable.Name
    ) -> Result<Selector, CommandMisuse> {
        do {
            return .success(try Selector(word.text))
        } catch {
            return .failure(
                CommandMisuse(
                    command: command, problem: .unknownArgument(word.text),
                    suggestion: meant(by: word.text, allowsLocation: false).map { "/\(command.rawValue) \($0)" }))
        }
    }

    /// Whether a word is meant to name something rather than to begin a reason.
    private static func looksLikeSelector(_ word: String) -> Bool {
        guard let colon = word.firstIndex(of: ":") else { return false }
        return word.hasPrefix("gs://")
            || !nearest(to: String(word[..<colon].prefix(nameLimit)), among: Selector.kinds).isEmpty
    }

    /// The day at midnight UTC; nil where the text is not `YYYY-MM-DD` of the calendar.
    private static func date(_ text: String) -> Date? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }
        guard numbers.count == 3 else { return nil }
        return CivilTime(year: numbers[0], month: numbers[1], day: numbers[2], secondOfDay: 0).date
    }

    // MARK: - Did you mean

    /// The argument that was perhaps meant, quoted where it has to be.
    private static func meant(by text: String, allowsLocation: Bool) -> String? {
        if text.hasPrefix("gs://") { return CommandWords.quoted("bucket:\(text)") }
        guard let colon = text.firstIndex(of: ":") else { return allowsLocation ? location(meantBy: text) : nil }
        let kind = String(text[..<colon].prefix(nameLimit))
        let name = text[text.index(after: colon)...]
        guard !name.isEmpty, let near = nearest(to: kind, among: Selector.kinds, count: 1).first else { return nil }
        let corrected = "\(near):\(name)"
        do { _ = try Selector(corrected) } catch { return nil }
        return CommandWords.quoted(corrected)
    }

    /// `help` for what is nearly that, else `gs://` before what could be a bucket and a folder.
    private static func location(meantBy text: String) -> String? {
        if text.utf8.count <= nameLimit, editDistance(text.lowercased(), "help", limit: 1) != nil { return "help" }
        guard text.contains(where: { $0 == "-" || $0 == "/" || $0 == "_" }) else { return nil }
        do { return try BucketLocation("gs://\(text)").description } catch { return nil }
    }
}
