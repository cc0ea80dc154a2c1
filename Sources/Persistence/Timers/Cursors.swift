public import struct Foundation.Date

/// The name of a place that has to be found again.
public struct CursorName: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let text: String

    /// Wraps a name.
    public init(_ text: String) { self.text = text }

    /// The name.
    public var description: String { text }
}

/// Where a cursor stands.
public struct CursorPosition: Hashable, Sendable {
    /// What it means is its owner's affair.
    public let value: String
    /// When it was put there.
    public let savedAt: Date
}

/// How far something was read that is read in portions, as the list of the App's deliveries.
public protocol Cursors: Sendable {
    /// Where a cursor stands; nil where it was never put anywhere.
    func position(of name: CursorName) async throws -> CursorPosition?

    /// Puts a cursor somewhere.
    func move(_ name: CursorName, to value: String, now: Date) async throws
}
