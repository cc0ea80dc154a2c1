internal import Foundation
internal import Logging

/// How log lines are written.
enum LogFormat: String, CaseIterable, Sendable {
    /// For people: `TIME level message key=value`.
    case text
    /// For collectors: one JSON object a line.
    case json
}

/// Writes log lines to standard error, in the one form or the other.
///
/// Whatever stands in a message or in a value, an event is one line.
struct LogLine: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info
    private let label: String
    private let format: LogFormat
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// A handler.
    ///
    /// - Parameters:
    ///   - label: The logger's name.
    ///   - format: The form.
    ///   - now: The clock.
    ///   - write: Gets each line with its line end.
    init(
        label: String, format: LogFormat, now: @escaping @Sendable () -> Date,
        write: @escaping @Sendable (String) -> Void = Self.writeToStandardError
    ) {
        self.label = label
        self.format = format
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one event.
    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let more = event.metadata { fields.merge(more) { $1 } }
        switch format {
        case .text: write(text(event, fields))
        case .json: write(json(event, fields))
        }
    }

    private var time: String { now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    private func text(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
        let fields = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }
        let message = Self.plain("\(event.message)")
        return "\(time) \(event.level.rawValue) \(message)\(fields.joined())\n"
    }

    private func json(_ event: LogEvent, _ fields: Logger.Metadata) -> String {
        let own: Logger.Metadata = [
            "time": "\(time)", "level": "\(event.level.rawValue)", "message": "\(event.message)", "logger": "\(label)",
        ]
        let members = fields.merging(own) { $1 }.sorted { $0.key < $1.key }
        return "{" + members.map { "\(Self.jsonText($0.key)):\(Self.jsonText("\($0.value)"))" }.joined(separator: ",")
            + "}\n"
    }

    /// Without what could end the line or move a terminal's cursor.
    private static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.map { isControl($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value)
    }

    private static func quoted(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        let text = plain(value)
        return needsQuotes ? "\"" + text.replacing("\"", with: "\\\"") + "\"" : text
    }

    private static func jsonText(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case _ where isControl(scalar):
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    /// Writes a line at once, so that lines of several threads do not mix.
    static func writeToStandardError(_ line: String) {
        do {
            try FileHandle.standardError.write(contentsOf: Data(line.utf8))
        } catch {
            // Whoever reads the log has gone away; there is nobody left to tell.
        }
    }
}
