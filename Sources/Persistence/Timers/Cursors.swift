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

    /// Works out where a cursor goes from where it stands, in one transaction, so that two who do so at once both count.
    ///
    /// - Parameters:
    ///   - name: Which cursor.
    ///   - now: The present.
    ///   - change: Gets where it stands, nil where it was never put anywhere; what it leaves there is kept.
    /// - Returns: What `change` returns.
    /// - Throws: What `change` throws; then nothing is kept. `StoreError`.
    func change<Value: Sendable>(
        _ name: CursorName, now: Date, _ change: @escaping @Sendable (inout String?) throws -> Value
    ) async throws -> Value

    /// Forgets cursors that were put somewhere long ago.
    ///
    /// - Parameters:
    ///   - prefix: Those whose names begin so.
    ///   - time: Those put somewhere before it.
    ///   - limit: At most so many; call again while it returns as many.
    /// - Returns: How many were forgotten.
    /// - Throws: `StoreError`.
    func prune(namesFrom prefix: String, savedBefore time: Date, limit: Int) async throws -> Int
}
