internal import Glibc

/// Why the system refused a call on a file or a folder.
enum FileRefusal: Error, Hashable, Sendable {
    /// It is not there, is reached through a symbolic link, or is of another kind than was asked for.
    case missing
    /// This user may not.
    case denied
    /// Anything else; the reason is the system's own words.
    case failed(reason: String)

    /// What the calling thread's `errno` says.
    static func last() -> FileRefusal {
        switch errno {
        case ENOENT, ENOTDIR, ELOOP, EISDIR, ENAMETOOLONG: .missing
        case EACCES, EPERM: .denied
        case let code: .failed(reason: String(cString: strerror(code)))
        }
    }
}

/// What a folder has under one name.
struct FolderEntry: Hashable, Sendable {
    /// The name, for a folder with a `/` at its end: so it sorts as the names of the objects below it do.
    let key: [UInt8]
    /// Whether it is a folder.
    let isFolder: Bool
}

/// Size and time of a file.
struct FileFacts: Hashable, Sendable {
    /// Bytes.
    let size: Int64
    /// When the content was last changed, in seconds since 1970.
    let modifiedSeconds: Double
}

/// An open file or folder, closed when it goes.
///
/// Names are opened one after the other and no symbolic link is ever followed, so nothing outside the first folder is
/// reached. All calls block.
struct OpenFile: ~Copyable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens a folder by its path, which may be a symbolic link: it is the one that a person named.
    init(folder path: String) throws(FileRefusal) {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .last() }
        descriptor = opened
    }

    /// Opens a folder inside this one.
    func folder(_ name: some StringProtocol) throws(FileRefusal) -> OpenFile {
        try opening(name, flags: O_DIRECTORY)
    }

    /// Opens a regular file inside this folder.
    func file(_ name: some StringProtocol) throws(FileRefusal) -> OpenFile {
        // Without O_NONBLOCK a named pipe would wait for its other end.
        let file = try opening(name, flags: O_NONBLOCK)
        guard try file.isRegular() else { throw .missing }
        return file
    }

    /// The files and folders inside, in the order of their keys; links, pipes and names that are not UTF-8 are left out.
    func entries() throws(FileRefusal) -> [FolderEntry] {
        // The stream owns the descriptor that it is given, so it gets one of its own.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw .last() }
        guard let stream = fdopendir(copy) else {
            let refusal = FileRefusal.last()
            close(copy)
            throw refusal
        }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E], String(validating: name, as: UTF8.self) != nil,
                let isFolder = try kind(of: name, hint: entry.pointee.d_type)
            {
                entries.append(FolderEntry(key: isFolder ? name + [0x2F] : name, isFolder: isFolder))
            }
            errno = 0
        }
        guard errno == 0 else { throw .last() }
        return entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// Size and time of a regular file inside; nil where it has gone meanwhile.
    func facts(of name: [UInt8]) throws(FileRefusal) -> FileFacts? {
        guard let found = try status(of: name), found.st_mode & S_IFMT == S_IFREG else { return nil }
        let seconds = Double(found.st_mtim.tv_sec) + Double(found.st_mtim.tv_nsec) / 1e9
        return FileFacts(size: Int64(found.st_size), modifiedSeconds: seconds)
    }

    /// The next bytes of this file; empty at its end.
    func read(atMost count: Int) throws(FileRefusal) -> [UInt8] {
        var outcome = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat { outcome = Glibc.read(descriptor, buffer.baseAddress, count) } while outcome < 0 && errno == EINTR
            filled = max(outcome, 0)
        }
        guard outcome >= 0 else { throw .last() }
        return bytes
    }

    private func opening(_ name: some StringProtocol, flags: Int32) throws(FileRefusal) -> OpenFile {
        let opened = openat(descriptor, String(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags)
        guard opened >= 0 else { throw .last() }
        return OpenFile(descriptor: opened)
    }

    private func isRegular() throws(FileRefusal) -> Bool {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw .last() }
        return found.st_mode & S_IFMT == S_IFREG
    }

    /// Whether a name is a folder (true) or a regular file (false); nil for anything else.
    private func kind(of name: [UInt8], hint: UInt8) throws(FileRefusal) -> Bool? {
        if Int(hint) == DT_DIR { return true }
        if Int(hint) == DT_REG { return false }
        // Some file systems do not say; then the name is asked for.
        guard Int(hint) == DT_UNKNOWN, let found = try status(of: name) else { return nil }
        return found.st_mode & S_IFMT == S_IFDIR ? true : found.st_mode & S_IFMT == S_IFREG ? false : nil
    }

    private func status(of name: [UInt8]) throws(FileRefusal) -> stat? {
        var found = stat()
        let path = name.map { CChar(bitPattern: $0) } + [0]
        if fstatat(descriptor, path, &found, AT_SYMLINK_NOFOLLOW) == 0 { return found }
        let refusal = FileRefusal.last()
        if refusal == .missing { return nil }
        throw refusal
    }
}
