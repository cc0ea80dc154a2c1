internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The cache of answers in SQLite.
struct SQLiteResponseCache: ResponseCache {
    let database: SQLiteAccess
    /// The bytes of all answers together.
    let maxBytes: Int

    private static let isKey = "url = :url AND method = :method AND accept = :accept AND credential = :credential"

    func find(_ key: ResponseKey, now: Date) async throws -> CachedResponse? {
        let (response, stale) = try await database.read { db -> (CachedResponse?, [Int64]) in
            guard let row = try db.row("SELECT * FROM responses WHERE \(Self.isKey)", Self.arguments(key)) else {
                return (nil, [])
            }
            let response = CachedResponse(
                etag: try row.text("etag"), status: try row.count("status"),
                headers: try StoredHeaders.headers(try row.text("headers")), body: try row.bytes("body"))
            return (response, try CacheRoom.isWorthNoting(row, now: now) ? [try row.number("id")] : [])
        }
        try await CacheRoom.touch("responses", stale, now: now, database)
        return response
    }

    func save(_ response: CachedResponse, for key: ResponseKey, now: Date) async throws {
        let headers = try StoredHeaders.text(response.headers)
        let byteCount = response.body.count + headers.utf8.count + key.url.utf8.count + CacheRoom.overheadBytes
        try await database.write { db in
            var arguments = Self.arguments(key)
            guard byteCount <= maxBytes else {
                // The old answer is out of date, too.
                try db.run("DELETE FROM responses WHERE \(Self.isKey)", arguments)
                return
            }
            _ = arguments.append(contentsOf: [
                "etag": response.etag, "status": response.status, "usedAt": StoredTime.milliseconds(now),
                "byteCount": byteCount, "headers": headers, "body": Data(response.body),
            ])
            try db.run(
                """
                INSERT INTO responses (url, method, accept, credential, etag, status, usedAt, byteCount, headers, body)
                VALUES (:url, :method, :accept, :credential, :etag, :status, :usedAt, :byteCount, :headers, :body)
                ON CONFLICT (url, method, accept, credential) DO UPDATE SET etag = excluded.etag,
                    status = excluded.status, usedAt = excluded.usedAt, byteCount = excluded.byteCount,
                    headers = excluded.headers, body = excluded.body
                """, arguments)
            try CacheRoom.shrink("responses", toBytes: maxBytes, db)
        }
    }

    func remove(_ key: ResponseKey) async throws {
        _ = try await database.write { db in
            try db.run("DELETE FROM responses WHERE \(Self.isKey)", Self.arguments(key))
        }
    }

    func byteCount() async throws -> Int { try await database.read { try CacheRoom.byteCount("responses", $0) } }

    private static func arguments(_ key: ResponseKey) -> StatementArguments {
        ["url": key.url, "method": key.method, "accept": key.accept, "credential": key.credential]
    }
}
