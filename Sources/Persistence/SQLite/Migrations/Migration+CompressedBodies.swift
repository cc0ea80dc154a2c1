extension Migration {
    /// Bodies of deliveries may be compressed, as `bodyForm` says.
    static let compressedBodies = Migration(
        name: "compressedBodies",
        sql: """
            ALTER TABLE deliveries ADD COLUMN bodyForm TEXT NOT NULL DEFAULT 'plain'
                CHECK (bodyForm IN ('plain', 'zstd'));
            """)
}
