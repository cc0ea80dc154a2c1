/// One step that the tables have taken.
///
/// A step that was released never changes; the next one does.
struct Migration: Sendable {
    /// What it brought.
    let name: String
    /// Its statements.
    ///
    /// Every table is STRICT, so that a column holds what it says.
    let sql: String
}
