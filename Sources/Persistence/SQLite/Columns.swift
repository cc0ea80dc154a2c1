internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The columns of one row.
///
/// What is not of the expected type is a damaged file and never a trap.
struct Columns {
    private let row: Row

    /// The columns of a row.
    init(_ row: Row) { self.row = row }

    /// A text that must be there.
    func text(_ name: String) throws -> String { try present(optionalText(name), name) }

    /// A text; nil for NULL.
    func optionalText(_ name: String) throws -> String? { try value(name) }

    /// A number that must be there.
    func number(_ name: String) throws -> Int64 { try present(value(name), name) }

    /// A number; nil for NULL.
    func optionalNumber(_ name: String) throws -> Int64? { try value(name) }

    /// A count that must be there.
    func count(_ name: String) throws -> Int { Int(clamping: try number(name)) }

    /// A time that must be there.
    func date(_ name: String) throws -> Date { StoredTime.date(try number(name)) }

    /// A time; nil for NULL.
    func optionalDate(_ name: String) throws -> Date? {
        let milliseconds: Int64? = try value(name)
        return milliseconds.map { StoredTime.date($0) }
    }

    /// Bytes that must be there.
    func bytes(_ name: String) throws -> [UInt8] {
        let data: Data? = try value(name)
        return [UInt8](try present(data, name))
    }

    private func value<Value>(_ name: String) throws -> Value? {
        guard row.hasColumn(name), let stored = row[name] as (any DatabaseValueConvertible)? else { return nil }
        guard let value = stored as? Value else {
            throw StoreError.corrupt(detail: "column \(name) holds something of another type")
        }
        return value
    }

    private func present<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw StoreError.corrupt(detail: "column \(name) is empty") }
        return value
    }
}
