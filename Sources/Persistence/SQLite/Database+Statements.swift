internal import GRDB

/// Statements by their text, compiled once a connection.
extension Database {
    /// Runs a statement.
    ///
    /// - Returns: How many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    /// The first row of an answer.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Columns? {
        try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments).map { Columns($0) }
    }

    /// Every row of an answer; the statement bounds their number.
    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Columns] {
        try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments).map { Columns($0) }
    }

    /// The one number that an answer holds; nil where it is NULL or missing.
    func number(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int64? {
        try Int64.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
    }
}
