internal import BotCore

internal import struct Foundation.Date

/// What is known of one file's content.
public enum BlobContent: Hashable, Sendable {
    /// Its bytes.
    case bytes([UInt8])
    /// The repository has no such file, or it is not a file.
    case missing
    /// It is larger than the client takes.
    case tooLarge(limitBytes: Int)
}

/// Contents of files of one repository, by their hashes.
///
/// What is kept in the store is never asked for again. The rest is read by GraphQL, a hundred at a time; what GraphQL
/// cuts, calls binary or may have changed on the way to JSON, and everything where GraphQL is not spoken, is read by
/// REST, one by one.
/// Source: https://docs.github.com/en/graphql/reference/objects#blob; https://docs.github.com/en/rest/git/blobs
public struct Blobs: Sendable {
    let repository: GitHubRepository

    /// Files that one query asks for.
    public static let filesPerQuery = 100
    /// From so many on, readers of the same repository take turns, so that the second finds what the first has kept.
    static let coldReadFiles = 20
    /// Files looked up in the store at once.
    private static let filesPerLookUp = 500
    /// Queries under way at once; each may hold a large answer.
    private static let concurrentQueries = 4

    private var connection: GitHubConnection { repository.requester.connection }

    /// One file's content.
    public func read(_ id: GitObjectID) async throws -> BlobContent {
        try await read([id])[id] ?? .missing
    }

    /// The contents of several files.
    ///
    /// - Parameter ids: Their hashes, in any order; what occurs twice is read once.
    /// - Returns: A content for each hash.
    /// - Throws: `GitHubError` where GitHub gave no usable answer; what was read until then is kept.
    public func read(_ ids: [GitObjectID]) async throws -> [GitObjectID: BlobContent] {
        let wanted = Set(ids)
        var found = try await kept(wanted)
        let missing = wanted.subtracting(found.keys)
        let priority = repository.requester.priority
        if missing.count >= Self.coldReadFiles, connection.stores.blobs != nil,
            let gate = connection.coldReads[priority]
        {
            try await gate.enter(priority)
            defer { gate.leave() }
            found.merge(try await kept(missing)) { $1 }
            return try await fetched(wanted.subtracting(found.keys), beside: found)
        }
        return try await fetched(missing, beside: found)
    }

    private func fetched(
        _ missing: Set<GitObjectID>, beside found: [GitObjectID: BlobContent]
    ) async throws -> [GitObjectID: BlobContent] {
        var found = found
        let ordered = missing.sorted()
        // One file is as cheap by REST, and comes byte for byte.
        let speaksGraphQL = ordered.count > 1 && connection.speaksGraphQL
        let batches = speaksGraphQL ? ordered.chunks(of: Self.filesPerQuery) : []
        let answers = try await inParallel(batches, width: Self.concurrentQueries) { batch in
            try await queried(batch, mayHalve: true)
        }
        for answer in answers { found.merge(answer) { $1 } }
        let rest = ordered.filter { found[$0] == nil }
        let single = try await inParallel(rest, width: max(connection.settings.pacing.maxConcurrent, 1)) { id in
            (id, try await downloaded(id))
        }
        for (id, content) in single { found[id] = content }
        return found
    }

    // MARK: - The store

    private func kept(_ ids: Set<GitObjectID>) async throws -> [GitObjectID: BlobContent] {
        guard let store = connection.stores.blobs else { return [:] }
        var found: [GitObjectID: BlobContent] = [:]
        do {
            for part in ids.sorted().chunks(of: Self.filesPerLookUp) {
                for (id, bytes) in try await store.find(part, now: connection.surroundings.now()) {
                    found[id] = .bytes(bytes)
                }
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            // What was found is good; the rest is asked of GitHub.
            connection.counter.count { $0.storeFailures += 1 }
        }
        connection.counter.count { $0.fromStore += found.count }
        return found
    }

    private func keep(_ contents: [GitObjectID: BlobContent]) async throws {
        let blobs = contents.compactMapValues { content -> [UInt8]? in
            if case .bytes(let bytes) = content { bytes } else { nil }
        }
        guard let store = connection.stores.blobs, !blobs.isEmpty else { return }
        do {
            try await store.save(blobs, now: connection.surroundings.now())
        } catch let error as CancellationError {
            throw error
        } catch {
            // They are asked for again next time.
            connection.counter.count { $0.storeFailures += 1 }
        }
    }

    // MARK: - GraphQL

    /// What one query gives; files that REST has to give are not in it.
    private func queried(_ ids: [GitObjectID], mayHalve: Bool) async throws -> [GitObjectID: BlobContent] {
        do {
            let found = try await BlobQuery(repository: repository, ids: ids).run()
            try await keep(found)
            return found
        } catch let error as GitHubError {
            switch error.kind {
            case .tooLarge where ids.count > 1:
                return try await halved(ids, mayHalve: mayHalve)
            case .unavailable where error.status == nil:
                // Silence is no query that takes too long: halves of it would be waited for as long again.
                connection.avoidGraphQL(seconds: GitHubConnection.graphQLOutageSeconds)
                return [:]
            case .unavailable, .malformed:
                // GitHub gives up on queries that take it too long; half of it may do.
                if mayHalve, ids.count > 1 { return try await halved(ids, mayHalve: false) }
                connection.avoidGraphQL(seconds: GitHubConnection.graphQLOutageSeconds)
                return [:]
            case .notFound, .gone, .refused, .forbidden, .moved:
                connection.avoidGraphQL(seconds: GitHubConnection.graphQLAbsenceSeconds)
                return [:]
            case .tooLarge:
                return [:]
            default:
                throw error
            }
        }
    }

    private func halved(_ ids: [GitObjectID], mayHalve: Bool) async throws -> [GitObjectID: BlobContent] {
        var found: [GitObjectID: BlobContent] = [:]
        for half in ids.chunks(of: (ids.count + 1) / 2) where connection.speaksGraphQL {
            found.merge(try await queried(half, mayHalve: mayHalve)) { $1 }
        }
        return found
    }

    // MARK: - REST

    private func downloaded(_ id: GitObjectID) async throws -> BlobContent {
        let requester = repository.requester
        var request = try requester.request(repository.path("git", "blobs", id.text))
        request.accept = GitHubRequest.raw
        request.keeping = .nowhere
        request.byteLimit = connection.settings.blobByteLimit
        do {
            let content = BlobContent.bytes(try await requester.send(request).body)
            try await keep([id: content])
            return content
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound: return .missing
            case .tooLarge(let limitBytes): return .tooLarge(limitBytes: limitBytes)
            default: throw error
            }
        }
    }
}

/// Runs pieces of work, so many at once, and gives their results in the order of the pieces.
private func inParallel<Piece: Sendable, Result: Sendable>(
    _ pieces: [Piece], width: Int, _ work: @escaping @Sendable (Piece) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [Int: Result] = [:]
        var waiting = pieces.enumerated().makeIterator()
        for _ in 0..<width {
            guard let (index, piece) = waiting.next() else { break }
            group.addTask { (index, try await work(piece)) }
        }
        while let (index, result) = try await group.next() {
            results[index] = result
            if let (next, piece) = waiting.next() { group.addTask { (next, try await work(piece)) } }
        }
        return results.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Array {
    /// The elements in pieces of so many, the last of which may be shorter.
    func chunks(of count: Int) -> [[Element]] {
        let count = Swift.max(count, 1)
        return stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
