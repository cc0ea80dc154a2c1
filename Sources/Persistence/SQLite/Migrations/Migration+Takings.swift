extension Migration {
    /// How often a delivery was taken up since it last began to wait, and whom its signature speaks for.
    ///
    /// `leaseNumber` only grows, so that an old lease fits nothing; `claims` begins anew when somebody takes a parked delivery
    /// up. Rows from before have no `signedFor`.
    static let takings = Migration(
        name: "takings",
        sql: """
            ALTER TABLE deliveries ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE deliveries ADD COLUMN signedFor TEXT;
            """)
}
