public import BotCore
internal import Synchronization

/// Any storage, with a count of the requests that its answers took.
///
/// What a canceled call had sent is not counted: it never became an answer. A class because it is one count that
/// everyone adds to.
public final class CountingStorage: ObjectStorage {
    private let base: any ObjectStorage
    private let total = Mutex(RequestCounts())

    /// Counts what `base` is asked through this.
    public init(_ base: any ObjectStorage) { self.base = base }

    /// What has been counted so far.
    public var counts: RequestCounts { total.withLock { $0 } }

    /// One page of a listing.
    public func list(_ question: ListQuestion) async throws -> StorageAnswer<ListPage> {
        counted(try await base.list(question))
    }

    /// Reads an object in pieces.
    public func withObject<Value: Sendable>(
        bucket: String, object: String, byteLimit: Int, _ read: (ObjectPieces) async throws -> Value
    ) async throws -> StorageAnswer<Value> {
        counted(try await base.withObject(bucket: bucket, object: object, byteLimit: byteLimit, read))
    }

    private func counted<Value>(_ answer: StorageAnswer<Value>) -> StorageAnswer<Value> {
        total.withLock { $0 += answer.counts }
        return answer
    }
}
