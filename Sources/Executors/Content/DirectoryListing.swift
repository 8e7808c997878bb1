@preconcurrency import Glibc

/// Entries of a directory.
enum DirectoryListing {
    /// Names without `.` and `..`, sorted. Of more than `limit` entries some are left out: a hostile job could make any
    /// number.
    static func names(in directory: borrowing FileDescriptor, limit: Int = .max) throws(ContentError) -> [String] {
        // The stream takes its descriptor over: it gets a copy.
        let copy = openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw .system("opening a directory") }
        guard let stream = fdopendir(copy) else {
            close(copy)
            throw .system("opening a directory")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
