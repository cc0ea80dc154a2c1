extension Migration {
    /// Deliveries.
    ///
    /// `position` is the order in which they are worked on; a delivery that is taken up again gets a new one at the end.
    /// `notBefore` is 0 until it is postponed. The first open delivery of a lane is `waiting` or `leased`, those after it are
    /// `behind`: the unique index makes it impossible that two of one lane are worked on at once, and a long lane costs
    /// nothing to look past.
    static let inbox = Migration(
        name: "inbox",
        sql: """
            CREATE TABLE deliveries (
                position INTEGER PRIMARY KEY,
                guid TEXT NOT NULL UNIQUE,
                lane TEXT NOT NULL,
                kind TEXT,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'behind', 'parked', 'finished')),
                notBefore INTEGER NOT NULL DEFAULT 0,
                leaseNumber INTEGER NOT NULL DEFAULT 0,
                leaseUntil INTEGER,
                settledAt INTEGER,
                attempts INTEGER NOT NULL DEFAULT 0,
                reason TEXT,
                event TEXT NOT NULL,
                action TEXT,
                source TEXT NOT NULL,
                repository TEXT,
                receivedAt INTEGER NOT NULL,
                headers TEXT NOT NULL,
                body BLOB NOT NULL,
                CHECK ((state = 'leased') = (leaseUntil IS NOT NULL)),
                CHECK ((state IN ('parked', 'finished')) = (settledAt IS NOT NULL))
            ) STRICT;
            CREATE UNIQUE INDEX deliveriesFirst ON deliveries (lane) WHERE state IN ('waiting', 'leased');
            CREATE INDEX deliveriesBehind ON deliveries (lane, position, kind) WHERE state = 'behind';
            CREATE INDEX deliveriesWaiting ON deliveries (position, notBefore) WHERE state = 'waiting';
            CREATE INDEX deliveriesPostponed ON deliveries (notBefore) WHERE state = 'waiting' AND notBefore > 0;
            CREATE INDEX deliveriesLeased ON deliveries (leaseUntil) WHERE state = 'leased';
            CREATE INDEX deliveriesParked ON deliveries (settledAt) WHERE state = 'parked';
            CREATE INDEX deliveriesFinished ON deliveries (settledAt) WHERE state = 'finished';
            """)
}
