extension Migration {
    /// Answers and files that need not be asked for again.
    static let caches = Migration(
        name: "caches",
        sql: """
            CREATE TABLE responses (
                id INTEGER PRIMARY KEY,
                url TEXT NOT NULL,
                method TEXT NOT NULL,
                accept TEXT NOT NULL,
                credential TEXT NOT NULL,
                etag TEXT NOT NULL,
                status INTEGER NOT NULL,
                usedAt INTEGER NOT NULL,
                byteCount INTEGER NOT NULL,
                headers TEXT NOT NULL,
                body BLOB NOT NULL,
                UNIQUE (url, method, accept, credential)
            ) STRICT;
            CREATE INDEX responsesUsed ON responses (usedAt, byteCount);
            CREATE TABLE blobs (
                id INTEGER PRIMARY KEY,
                hash TEXT NOT NULL UNIQUE,
                usedAt INTEGER NOT NULL,
                byteCount INTEGER NOT NULL,
                body BLOB NOT NULL
            ) STRICT;
            CREATE INDEX blobsUsed ON blobs (usedAt, byteCount);
            """)
}
