public import struct Foundation.Date

/// The name of a build's directory, and what can be read from it.
///
/// Shape: any text without `/`; numbers are recognized by their size. See `BuildIDForm` for the five forms.
///
/// Source: Prow's `pkg/pjutil/tot.go`, bootstrap.py's automatic build ids and TestGrid's conformance uploader.
public struct BuildID: Hashable, Sendable, CustomStringConvertible {
    /// The name as it stands in storage.
    public let text: String
    /// Which of the five forms it has.
    public let form: BuildIDForm
    /// When the build was named, according to the name itself; nil where the form holds no time.
    public let time: Date?
    /// The id as a number, for the forms that are numbers.
    public let number: UInt64?

    /// Recognizes the form of a directory's name.
    ///
    /// - Parameter text: The name without slashes.
    public init(_ text: some StringProtocol) {
        self.text = String(text)
        if let number = Self.number(in: text) {
            let form = Self.form(of: number)
            self.form = form
            self.number = number
            self.time = Self.time(of: number, form: form)
        } else if let time = Self.bootstrapTime(in: self.text) {
            self.form = .bootstrap
            number = nil
            self.time = time
        } else {
            self.form = .free
            number = nil
            self.time = nil
        }
    }

    /// The id as it is written.
    public var description: String { text }

    /// Whether this build was made before another of the same form, as far as the ids tell.
    func isBefore(_ other: BuildID) -> Bool {
        guard let number, let otherNumber = other.number else { return isNaturallyOrdered(text, before: other.text) }
        return (number, text) < (otherNumber, other.text)
    }

    /// Reads a decimal number as Deck does: digits only, no sign, within 64 bits.
    ///
    /// - Parameter text: What should be a number.
    /// - Returns: The number, or nil for anything else.
    static func number(in text: some StringProtocol) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return UInt64(text)
    }

    private static func form(of number: UInt64) -> BuildIDForm {
        switch number {
        case 1_000_000_000_000_000_000...UInt64(Int64.max): .snowflake
        case unixRange: .unixSeconds
        default: .sequential
        }
    }
}

/// The forms that build ids have.
public enum BuildIDForm: String, Hashable, Sendable, CaseIterable {
    /// 1, 2, 3, …: `tot`, Jenkins, CircleCI. No time inside; names do not sort as numbers do.
    case sequential
    /// 19 digits: milliseconds since November 2010, then node and step. Names sort as times do.
    case snowflake
    /// 10 digits: seconds since 1970 by the uploader's clock. Names sort as times do.
    case unixSeconds = "unix"
    /// `YYYYMMDD-HHMMSS-HEX-PID` in UTC. Names sort as times do.
    case bootstrap
    /// Anything else. TestGrid takes it, Deck does not.
    case free

    /// Whether the id tells when the build was named, so that sorting names sorts times.
    public var holdsTime: Bool { self == .snowflake || self == .unixSeconds || self == .bootstrap }
}
