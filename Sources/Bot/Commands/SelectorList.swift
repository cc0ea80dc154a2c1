internal import BotCore
internal import Foundation

/// Reads the selectors of a command line.
enum SelectorList {
    /// Those given one by one, then those of a file.
    ///
    /// - Parameters:
    ///   - arguments: One selector each.
    ///   - file: One selector a line; blank lines are skipped; `-` is standard input; nil for none.
    /// - Returns: The selectors in that order.
    /// - Throws: `WrongUse` naming the argument or the line that is no selector.
    static func read(_ arguments: [String], file: String?) throws -> [Selector] {
        var selectors = try arguments.map { try selector($0, where: "") }
        guard let file else { return selectors }
        // Swift takes CR LF as one character, which is a newline and is not "\n".
        // An editor may have put a byte-order mark before the first line.
        let text = try text(of: file)
        let start =
            text.unicodeScalars.first == "\u{FEFF}"
            ? text.unicodeScalars.index(after: text.startIndex) : text.startIndex
        let lines = text[start...].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            selectors.append(try selector(String(line), where: "\(file):\(index + 1): "))
        }
        // An empty list is no wish to have everything checked.
        guard !selectors.isEmpty else { throw WrongUse("--selectors \(file): it holds no selector.") }
        return selectors
    }

    private static func selector(_ text: String, where place: String) throws -> Selector {
        do {
            return try Selector(text)
        } catch .unknownKind(let text) {
            let kinds = Selector.kinds.map { $0 + ":" }.joined(separator: ", ")
            throw WrongUse("\(place)\"\(text)\" is no selector: it starts with none of \(kinds).")
        } catch .emptyName(let kind) {
            throw WrongUse("\(place)\"\(text)\" names nothing: write a name behind \"\(kind):\".")
        } catch .tabWithoutDashboard(let name) {
            throw WrongUse("\(place)\"tab:\(name)\" is no selector: write tab:DASHBOARD#TAB.")
        }
    }

    /// Bytes of a list that are read: some 200,000 selectors.
    private static let byteLimit = 16 << 20

    private static func text(of file: String) throws -> String {
        do {
            let handle = file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
            let data = try handle.read(upToCount: byteLimit + 1) ?? Data()
            guard data.count <= byteLimit else {
                throw WrongUse("--selectors \(file): it has more than \(byteLimit >> 20) MiB. Give fewer at once.")
            }
            return String(decoding: data, as: UTF8.self)
        } catch let error as WrongUse {
            throw error
        } catch {
            throw WrongUse("--selectors \(file): cannot be read: \(systemReason(error)).")
        }
    }
}

/// Reads a location of a command line.
enum LocationArgument {
    /// A location, with or without a slash at its end.
    ///
    /// - Throws: `WrongUse` saying what is wrong with the text.
    static func read(_ text: String) throws -> BucketLocation {
        do {
            return try BucketLocation(text)
        } catch .scheme {
            throw WrongUse("\"\(text)\" is no location: it does not start with gs://. Write gs://BUCKET/PREFIX.")
        } catch .bucketName(let reason) {
            throw WrongUse("\"\(text)\" is no location: no bucket can have that name, for \(reason).")
        } catch .path(let part) {
            throw WrongUse("\"\(text)\" is no location: its path has \"\(part)\", which no results lie under.")
        }
    }
}
