internal import CZstd
internal import Synchronization

/// Bytes as a Zstandard frame (RFC 8878), which holds how many they were.
///
/// The disk has to have a delivery before it is answered, so fewer bytes there are more deliveries a second; a payload of
/// GitHub's shrinks to about a sixth.
struct CompressedBytes: Hashable, Sendable {
    /// The frame.
    let frame: [UInt8]

    /// Fewer bytes than this are not worth a frame.
    private static let fewestBytes = 512
    /// More bytes than any body has; a frame that promises more is damaged.
    private static let mostBytes: UInt64 = 64 << 20

    /// Wraps a frame that was stored.
    init(frame: [UInt8]) { self.frame = frame }

    /// Compresses bytes; nil where that does not make them fewer, as with a few or with random ones.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.fewestBytes else { return nil }
        let frame = CompressionContexts.shared.compress(bytes)
        guard !frame.isEmpty, frame.count < bytes.count else { return nil }
        self.frame = frame
    }

    /// What was compressed.
    ///
    /// - Throws: `StoreError.corrupt` for what is no whole frame.
    func expanded() throws -> [UInt8] {
        let size = frame.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        // Its two special values, for an unknown size and for no frame, are the largest numbers there are.
        guard size <= Self.mostBytes else { throw StoreError.corrupt(detail: "a body is no Zstandard frame") }
        let bytes = frame.withUnsafeBytes { frame in
            [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
                let written = ZSTD_decompress(buffer.baseAddress, buffer.count, frame.baseAddress, frame.count)
                count = ZSTD_isError(written) == 0 ? written : 0
            }
        }
        guard bytes.count == size else { throw StoreError.corrupt(detail: "a body's Zstandard frame is damaged") }
        return bytes
    }
}

/// Zstandard's working memory, kept for the next: setting it up takes longer than compressing a payload.
private final class CompressionContexts: Sendable {
    static let shared = CompressionContexts()

    /// The fastest of the levels that every release has; a slower one gains a tenth of the bytes.
    private static let level: CInt = 1

    // A context is used by one at a time: whoever takes it out of the list.
    private let idle = Mutex<[Context]>([])

    /// The frame; empty where the library refuses.
    func compress(_ bytes: [UInt8]) -> [UInt8] {
        let context = idle.withLock { $0.popLast() } ?? Context()
        defer { idle.withLock { $0.append(context) } }
        return bytes.withUnsafeBytes { bytes in
            [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
                let written = ZSTD_compressCCtx(
                    context.pointer, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count, Self.level)
                count = ZSTD_isError(written) == 0 ? written : 0
            }
        }
    }

    /// One of Zstandard's contexts; nil where there was no memory for it, and then nothing is compressed.
    ///
    /// Unchecked because the pointer is opaque to the compiler; no two use it at once, as `idle` sees to.
    private final class Context: @unchecked Sendable {
        let pointer: OpaquePointer?

        init() { pointer = ZSTD_createCCtx() }

        deinit { ZSTD_freeCCtx(pointer) }
    }
}
