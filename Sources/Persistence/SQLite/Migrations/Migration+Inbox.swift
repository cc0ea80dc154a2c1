extension Migration {
    /// Deliveries.
    ///
    /// `position` is the order in which they are worked on; a delivery that is taken up again gets a new one at the end.
    /// `notBefore` is 0 until it is postponed.
    static let inbox = Migration(
        name: "inbox",
        sql: """
            CREATE TABLE deliveries (
                position INTEGER PRIMARY KEY,
                guid TEXT NOT NULL UNIQUE,
                lane TEXT NOT NULL,
                kind TEXT,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'parked', 'finished')),
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
            CREATE INDEX deliveriesWaiting ON deliveries (position, notBefore, lane) WHERE state = 'waiting';
            CREATE INDEX deliveriesWaitingInLane ON deliveries (lane, kind, position) WHERE state = 'waiting';
            CREATE INDEX deliveriesPostponed ON deliveries (notBefore, lane) WHERE state = 'waiting' AND notBefore > 0;
            CREATE INDEX deliveriesLeased ON deliveries (leaseUntil, lane) WHERE state = 'leased';
            CREATE INDEX deliveriesParked ON deliveries (settledAt) WHERE state = 'parked';
            CREATE INDEX deliveriesFinished ON deliveries (settledAt) WHERE state = 'finished';
            """)
}
