-- 1 inbox
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

-- 2 outbox
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

-- 3 caches
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

-- 4 timers
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

-- 5 compressedBodies
ALTER TABLE deliveries ADD COLUMN bodyForm TEXT NOT NULL DEFAULT 'plain'
    CHECK (bodyForm IN ('plain', 'zstd'));

-- 6 sweeps
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

-- 7 takings
ALTER TABLE deliveries ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN signedFor TEXT;

-- 8 removals
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

-- 9 contacts
CREATE TABLE contacts (
    owner TEXT NOT NULL,
    person TEXT NOT NULL,
    record BLOB NOT NULL,
    askedAt INTEGER NOT NULL,
    PRIMARY KEY (owner, person)
) STRICT, WITHOUT ROWID;
