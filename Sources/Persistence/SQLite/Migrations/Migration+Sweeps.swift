extension Migration {
    /// Sweeps, what they see while they are under way, and what is known of entries.
    static let sweeps = Migration(
        name: "sweeps",
        sql: """
            CREATE TABLE sweeps (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                repository TEXT NOT NULL,
                dueAt INTEGER NOT NULL,
                startedAt INTEGER NOT NULL,
                finishedAt INTEGER,
                leaseNumber INTEGER NOT NULL DEFAULT 0,
                leaseUntil INTEGER,
                entryCount INTEGER NOT NULL DEFAULT 0,
                outage TEXT,
                acknowledgedAt INTEGER,
                UNIQUE (repository, dueAt)
            ) STRICT;
            CREATE TABLE sweepLooks (
                sweep INTEGER NOT NULL,
                key TEXT NOT NULL,
                body BLOB NOT NULL,
                PRIMARY KEY (sweep, key)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE observations (
                repository TEXT NOT NULL,
                selector TEXT NOT NULL,
                firstSeenAt INTEGER NOT NULL,
                observedAt INTEGER NOT NULL,
                verdict TEXT,
                newestAt INTEGER,
                newestFact TEXT,
                newestBuild TEXT,
                newestURL TEXT,
                builds TEXT NOT NULL,
                missingCount INTEGER NOT NULL,
                missingSince INTEGER,
                confirmationCount INTEGER NOT NULL,
                confirmedDay INTEGER,
                isHeld INTEGER NOT NULL,
                heldAt INTEGER NOT NULL,
                PRIMARY KEY (repository, selector)
            ) STRICT, WITHOUT ROWID;
            """)
}
