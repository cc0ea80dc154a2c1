extension Migration {
    /// Writes that leave.
    ///
    /// The unique index lets no key be prepared twice.
    static let outbox = Migration(
        name: "outbox",
        sql: """
            CREATE TABLE outgoing (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                key TEXT NOT NULL,
                kind TEXT NOT NULL,
                target TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'confirmed', 'recorded', 'failed')),
                remoteID TEXT,
                reason TEXT,
                preparedAt INTEGER NOT NULL,
                settledAt INTEGER,
                body BLOB NOT NULL,
                CHECK ((state IN ('sent', 'confirmed')) = (remoteID IS NOT NULL)),
                CHECK ((state = 'prepared') = (settledAt IS NULL))
            ) STRICT;
            CREATE INDEX outgoingOfKey ON outgoing (key, id, state);
            CREATE UNIQUE INDEX outgoingPrepared ON outgoing (key) WHERE state = 'prepared';
            CREATE INDEX outgoingSettled ON outgoing (settledAt) WHERE settledAt IS NOT NULL;
            """)
}
