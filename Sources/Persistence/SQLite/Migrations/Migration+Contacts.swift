extension Migration {
    /// What GitHub said of the people and teams whom registries name.
    static let contacts = Migration(
        name: "contacts",
        sql: """
            CREATE TABLE contacts (
                owner TEXT NOT NULL,
                person TEXT NOT NULL,
                record BLOB NOT NULL,
                askedAt INTEGER NOT NULL,
                PRIMARY KEY (owner, person)
            ) STRICT, WITHOUT ROWID;
            """)
}
