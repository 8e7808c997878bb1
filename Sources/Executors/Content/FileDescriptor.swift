@preconcurrency import Glibc

/// An open file or directory, closed when it goes out of use.
struct FileDescriptor: ~Copyable {
    /// Bytes moved at once.
    private static let chunkBytes = 256 << 10

    let number: Int32

    /// Opens a file in a directory, never through a link; nil if there is none.
    static func open(
        _ path: String,
        in directory: borrowing FileDescriptor,
        flags: Int32,
        mode: mode_t = 0o600
    ) throws(ContentError) -> FileDescriptor? {
        try open(path, at: directory.number, flags: flags, mode: mode)
    }

    /// Opens a file, never through a link; nil if there is none.
    static func open(_ path: String, flags: Int32, mode: mode_t = 0o600) throws(ContentError) -> FileDescriptor? {
        try open(path, at: AT_FDCWD, flags: flags, mode: mode)
    }

    private static func open(
        _ path: String,
        at directory: Int32,
        flags: Int32,
        mode: mode_t
    ) throws(ContentError) -> FileDescriptor? {
        let number = openat(directory, path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
        if number < 0 {
            if errno == ENOENT { return nil }
            throw .system("opening a file")
        }
        return FileDescriptor(number: number)
    }

    private init(number: Int32) { self.number = number }

    deinit { close(number) }

    func status() throws(ContentError) -> stat {
        var status = Glibc.stat()
        guard fstat(number, &status) == 0 else { throw .system("looking at a file") }
        return status
    }

    func write(_ bytes: some Collection<UInt8>) throws(ContentError) {
        let failure = Array(bytes).withUnsafeBytes { buffer -> Int32? in
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(number, part.baseAddress, part.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let failure { throw .system(attempt: "writing a file", code: failure) }
    }

    /// At most `limit` bytes from `offset`; fewer only at the end.
    func read(from offset: Int64, limit: Int) throws(ContentError) -> [UInt8] {
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            while filled < limit {
                let start = UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: filled)
                let count = pread(number, start, limit - filled, off_t(offset) + off_t(filled))
                if count > 0 {
                    filled += count
                } else if count == 0 {
                    return
                } else if errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        if let failure { throw .system(attempt: "reading a file", code: failure) }
        return bytes
    }

    /// Writes the first `limit` bytes of another file here and returns how many there were.
    func copy(from source: borrowing FileDescriptor, limit: Int64) throws(ContentError) -> Int64 {
        var done: Int64 = 0
        while done < limit {
            let part = try source.read(from: done, limit: Int(min(Int64(Self.chunkBytes), limit - done)))
            if part.isEmpty { break }
            try write(part)
            done += Int64(part.count)
        }
        return done
    }

    func synchronise() throws(ContentError) {
        guard fsync(number) == 0 else { throw .system("storing a file") }
    }
}
