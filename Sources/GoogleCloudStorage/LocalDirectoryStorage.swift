public import BotCore
internal import Dispatch
internal import Synchronization

public import struct Foundation.Date

/// Buckets as folders of this machine, asked in the same way as Google Cloud Storage.
///
/// An object is a regular file; symbolic links are no objects and are not followed. Alias files carry their link in
/// their text, as there is no metadata. Files are read on a queue of their own, since such calls block their thread.
public struct LocalDirectoryStorage: ObjectStorage {
    /// What the folder stands for.
    public enum Form: Hashable, Sendable {
        /// Each subfolder is a bucket of its name.
        case buckets
        /// The folder itself is the one bucket, whatever name is asked for: a layout before it is uploaded.
        ///
        /// Its objects have no times: when a file was written does not tell when it will be stored.
        case bucket
    }

    /// Bytes of one piece of an object.
    static let pieceBytes = 64 << 10

    private let path: String
    private let form: Form
    private let now: @Sendable () -> Date
    private let queue = DispatchQueue(label: "bucketbot.local-directory", attributes: .concurrent)

    /// A folder.
    ///
    /// - Parameters:
    ///   - path: The folder's path; from `StorageRoot.folder`.
    ///   - form: What it stands for.
    ///   - now: The clock, for evidence.
    public init(path: String, form: Form, now: @escaping @Sendable () -> Date) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.form = form
        self.now = now
    }

    /// One page of a listing.
    ///
    /// - Parameter question: Which page.
    /// - Returns: The page, or why there is none.
    /// - Throws: `CancellationError`.
    public func list(_ question: ListQuestion) async throws -> StorageAnswer<ListPage> {
        try Task.checkCancellation()
        let outcome = await onQueue { $0.outcome(of: question) }
        return StorageAnswer(
            outcome: outcome, evidence: evidence("list", question.bucket, question.prefix), counts: RequestCounts())
    }

    /// Reads a file in pieces.
    ///
    /// - Parameters:
    ///   - bucket: The bucket's name.
    ///   - object: The object's whole name.
    ///   - byteLimit: Bytes that are given out.
    ///   - read: Gets the pieces; called once.
    /// - Returns: What `read` made of the file, or why there is none.
    /// - Throws: `CancellationError`, and what `read` throws.
    public func withObject<Value: Sendable>(
        bucket: String, object: String, byteLimit: Int, _ read: (ObjectPieces) async throws -> Value
    ) async throws -> StorageAnswer<Value> {
        try Task.checkCancellation()
        let opened: StorageOutcome<SharedFile> = await onQueue { $0.openObject(bucket: bucket, object: object) }
        let evidence = evidence("read", bucket, object)
        guard case .answered(let file) = opened else {
            let outcome: StorageOutcome<Value> =
                switch opened {
                case .noSuchObject, .answered: .noSuchObject
                case .refused(let refusal): .refused(refusal)
                case .unknown(let reason): .unknown(reason: reason)
                }
            return StorageAnswer(outcome: outcome, evidence: evidence, counts: RequestCounts())
        }
        let pieces = ObjectPieces(
            .pieces { () async throws(ObjectReadError) -> [UInt8]? in
                if Task.isCancelled { throw .canceled }
                let piece = await onQueue { _ in file.next(Self.pieceBytes) }
                return try piece.get()
            }, byteLimit: byteLimit)
        do {
            let value = try await read(pieces)
            return StorageAnswer(outcome: .answered(value), evidence: evidence, counts: RequestCounts())
        } catch let error as ObjectReadError {
            let reason: String
            switch error {
            case .canceled: throw CancellationError()
            case .interrupted(let why): reason = why
            case .tooLarge(let limitBytes): reason = "more than \(limitBytes) bytes"
            }
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: evidence, counts: RequestCounts())
        }
    }

    /// A bucket's folder, or that there is none.
    private enum Bucket: ~Copyable {
        case open(OpenFile)
        case missing
    }

    /// Opens a bucket's folder; a root that is not there is refused, since it says nothing about any bucket.
    private func openBucket(_ name: String) throws(FileRefusal) -> Bucket {
        let root = try OpenFile(folder: path)
        guard form == .buckets else { return .open(root) }
        if ["", ".", ".."].contains(name) || name.contains("/") || name.utf8.contains(0) { return .missing }
        do throws(FileRefusal) {
            return .open(try root.folder(name))
        } catch {
            if error == .missing { return .missing }
            throw error
        }
    }

    /// What a listing comes to; blocks.
    func outcome(of question: ListQuestion) -> StorageOutcome<ListPage> {
        do throws(FileRefusal) {
            switch try openBucket(question.bucket) {
            case .missing: return .refused(.noSuchBucket)
            case .open(let bucket):
                return .answered(
                    try FolderListing.page(question, in: bucket, showsTimes: form == .buckets))
            }
        } catch {
            return Self.outcome(error, missing: .unknown(reason: "the folder \(path) is not there"))
        }
    }

    /// An object, opened, or why it cannot be; blocks.
    func openObject(bucket: String, object: String) -> StorageOutcome<SharedFile> {
        do throws(FileRefusal) {
            let parts = object.split(separator: "/", omittingEmptySubsequences: false)
            switch try openBucket(bucket) {
            case .missing: return .refused(.noSuchBucket)
            case .open(let folder):
                let isPossible = parts.allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }
                guard isPossible, parts.count <= FolderListing.depthLimit, let name = parts.last else {
                    return .noSuchObject
                }
                return Self.file(name, below: Array(parts.dropLast()), in: folder)
            }
        } catch {
            return Self.outcome(error, missing: .unknown(reason: "the folder \(path) is not there"))
        }
    }

    private static func file(
        _ name: Substring, below folders: [Substring], in folder: borrowing OpenFile
    ) -> StorageOutcome<SharedFile> {
        do throws(FileRefusal) {
            guard let first = folders.first else { return .answered(SharedFile(try folder.file(name))) }
            let next = try folder.folder(first)
            return file(name, below: Array(folders.dropFirst()), in: next)
        } catch {
            return outcome(error, missing: .noSuchObject)
        }
    }

    private static func outcome<Value>(
        _ refusal: FileRefusal, missing: StorageOutcome<Value>
    ) -> StorageOutcome<Value> {
        switch refusal {
        case .missing: missing
        case .denied: .refused(.denied)
        case .failed(let reason): .unknown(reason: reason)
        }
    }

    private func evidence(_ verb: String, _ bucket: String, _ name: String) -> Evidence {
        let root = path == "/" ? "" : path
        let folder = form == .buckets ? "\(root)/\(bucket)" : root
        let url = "file://" + StorageURLs.encoded("\(folder)/\(name)", slash: true)
        return Evidence(request: "\(verb) \(url)", status: nil, observedAt: now(), detail: "")
    }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable (Self) -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work(self)) }
        }
    }
}

/// An open file that the pieces of one reading share; a class because a closure that may be copied holds it.
final class SharedFile: Sendable {
    private let file: Mutex<OpenFile>

    init(_ file: consuming sending OpenFile) { self.file = Mutex(file) }

    /// The next piece; nil at the end.
    func next(_ count: Int) -> Result<[UInt8]?, ObjectReadError> {
        file.withLock { file in
            do throws(FileRefusal) {
                let bytes = try file.read(atMost: count)
                return .success(bytes.isEmpty ? nil : bytes)
            } catch {
                if case .failed(let reason) = error { return .failure(.interrupted(reason: reason)) }
                return .failure(.interrupted(reason: "the file cannot be read"))
            }
        }
    }
}
