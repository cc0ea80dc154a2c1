extension Migration {
    /// Pauses, cursors and scheduled jobs.
    static let timers = Migration(
        name: "timers",
        sql: """
            CREATE TABLE pauses (
                credential TEXT NOT NULL,
                scope TEXT NOT NULL,
                until INTEGER NOT NULL,
                reason TEXT NOT NULL,
                PRIMARY KEY (credential, scope)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE cursors (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL,
                savedAt INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE scheduledJobs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                key TEXT NOT NULL UNIQUE,
                dueAt INTEGER NOT NULL,
                leaseNumber INTEGER NOT NULL DEFAULT 0,
                leaseUntil INTEGER,
                attempts INTEGER NOT NULL DEFAULT 0,
                payload BLOB NOT NULL
            ) STRICT;
            CREATE INDEX scheduledJobsDue ON scheduledJobs (dueAt, leaseUntil);
            """)
}
