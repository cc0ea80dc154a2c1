extension Migration {
    /// Removal pull requests, and who was mentioned because of them.
    static let removals = Migration(
        name: "removals",
        sql: """
            CREATE TABLE removalPulls (
                repository TEXT NOT NULL,
                number INTEGER NOT NULL,
                isOpen INTEGER NOT NULL,
                record TEXT NOT NULL,
                savedAt INTEGER NOT NULL,
                PRIMARY KEY (repository, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE pings (
                person TEXT NOT NULL,
                repository TEXT NOT NULL,
                number INTEGER NOT NULL,
                at INTEGER NOT NULL,
                PRIMARY KEY (person, repository, number, at)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX pingsByTime ON pings (at);
            """)
}
