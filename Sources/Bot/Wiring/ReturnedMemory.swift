internal import CMalloc

/// How the process keeps memory.
enum ReturnedMemory {
    /// From this size on a block goes back to the system when it is freed.
    private static let largeBytes: Int32 = 256 << 10
    /// What small blocks may leave free before it goes back to the system.
    private static let spareBytes: Int32 = 2 << 20

    /// Has large blocks, as bodies of webhooks are, given back to the system at once.
    ///
    /// Left alone, the allocator raises its own bound when it has freed a large block, keeps later ones, and the process
    /// stays as large as it ever was and grows by the gaps: with 32 senders of 25 MB, 521 MiB in place of 194.
    ///
    /// Source: mallopt(3), `M_MMAP_THRESHOLD`.
    static func prefer() {
        // It fails only for a size that the allocator does not take, and then all is as it was.
        _ = mallopt(M_MMAP_THRESHOLD, largeBytes)
        // A body of a usual size is no large block: without this, memory goes back and is asked for with each of them.
        _ = mallopt(M_TRIM_THRESHOLD, spareBytes)
    }
}
