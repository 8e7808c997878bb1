@preconcurrency import Glibc

/// A log or output file that grows up to a cap; what comes after is dropped behind one line that says so.
///
/// Written without buffer, so readers see every byte at once. Used by one thread.
final class BoundedFile {
    private var descriptor: Int32
    private let cap: Int64
    /// Bytes that may still be written.
    private var room: Int64
    private(set) var wasCut = false
    /// The file tells already that something was cut.
    private var isMarked = false
    /// `errno` of the first write that failed; nothing is written after it.
    private(set) var failure: Int32?

    /// The file must be a plain one with one name: in a directory of the job's user a link could lead anywhere.
    init(_ sink: ProcessSpecification.Sink) throws {
        let attempt = "opening the file \(sink.path)"
        if sink.replaces, unlink(sink.path) != 0, errno != ENOENT { throw ProcessSystemError(attempt) }
        let creation = O_CREAT | (sink.replaces ? O_EXCL : 0)
        let flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | creation
        descriptor = open(sink.path, flags, 0o600)
        guard descriptor >= 0 else { throw ProcessSystemError(attempt) }
        cap = max(0, sink.cap)
        room = 0
        var status = Glibc.stat()
        guard fstat(descriptor, &status) == 0 else { throw ProcessSystemError(attempt) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            throw ProcessSystemError(attempt, code: ELOOP)
        }
        if let owner = sink.owner, status.st_uid != owner.userID, geteuid() == 0 {
            guard fchown(descriptor, owner.userID, owner.groupID) == 0 else { throw ProcessSystemError(attempt) }
        }
        room = max(0, cap - Int64(status.st_size))
        isMarked = Int64(status.st_size) > cap
    }

    deinit { close() }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty, !wasCut else { return }
        let taken = Int(min(Int64(bytes.count), room))
        room -= Int64(taken)
        write(UnsafeRawBufferPointer(rebasing: bytes[..<taken]))
        guard taken < bytes.count else { return }
        wasCut = true
        guard !isMarked else { return }
        Array("\n[output cut: the limit of \(cap) bytes is reached]\n".utf8).withUnsafeBytes { write($0) }
    }

    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
    }

    private func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while !rest.isEmpty, failure == nil {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if errno != EINTR {
                failure = errno
            }
        }
    }
}
